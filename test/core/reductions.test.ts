// Reductions, scans and choices along axes: values by hand and by definition, and what they say when they are misused.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import {
  argmax,
  cumulativeSum,
  gatherColumns,
  InvalidArgumentError,
  logSoftmax,
  logSumExp,
  max,
  min,
  norm,
  oneHot,
  ShapeError,
  standardDeviation,
  sum,
  type Tensor,
  tensor,
  topK,
  useBackend,
  valueAndGradients,
  variance,
  zeros,
} from '../../src/index.ts'

const numbers = (x: Tensor) => [...x.toArray()]
const gradient = (x: Tensor, loss: () => Tensor) => numbers(valueAndGradients(loss, [x]).gradients[0]!)

describe.each(availableBackends())('along axes on %s', name => {
  const backend = createBackend(name)
  beforeEach(() => void useBackend(backend))

  it('min is the smallest, NaN if one is', () => {
    const x = tensor([
      [3, -1, 2],
      [0, 5, -7],
    ])
    expect(min(x).item()).toBe(-7)
    expect(numbers(min(x, 1))).toEqual([-1, -7])
    expect(min(tensor([1, Number.NaN])).item()).toBeNaN()
  })

  it('max and min share their gradient evenly over axes that lie apart', () => {
    const x = tensor([2, 2, 3, 1, 2, 0, 0, 1], [2, 2, 2])
    const third = Math.fround(1 / 3)
    expect(gradient(x, () => sum(max(x, [0, 2])))).toEqual([third, third, 1, 0, third, 0, 0, 0])
    const y = tensor([5, 7, 0, 0, 6, 9, 0, 0], [2, 2, 2])
    expect(gradient(y, () => sum(min(y, [0, 2])))).toEqual([1, 0, 0.25, 0.25, 0, 0, 0.25, 0.25])
  })

  it('argmax finds the first of equals along any axis', () => {
    const x = tensor([1, 5, 5, 4, 5, 6], [2, 3])
    expect(numbers(argmax(x, 0))).toEqual([1, 0, 1])
    expect(numbers(argmax(x))).toEqual([1, 2])
    expect(argmax(zeros([2, 3, 4]), 1).shape).toEqual([2, 4])
  })

  it('variance divides by the entries less the correction', () => {
    const x = tensor([
      [1, 2, 3, 6],
      [4, 4, 4, 4],
    ])
    expect(numbers(variance(x, 1, { correction: 0 }))).toEqual([3.5, 0])
    expect(variance(x, 1, { keepDimensions: true }).shape).toEqual([2, 1])
    expect(numbers(variance(x, 1))).toEqual([Math.fround(14 / 3), 0])
    expect(standardDeviation(tensor([2, 4, 6])).item()).toBe(2)
  })

  it('variance does not lose small differences beside a large mean', () => {
    expect(variance(tensor([10_000, 10_001, 10_002])).item()).toBeCloseTo(1, 5)
  })

  it('norms of three orders', () => {
    const x = tensor([
      [3, -4],
      [0, 0],
    ])
    expect(numbers(norm(x, { axes: 1 }))).toEqual([5, 0])
    expect(numbers(norm(x, { axes: 1, order: 1 }))).toEqual([7, 0])
    expect(norm(x, { order: 'max', keepDimensions: true }).shape).toEqual([1, 1])
    expect(norm(x, { order: 'max' }).item()).toBe(4)
    expect(gradient(x, () => sum(norm(x, { axes: 1 })))).toEqual([0.6, -0.8, 0, 0].map(Math.fround))
  })

  it('cumulative sums run along their axis', () => {
    const x = tensor([1, 2, 3, 4, 5, 6], [2, 3])
    expect(numbers(cumulativeSum(x))).toEqual([1, 3, 6, 4, 9, 15])
    expect(numbers(cumulativeSum(x, 0))).toEqual([1, 2, 3, 5, 7, 9])
  })

  it('topK is a stable sort, cut off, NaN last', () => {
    const rows = fc.array(fc.constantFrom(-1, 0, 0.5, 2, Number.NaN), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 9 }), (row, most) => {
        const k = Math.min(most, row.length)
        const rank = (x: number) => (Number.isNaN(x) ? Number.NEGATIVE_INFINITY : x)
        const order = [...row.keys()].sort((a, b) => rank(row[b]!) - rank(row[a]!)).slice(0, k)
        const { values, indices } = topK(tensor(row), k)
        expect(numbers(indices)).toEqual(order)
        expect(numbers(values)).toEqual(order.map(at => row[at]!))
      }),
    )
  })

  it('log-sum-exp and log-softmax neither overflow nor lose the smallest', () => {
    const inf = Number.POSITIVE_INFINITY
    expect(logSumExp(tensor([-1000, -1000])).item()).toBeCloseTo(-1000 + Math.log(2), 3)
    expect(logSumExp(tensor([-inf, -inf])).item()).toBe(-inf)
    expect(logSumExp(tensor([1, inf])).item()).toBe(inf)
    expect(logSumExp(tensor([1, Number.NaN])).item()).toBeNaN()
    expect(numbers(logSoftmax(tensor([0, 300, -300])))).toEqual([-300, 0, -600])
    expect(logSumExp(zeros([2, 3, 4]), 1, { keepDimensions: true }).shape).toEqual([2, 1, 4])
  })

  it('one-hot rows pick columns, and gathering picks them back', () => {
    const indices = tensor(Int32Array.of(2, 0, 1, 1), [2, 2])
    const rows = oneHot(indices, 3)
    expect(rows.shape).toEqual([2, 2, 3])
    expect(numbers(argmax(rows))).toEqual([2, 0, 1, 1])
    const x = tensor([
      [10, 11, 12],
      [20, 21, 22],
    ])
    expect(numbers(gatherColumns(x, indices))).toEqual([12, 10, 21, 21])
    expect(gradient(x, () => sum(gatherColumns(x, indices)))).toEqual([1, 0, 1, 0, 2, 0])
  })
})

describe('along axes refuse', () => {
  beforeEach(() => void useBackend('js'))
  const x = () => zeros([2, 3])
  const int = (...values: number[]) => tensor(Int32Array.from(values))

  it.each<[string, () => unknown, string]>([
    ['an axis that is not there', () => cumulativeSum(x(), 2), 'cumulativeSum: axis 2 does not exist'],
    ['an axis that argmax lacks', () => argmax(x(), -3), 'argmax: axis -3 does not exist'],
    ['more correction than entries', () => variance(x(), 0, { correction: 2 }), 'variance: correction'],
    ['a variance of one entry', () => variance(x(), []), 'below the 1 entries along axes [] of shape [2, 3]'],
    ['a deviation of one entry', () => standardDeviation(x(), []), 'standardDeviation: correction'],
    ['a norm of order 3', () => norm(x(), { order: 3 as 2 }), "norm: order is 1, 2 or 'max', got 3"],
    ['none of the largest', () => topK(x(), 0), 'topK: k is an integer from 1 to 3'],
    ['more than all', () => topK(x(), 4), 'the last length of shape [2, 3], got 4'],
    [
      'an index that is no class',
      () => oneHot(int(0, 3), 3),
      'oneHot: indices are integers from 0 to 2, got 3',
    ],
    ['a negative index', () => oneHot(int(-1), 3), 'got -1 at position 0'],
    ['no classes', () => oneHot(int(0), 0), 'oneHot: classes is a positive integer, got 0'],
    ['float indices', () => oneHot(x(), 3), 'oneHot: indices are int32, got float32 of shape [2, 3]'],
    [
      'a column that is not there',
      () => gatherColumns(x(), tensor([[0], [3]], [2, 1], 'int32')),
      'gatherColumns: indices are integers from 0 to 2, got 3 at position 1',
    ],
    ['integers', () => min(zeros([2], 'int32')), 'min: operands are float32'],
    ['a sum of integers', () => sum(zeros([2], 'int32')), 'sum: operands are float32'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })

  it.each<[string, () => unknown, string]>([
    ['the largest of a scalar', () => topK(tensor(1), 1), 'topK: expected rank 1 or more'],
    [
      'indices of other rows',
      () => gatherColumns(x(), zeros([3, 1], 'int32')),
      'indices [..., count], got [2, 3] and [3, 1]',
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(ShapeError)
    expect(run).toThrow(message)
  })
})
