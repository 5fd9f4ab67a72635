// Sums over a million examples: means and gradients as in float64, not a hundredth off. Products add up blocks in float32,
// and are held to less.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  add,
  availableBackends,
  conv2d,
  createBackend,
  linear,
  mean,
  relu,
  scope,
  sum,
  tensor,
  useBackend,
  valueAndGradients,
  variance,
  zeros,
} from '../../src/index.ts'

const ROWS = 1_000_003

describe.each(availableBackends())('on %s', name => {
  const backend = createBackend(name)
  beforeEach(() => void useBackend(backend))
  // Of one sign, and no sum of few powers of two: what float32 drops each time has a direction.
  const numbers = (columns: number) =>
    Float32Array.from({ length: ROWS * columns }, (_, i) => 0.1 + 0.01 * (i % columns))

  it('means and variances', () => {
    scope(() => {
      const x = tensor(numbers(3), [ROWS, 3])
      for (const [c, value] of mean(x, 0).toArray().entries())
        expect(value / (0.1 + 0.01 * c)).toBeCloseTo(1, 5)
      expect(mean(x).item() / 0.11).toBeCloseTo(1, 5)
      // Entries 0.01 either side of the mean.
      const spread = tensor(
        Float32Array.from({ length: ROWS - 1 }, (_, i) => 0.5 + (i % 2 === 0 ? 0.01 : -0.01)),
      )
      expect(variance(spread).item() / 1e-4).toBeCloseTo(1, 4)
    })
  })

  it('the gradients of a linear map, and of what broadcasts', () => {
    scope(() => {
      const [weight, bias] = [tensor([[1, -1, 2]]), tensor([0.5, 0.5, 0.5])]
      const x = tensor(numbers(1), [ROWS, 1])
      const scale = tensor([0.1, 0.2, 0.3])
      const { gradients } = valueAndGradients(
        () => sum(add(linear(x, weight, bias, { activation: 'relu' }), scale)),
        [weight, bias, scale],
      )
      const expected = [
        [0.1, 0.1, 0.1],
        [1, 1, 1],
        [1, 1, 1],
      ]
      for (const [i, gradient] of gradients.entries()) {
        for (const [j, slope] of gradient.toArray().entries()) {
          expect(slope / (ROWS * expected[i]![j]!)).toBeCloseTo(1, 4)
        }
      }
    })
  })

  it('the gradients of a convolution', () => {
    scope(() => {
      const images = tensor(new Float32Array(1_048_576).fill(0.1), [64, 1, 128, 128])
      const [weight, bias] = [zeros([2, 1, 1, 1]), tensor([1, 1])]
      const { gradients } = valueAndGradients(() => sum(relu(conv2d(images, weight, bias))), [weight, bias])
      for (const slope of gradients[0]!.toArray())
        expect(slope / (1_048_576 * Math.fround(0.1))).toBeCloseTo(1, 4)
      expect([...gradients[1]!.toArray()]).toEqual([1_048_576, 1_048_576])
    })
  })
})
