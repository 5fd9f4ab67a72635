// The choice of the strongest weights, against sorting them all.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StrongestFinder } from '../../viewer/stage/strongest.ts'

const strongest = (weights: Int8Array | Uint8Array, most: number) => new StrongestFinder().find(weights, most)

const magnitudes = (weights: Int8Array, chosen: Uint32Array) =>
  [...chosen].map(index => Math.abs(weights[index]!)).sort((a, b) => b - a)

describe('the strongest weights', () => {
  it('are those that sorting finds, none twice, none zero, in the order of the array', () => {
    const bytes = fc.int8Array({ minLength: 0, maxLength: 300 })
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 320 }), (weights, most) => {
        const chosen = strongest(weights, most)
        const sorted = [...weights].map(Math.abs).filter(size => size > 0)
        sorted.sort((a, b) => b - a)
        expect(magnitudes(weights, chosen)).toEqual(sorted.slice(0, most))
        expect([...chosen]).toEqual([...new Set(chosen)].sort((a, b) => a - b))
      }),
    )
  })

  it('are found whatever was looked for before', () => {
    const bytes = fc.int8Array({ minLength: 0, maxLength: 300 })
    const asked = fc.array(fc.tuple(bytes, fc.integer({ min: 0, max: 320 })), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(asked, all => {
        const finder = new StrongestFinder()
        for (const [weights, most] of all)
          expect([...finder.find(weights, most)]).toEqual([...strongest(weights, most)])
      }),
    )
  })

  it('prefers no place where many are equal', () => {
    const chosen = strongest(new Int8Array(1000).fill(5), 100)
    expect(chosen.length).toBe(100)
    const firstHalf = [...chosen].filter(index => index < 500).length
    expect(firstHalf).toBe(50)
  })

  it('takes unsigned bytes as they are', () => {
    expect([...strongest(Uint8Array.of(3, 255, 0, 200), 2)]).toEqual([1, 3])
  })
})
