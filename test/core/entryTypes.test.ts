// Entries of every type: what moves them keeps their type, and what changes it says when a number does not fit.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  availableBackends,
  cast,
  createBackend,
  type DataType,
  gatherRows,
  InvalidArgumentError,
  multiply,
  reshape,
  sum,
  tensor,
  useBackend,
  valueAndGradients,
} from '../../src/index.ts'

const types: readonly DataType[] = ['float32', 'int32', 'uint8']

describe.each(availableBackends())('on %s', name => {
  const backend = createBackend(name)
  beforeEach(() => void useBackend(backend))

  it.each(types)('reshape keeps entries of %s, and fills in a length', dtype => {
    const x = tensor([1, 2, 3, 4, 5, 200], [6], dtype)
    const y = reshape(x, [2, -1])
    expect([y.dtype, y.shape]).toEqual([dtype, [2, 3]])
    expect(y.toArray()).toEqual(x.toArray())
    expect(reshape(x, [-1]).shape).toEqual([6])
    expect(reshape(x, [3, -1, 2]).shape).toEqual([3, 1, 2])
    expect(reshape(tensor([7], [1], dtype), []).shape).toEqual([])
  })

  it.each(types)('gatherRows takes rows of %s', dtype => {
    const x = tensor([1, 2, 3, 4, 5, 200], [3, 2], dtype)
    const rows = gatherRows(x, tensor(Int32Array.of(2, 0, 2)))
    expect([rows.dtype, rows.shape]).toEqual([dtype, [3, 2]])
    expect([...rows.toArray()]).toEqual([5, 200, 1, 2, 5, 200])
  })

  it('integers that no float32 holds survive both', () => {
    const x = tensor(Int32Array.of(2 ** 31 - 1, -(2 ** 31), 16_777_217, 0x7fa00001))
    expect(reshape(x, [2, 2]).toArray()).toEqual(x.toArray())
    expect(gatherRows(x, tensor(Int32Array.of(0, 1, 2, 3))).toArray()).toEqual(x.toArray())
  })

  it('a cast is what typed arrays do, for numbers that fit', () => {
    const bytes = fc.array(fc.double({ min: 0, max: 255, noNaN: true }), { minLength: 1, maxLength: 20 })
    const arrays = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array }
    fc.assert(
      fc.property(bytes, fc.constantFrom(...types), fc.constantFrom(...types), (values, from, to) => {
        const x = tensor(arrays[from].from(values))
        const y = cast(x, to)
        expect(y.dtype).toBe(to)
        expect(y.toArray()).toEqual(arrays[to].from(x.toArray()))
        expect(y).not.toBe(x)
      }),
    )
  })

  it('fractions go towards 0', () => {
    expect([...cast(tensor([2.9, -2.9, 0.5, -0.5]), 'int32').toArray()]).toEqual([2, -2, 0, 0])
    expect([...cast(tensor([255.9, -0.9]), 'uint8').toArray()]).toEqual([255, 0])
  })

  it.each<[number, DataType]>([
    [2 ** 31, 'int32'],
    [Number.NaN, 'int32'],
    [Number.NEGATIVE_INFINITY, 'int32'],
    [-1, 'uint8'],
    [256, 'uint8'],
  ])('refuses %f as %s', (value, dtype) => {
    expect(() => cast(tensor([0, value]), dtype)).toThrow(InvalidArgumentError)
    expect(() => cast(tensor([0, value]), dtype)).toThrow(`cast: entries of ${dtype} are integers from`)
  })

  it('the gradient passes a cast between floats, and stops at integers', () => {
    const x = tensor([1.5, 2.5])
    const slopes = (loss: () => ReturnType<typeof sum>) => [
      ...valueAndGradients(loss, [x]).gradients[0]!.toArray(),
    ]
    expect(slopes(() => sum(multiply(cast(x, 'float32'), tensor([2, 3]))))).toEqual([2, 3])
    expect(slopes(() => sum(cast(cast(x, 'int32'), 'float32')))).toEqual([0, 0])
  })
})
