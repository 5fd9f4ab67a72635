// The comparison of values with comments does find a comment that is wrong.
import { describe, expect, it } from 'vitest'
import { checkedModule, codeOf } from './example.ts'
import { shows } from './shownValue.ts'

describe('a shown value', () => {
  it.each<[unknown, string]>([
    [3, '3'],
    [-0.5, '-0.5'],
    [1 / 3, '0.333'],
    [1.2345e-7, '1.23e-7'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    [12_345, '12_345'],
    ['wasm-simd', "'wasm-simd'"],
    [undefined, 'undefined'],
    [Float32Array.of(1, 0.1), '[1, 0.1]'],
    [[[1, 2], []], '[[1, 2], []]'],
    [[1, 2, 3], '[1, 2, ...]'],
    [{ shape: [2], ok: true }, '{ shape: [2], ok: true }'],
    [Promise.resolve(4), '4'],
  ])('%s is shown as %s', async (value, comment) => {
    await shows(() => value, comment, 'it')
  })

  it.each<[unknown, string]>([
    [4, '3'],
    [0.5, '0'],
    [0.34, '0.333'],
    ['3', '3'],
    [3, "'3'"],
    [[1, 2], '[1, 2, 3]'],
    [[1, 2, 3], '[1, 2]'],
    [[1, 2], '[1, 2, ...]'],
    [null, 'undefined'],
    [{ a: 1, b: 2 }, '{ a: 1 }'],
    [3, 'three, more or less'],
  ])('%s is not shown as %s', async (value, comment) => {
    await expect(shows(() => value, comment, 'it')).rejects.toThrow()
  })

  it('may be an error, of that name alone', async () => {
    const fail = () => {
      throw new RangeError('no')
    }
    await shows(fail, 'throws RangeError', 'it')
    await expect(shows(fail, 'throws TypeError', 'it')).rejects.toThrow('threw RangeError')
    await expect(shows(() => 1, 'throws TypeError', 'it')).rejects.toThrow('did not')
  })
})

describe('an example', () => {
  it('is one block of TypeScript that imports the package alone', () => {
    expect(codeOf('```ts\nconst a = 1\n```')).toBe('const a = 1\n')
    expect(() => codeOf('const a = 1')).toThrow('one block')
    expect(() => checkedModule("import { readFileSync } from 'node:fs'\n")).toThrow('node:fs')
  })

  it('has each commented expression checked', () => {
    const module = checkedModule(
      "import { tensor } from 'spikegrad'\nconst x = tensor([1])\nx.shape // [1]\n",
    )
    expect(module).toContain('src/index.ts')
    expect(module).toContain('await shows(async () => (x.shape), "[1]", "x.shape")')
  })
})
