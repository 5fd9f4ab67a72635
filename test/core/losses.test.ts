// Losses by their formulas: reductions, soft and smoothed labels, numbers far out, and what is refused.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  availableBackends,
  binaryCrossEntropyWithLogits,
  createBackend,
  crossEntropy,
  huber,
  InvalidArgumentError,
  meanAbsoluteError,
  meanSquaredError,
  type Reduction,
  ShapeError,
  scope,
  type Tensor,
  tensor,
  useBackend,
  valueAndGradients,
} from '../../src/index.ts'

const classes = (...labels: number[]) => tensor(Int32Array.from(labels))

/** -log softmax of each row, in float64. */
function surprises(logits: readonly (readonly number[])[]): number[][] {
  return logits.map(row => {
    const top = Math.max(...row)
    const logSum = top + Math.log(row.reduce((total, x) => total + Math.exp(x - top), 0))
    return row.map(x => logSum - x)
  })
}

describe.each(availableBackends())('on %s', name => {
  beforeEach(() => void useBackend(createBackend(name)))

  it('the cross-entropy of shares and of smoothed labels is its formula', () => {
    const row = fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 3, maxLength: 3 })
    const share = fc.float({ min: 0, max: 1, noNaN: true })
    const label = fc.integer({ min: 0, max: 2 })
    fc.assert(
      fc.property(row, row, label, label, share, (a, b, first, second, smoothing) => {
        scope(() => {
          const logits = [a, b]
          const parts = surprises(logits)
          const targets = [first, second].map(c =>
            [0, 1, 2].map(i => (1 - smoothing) * (i === c ? 1 : 0) + smoothing / 3),
          )
          const losses = parts.map((part, r) => part.reduce((sum, s, c) => sum + s * targets[r]![c]!, 0))
          const x = tensor(logits)
          const options = { labelSmoothing: smoothing, reduction: 'none' } as const
          const hard = crossEntropy(x, classes(first, second), options).toArray()
          const soft = crossEntropy(x, tensor(targets), { reduction: 'none' }).toArray()
          for (const [r, loss] of losses.entries()) {
            expect(hard[r]).toBeCloseTo(loss, 3)
            expect(soft[r]).toBeCloseTo(loss, 3)
          }
        })
      }),
    )
  })

  it('each loss is reduced as asked for', () => {
    const [x, t] = [tensor([0, 2, -3]), tensor([1, 0, 1])]
    const losses: readonly (readonly [(options: { reduction?: Reduction }) => Tensor, readonly number[]])[] =
      [
        [options => meanSquaredError(x, t, options), [1, 4, 16]],
        [options => meanAbsoluteError(x, t, options), [1, 2, 4]],
        [options => huber(x, t, { delta: 1.5, ...options }), [0.5, 1.875, 4.875]],
        [
          options => binaryCrossEntropyWithLogits(x, t, options),
          [Math.log(2), Math.log1p(Math.exp(2)), Math.log1p(Math.exp(3))],
        ],
      ]
    for (const [loss, values] of losses) {
      const total = values.reduce((sum, value) => sum + value, 0)
      for (const [i, value] of loss({ reduction: 'none' }).toArray().entries()) {
        expect(value).toBeCloseTo(values[i]!, 5)
      }
      expect(loss({ reduction: 'sum' }).item()).toBeCloseTo(total, 4)
      expect(loss({}).item()).toBeCloseTo(total / 3, 5)
    }
  })

  it('numbers far out give finite losses and gradients', () => {
    const x = tensor([1e4, -1e4, 80])
    const { value, gradients } = valueAndGradients(
      () => binaryCrossEntropyWithLogits(x, tensor([0, 1, 1]), { reduction: 'sum' }),
      [x],
    )
    expect(value).toBeCloseTo(2e4, 0)
    expect([...gradients[0]!.toArray()]).toEqual([1, -1, 0])
    const logits = tensor([[3e4, -3e4]])
    const shares = tensor([[0.5, 0.5]])
    expect(crossEntropy(logits, shares).item()).toBeCloseTo(3e4, -1)
  })

  it('the Huber loss has the gradient of its two parts, and no kink', () => {
    const x = tensor([-5, -1, 0.5, 1, 5])
    const { gradients } = valueAndGradients(
      () => huber(x, tensor([0, 0, 0, 0, 0]), { reduction: 'sum' }),
      [x],
    )
    expect([...gradients[0]!.toArray()]).toEqual([-1, -1, 0.5, 1, 1])
  })
})

describe('losses refuse', () => {
  beforeEach(() => void useBackend('js'))
  const x = () => tensor([1, 2])

  it.each<[string, () => unknown, string]>([
    ['a reduction that is none', () => huber(x(), x(), { reduction: 'all' as 'sum' }), 'got "all"'],
    ['a delta of 0', () => huber(x(), x(), { delta: 0 }), 'huber: delta is a positive number, got 0'],
    [
      'more smoothing than all',
      () => crossEntropy(tensor([[1, 2]]), classes(0), { labelSmoothing: 2 }),
      'labelSmoothing is a number from 0 to 1, got 2',
    ],
    ['a class too many', () => crossEntropy(tensor([[1, 2]]), classes(2)), 'integers from 0 to 1, got 2'],
    [
      'integers as values',
      () => meanAbsoluteError(x(), classes(1, 2)),
      'meanAbsoluteError: operands are float32, got int32',
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })

  it.each<[string, () => unknown, string]>([
    [
      'shapes that would broadcast',
      () => huber(tensor([[1], [2]]), x()),
      'expected equal shapes, got [2, 1] and [2]',
    ],
    [
      'shares of other classes',
      () => crossEntropy(tensor([[1, 2]]), tensor([[1, 0, 0]])),
      'got [1, 2] and [1, 3]',
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(ShapeError)
    expect(run).toThrow(message)
  })
})
