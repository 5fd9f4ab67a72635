// Philox against the known answers published with Random123, and the streams made from it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { philoxBlock } from '../../src/random/philox.ts'
import { RandomStream, streamKey } from '../../src/random/stream.ts'

/** Counter, key and result, from the file kat_vectors of Random123 (philox4x32, 10 rounds). */
const knownAnswers = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
] as const

describe('philoxBlock', () => {
  it.each(knownAnswers)('gives the published words for counter $counter', ({ counter, key, words }) => {
    const out = new Uint32Array(4)
    philoxBlock(...(counter as unknown as [number, number, number, number]), key[0], key[1], out, 0)
    expect([...out]).toEqual([...words])
  })

  it('is what the kernel of every backend draws', () => {
    for (const name of availableBackends()) {
      const { kernels, memory, arena } = createBackend(name)
      const out = arena.allocate(16 * 3)
      kernels.randomWords(out, 3, 0xffffffff, 7, 9, 0xdeadbeef, 0x12345678)
      const expected = new Uint32Array(12)
      for (let i = 0; i < 3; i++)
        philoxBlock(0xffffffff + i, 7, 9, 0, 0xdeadbeef, 0x12345678, expected, 4 * i)
      expect([...memory.uint32.subarray(out >>> 2, (out >>> 2) + 12)]).toEqual([...expected])
    }
  })
})

describe('RandomStream', () => {
  it('depends on the seed and the name, and on nothing else', () => {
    const draw = (seed: number, name: string) =>
      Array.from(
        { length: 6 },
        (
          s => () =>
            s.word()
        )(new RandomStream(seed, name)),
      )
    expect(draw(1, 'weights')).toEqual(draw(1, 'weights'))
    expect(draw(1, 'weights')).not.toEqual(draw(2, 'weights'))
    expect(draw(1, 'weights')).not.toEqual(draw(1, 'weightz'))
    expect(draw(1, 'a')).not.toEqual(draw(2 ** 32 + 1, 'a'))
  })

  it('refuses a seed that is not a safe integer from 0', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => streamKey(seed, 'x')).toThrow(/seed must be/)
  })

  it('shuffles into a permutation', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 200 }), (seed, length) => {
        const shuffled = new RandomStream(seed, 'order').shuffle(Array.from({ length }, (_, i) => i))
        expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i))
      }),
    )
  })

  it('draws uniforms and normals with the right moments', () => {
    const stream = new RandomStream(3, 'moments')
    const n = 100_000
    let [uniform, normal, square] = [0, 0, 0]
    for (let i = 0; i < n; i++) {
      uniform += stream.uniform()
      const x = stream.normal()
      normal += x
      square += x * x
    }
    // Five standard errors.
    expect(Math.abs(uniform / n - 0.5)).toBeLessThan(5 / Math.sqrt(12 * n))
    expect(Math.abs(normal / n)).toBeLessThan(5 / Math.sqrt(n))
    expect(Math.abs(square / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
  })
})
