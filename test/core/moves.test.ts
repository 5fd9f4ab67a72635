// Ops that only move entries: against plain indexing, for both types, and what they say when they are misused.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import {
  concat,
  diagonal,
  expandDims,
  InvalidArgumentError,
  pad,
  type Range,
  type Shape,
  ShapeError,
  slice,
  squeeze,
  stack,
  type Tensor,
  tensor,
  transpose,
  useBackend,
  zeros,
} from '../../src/index.ts'
import { sizeOf } from '../../src/shape.ts'

const numbers = (x: Tensor) => [...x.toArray()]
const counting = (shape: Shape, dtype: 'float32' | 'int32' = 'float32') =>
  tensor(
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => i),
    shape,
    dtype,
  )

/** The place of an index among the entries of a shape. */
function placeOf(shape: Shape, index: readonly number[]): number {
  return index.reduce((place, at, axis) => place * shape[axis]! + at, 0)
}

/** All indices of a shape, in order. */
function indicesOf(shape: Shape): readonly (readonly number[])[] {
  return shape.reduce<number[][]>(
    (all, length) => all.flatMap(index => Array.from({ length }, (_, at) => [...index, at])),
    [[]],
  )
}

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 })

describe.each(availableBackends())('moves on %s', name => {
  const backend = createBackend(name)
  beforeEach(() => void useBackend(backend))

  it('transpose puts entry [i, j, ...] where its permuted index says', () => {
    const shuffled = shapes.chain(shape =>
      fc.tuple(
        fc.constant(shape),
        fc.shuffledSubarray([...shape.keys()], { minLength: shape.length, maxLength: shape.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([shape, axes]) => {
        const out = transpose(counting(shape), axes)
        expect(out.shape).toEqual(axes.map(axis => shape[axis]))
        const expected = indicesOf(out.shape).map(index =>
          placeOf(
            shape,
            shape.map((_, axis) => index[axes.indexOf(axis)]!),
          ),
        )
        expect(numbers(out)).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })

  it('slice takes what slicing an array takes, forwards and backwards', () => {
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: -12, max: 11 }),
      fc.integer({ min: -12, max: 12 }),
      fc.constantFrom(-3, -2, -1, 1, 2, 3),
    )
    let taken = 0
    fc.assert(
      fc.property(cases, ([length, from, to, step]) => {
        fc.pre(from >= -length && from < length && to >= -length && to <= length)
        const [first, end] = [from < 0 ? from + length : from, to < 0 ? to + length : to]
        const expected: number[] = []
        for (let at = first; step > 0 ? at < end : at > end; at += step) expected.push(at)
        const run = () => slice(counting([length]), { from, to, step })
        if (expected.length === 0) expect(run).toThrow(InvalidArgumentError)
        else expect(numbers(run())).toEqual(expected)
        taken += expected.length
      }),
      { numRuns: 200 },
    )
    expect(taken).toBeGreaterThan(100)
  })

  it('slices several axes at once', () => {
    const x = counting([3, 4, 5])
    const out = slice(x, { from: -2 }, 1, { step: -2 })
    expect(out.shape).toEqual([2, 3])
    expect(numbers(out)).toEqual([29, 27, 25, 49, 47, 45])
    expect(slice(x, 'all', 0).shape).toEqual([3, 5])
    expect(numbers(slice(x, 2, 3, 4))).toEqual([59])
  })

  it('takes diagonals, whatever lies between the axes', () => {
    expect(numbers(diagonal(counting([3, 4])))).toEqual([0, 5, 10])
    const out = diagonal(counting([2, 3, 2]), [0, -1])
    expect(out.shape).toEqual([3, 2])
    expect(numbers(out)).toEqual([0, 7, 2, 9, 4, 11])
  })

  it('squeezes and expands', () => {
    expect(squeeze(zeros([1, 2, 1, 3])).shape).toEqual([2, 3])
    expect(squeeze(zeros([1, 2, 1, 3]), [0]).shape).toEqual([2, 1, 3])
    expect(expandDims(zeros([2, 3]), 2).shape).toEqual([2, 3, 1])
    expect(expandDims(zeros([2, 3]), -3).shape).toEqual([1, 2, 3])
  })

  it('joins what slices took apart', () => {
    const x = counting([4, 5, 2])
    const parts = [
      slice(x, 'all', { to: 2 }),
      slice(x, 'all', { from: 2, to: 3 }),
      slice(x, 'all', { from: 3 }),
    ]
    expect(numbers(concat(parts, 1))).toEqual(numbers(x))
    const rows = Array.from({ length: 4 }, (_, i) => slice(x, i))
    expect(numbers(stack(rows))).toEqual(numbers(x))
    const columns = Array.from({ length: 5 }, (_, i) => slice(x, 'all', i))
    expect(numbers(stack(columns, -2))).toEqual(numbers(x))
  })

  it('pads each side with its own width', () => {
    expect(numbers(pad(counting([2, 2]), [[1, 0], 1], 7))).toEqual([7, 7, 7, 7, 7, 0, 1, 7, 7, 2, 3, 7])
    expect(pad(counting([1, 2, 3]), 2).shape).toEqual([5, 6, 7])
  })

  it('keeps integers integers', () => {
    const x = counting([2, 3], 'int32')
    const results = [
      transpose(x),
      slice(x, 1),
      concat([x, x]),
      stack([x, x]),
      pad(x, 1, -1),
      squeeze(x),
      expandDims(x, 0),
      diagonal(x),
    ]
    expect(results.map(({ dtype }) => dtype)).toEqual(results.map(() => 'int32'))
    expect(numbers(pad(x, [0, [0, 1]], -1))).toEqual([0, 1, 2, -1, 3, 4, 5, -1])
  })
})

describe('moves refuse', () => {
  beforeEach(() => void useBackend('js'))
  const x = () => zeros([2, 3])

  it.each<[string, () => unknown, string]>([
    ['too many selections', () => slice(x(), 0, 0, 0), 'slice: 3 selections for the 2 axes of shape [2, 3]'],
    ['another rank in concat', () => concat([x(), zeros([2])]), 'concat: shapes [2, 3] and [2] differ'],
    ['another length in concat', () => concat([x(), zeros([2, 4])]), 'along another axis than 0'],
    ['another shape in stack', () => stack([x(), zeros([3, 2])]), 'stack: shapes [2, 3] and [3, 2] differ'],
    ['squeezing a long axis', () => squeeze(x(), 1), 'squeeze: axis 1 of shape [2, 3] has 3 entries'],
    ['too few widths', () => pad(x(), [1]), 'a width for each of the 2 axes of shape [2, 3], got 1'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(ShapeError)
    expect(run).toThrow(message)
  })

  const range = (selection: Range) => () => slice(x(), 'all', selection)
  it.each<[string, () => unknown, string]>([
    [
      'a permutation that lacks an axis',
      () => transpose(x(), [0]),
      'each of the 2 axes of shape [2, 3] once',
    ],
    ['a permutation that repeats', () => transpose(x(), [0, -2]), 'name one axis twice'],
    ['an axis that is not there', () => transpose(x(), [0, 2]), 'transpose: axis 2 does not exist'],
    [
      'an entry beyond the end',
      () => slice(x(), 2),
      'slice: axis 0 of shape [2, 3] has 2 entries, and none at 2',
    ],
    ['half an entry', () => slice(x(), 0.5), 'none at 0.5'],
    ['an end too far', range({ to: 4 }), 'axis 1 of shape [2, 3] has 3 entries, and no end at 4'],
    ['an empty range', range({ from: 2, to: 1 }), 'has no entries from 2 to 1 in steps of 1'],
    ['a step of 0', range({ step: 0 }), 'steps of a whole number, got 0'],
    ['nothing to join', () => concat([]), 'concat: expected at least one tensor'],
    ['nothing to stack', () => stack([]), 'stack: expected at least one tensor'],
    ['types that differ', () => concat([x(), zeros([1, 3], 'int32')]), 'all float32 or all int32'],
    ['bytes', () => transpose(zeros([2, 2], 'uint8')), 'transpose: operands are all float32'],
    ['a negative width', () => pad(x(), [0, [0, -1]]), 'got [0,-1] for axis 1 of shape [2, 3]'],
    ['an axis that the result lacks', () => expandDims(x(), 3), 'expandDims: axis 3 does not exist'],
    ['one axis twice', () => diagonal(x(), [1, -1]), 'diagonal: axes [1, -1] name one axis twice'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })
})
