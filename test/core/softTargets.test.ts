// Cross-entropy of soft and smoothed targets: exact wherever its classes lie, whatever their order and common offset.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  availableBackends,
  createBackend,
  crossEntropy,
  logSoftmax,
  scope,
  tensor,
  useBackend,
  valueAndGradients,
} from '../../src/index.ts'

/** The loss of one row in float64. */
function lossOf(logits: readonly number[], shares: readonly number[]): number {
  const top = Math.max(...logits)
  const logSum = Math.log(logits.reduce((total, x) => total + Math.exp(x - top), 0))
  return logits.reduce((loss, x, c) => loss + (shares[c] === 0 ? 0 : shares[c]! * (logSum - (x - top))), 0)
}

describe.each(availableBackends())('on %s', name => {
  const backend = createBackend(name)
  beforeEach(() => void useBackend(backend))

  it('a class far out without a share takes nothing from the others', () => {
    const expected = lossOf([1, 2], [0.5, 0.5])
    for (const far of [-1e9, -3e38, Number.NEGATIVE_INFINITY]) {
      const x = tensor([[far, 1, 2]])
      const { value, gradients } = valueAndGradients(() => crossEntropy(x, tensor([[0, 0.5, 0.5]])), [x])
      expect(value).toBeCloseTo(expected, 6)
      const share = 1 / (1 + Math.E)
      for (const [i, slope] of [0, share - 0.5, 0.5 - share].entries()) {
        expect(gradients[0]!.toArray()[i]).toBeCloseTo(slope, 6)
      }
    }
  })

  it('labels smoothed over a class far out cost what it is away', () => {
    const x = tensor([[-1e6, 1, 2]])
    const loss = crossEntropy(x, tensor(Int32Array.of(2)), { labelSmoothing: 0.3 }).item()
    expect(loss / lossOf([-1e6, 1, 2], [0.1, 0.1, 0.8])).toBeCloseTo(1, 6)
  })

  it('does not depend on the order of the classes, nor on an offset of all logits', () => {
    const class_ = fc.record({
      logit: fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constant(-1e9), fc.constant(-1e4)),
      share: fc.integer({ min: 0, max: 8 }).map(eighths => eighths / 8),
    })
    const rows = fc.array(class_, { minLength: 2, maxLength: 7 })
    fc.assert(
      fc.property(rows, fc.nat(6), fc.constantFrom(0, 4096, -65_536), (row, turn, offset) => {
        // What is added to a logit far out is lost, and to a share of it the same is lost of the loss.
        fc.pre(row.some(({ logit }) => logit > -1e4))
        const run = (classes: typeof row, by: number) =>
          scope(() => {
            const logits = tensor([classes.map(({ logit }) => logit + by)])
            return crossEntropy(logits, tensor([classes.map(({ share }) => share)])).item()
          })
        const expected = lossOf(
          row.map(({ logit }) => logit),
          row.map(({ share }) => share),
        )
        const near = (value: number) =>
          expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(expected)))
        const turned = [...row.slice(turn % row.length), ...row.slice(0, turn % row.length)]
        near(run(row, 0))
        near(run(turned, 0))
        near(run([...row].reverse(), 0))
        if (row.every(({ logit }) => logit > -1e4)) near(run(turned, offset))
      }),
    )
  })

  it('log-softmax keeps its digits beside a large offset', () => {
    const [low, high] = logSoftmax(tensor([1e6, 1e6 + 1])).toArray()
    expect(low).toBeCloseTo(-Math.log(1 + Math.E), 6)
    expect(high).toBeCloseTo(-Math.log(1 + 1 / Math.E), 6)
  })
})
