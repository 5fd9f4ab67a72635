// Sums and means over axes, and what all reductions share.
import { apply, checkOperands } from '../autograd.ts'
import { type Axes, normaliseAxes, reducedShape, type Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { shares } from './arithmetic.ts'
import { copyAs, reduceAxes } from './broadcast.ts'
import { checkFloats, type Op, type Sample, spread } from './op.ts'

/**
 * What every reduction may be told.
 *
 * @example
 * ```ts
 * import { type ReductionOptions, sum, zeros } from 'spikegrad'
 * const options: ReductionOptions = { keepDimensions: true }
 * sum(zeros([2, 3]), 1, options).shape // [2, 1]
 * ```
 */
export interface ReductionOptions {
  /** Reduced axes stay, with length 1. */
  readonly keepDimensions?: boolean
}

/** Which axes an op reduces, checked and ascending, and the shape it leaves. */
export interface ReductionPlan {
  readonly axes: readonly number[]
  readonly shape: Shape
}

/** @throws InvalidArgumentError when an axis does not exist or is named twice. */
export function reductionPlan(
  operation: string,
  x: Tensor,
  axes: Axes,
  options: ReductionOptions,
): ReductionPlan {
  checkOperands(operation, [x])
  const checked = normaliseAxes(operation, axes, x.shape.length)
  return { axes: checked, shape: reducedShape(x.shape, checked, options.keepDimensions ?? false) }
}

/** The gradient of a sum, over `count`: every entry of x receives its share of the gradient of what it was summed into. */
function stretched(gradient: Tensor, x: Tensor, axes: readonly number[], count: number): Tensor {
  const kept = copyAs(gradient, reducedShape(x.shape, axes, true))
  return shares.apply([kept], x.shape, [count])
}

/** Samples of every way to choose axes. */
export function reductionSamples(
  run: (x: Tensor, axes: Axes, options: ReductionOptions) => Tensor,
): readonly Sample[] {
  const sample = (label: string, shape: Shape, axes: Axes, options: ReductionOptions): Sample => ({
    label,
    inputs: [{ shape, entry: spread(-2, 2) }],
    run: inputs => run(inputs[0]!, axes, options),
  })
  return [
    sample('all axes', [3, 4], 'all', {}),
    sample('the first axis', [3, 5], 0, {}),
    sample('the last axis, kept', [3, 5], -1, { keepDimensions: true }),
    sample('the middle axis', [2, 3, 4], 1, {}),
    sample('outer and inner axes', [2, 3, 4], [0, 2], { keepDimensions: true }),
    sample('a scalar', [], 'all', {}),
  ]
}

export const sumOp: Op<ReductionPlan> = {
  name: 'sum',
  samples: reductionSamples(sum),
  forward([x], { axes, shape }) {
    checkFloats('sum', [x!])
    return reduceAxes('sum', x!, axes, shape)
  },
  backward: ({ inputs: [x], gradient, options }) => [stretched(gradient, x!, options.axes, 1)],
}

export const meanOp: Op<ReductionPlan> = {
  name: 'mean',
  samples: reductionSamples(mean),
  forward([x], { axes, shape }) {
    checkFloats('mean', [x!])
    const total = reduceAxes('sum', x!, axes, shape)
    const result = shares.map([total], [x!.size / total.size])
    total.dispose()
    return result
  },
  backward: ({ inputs: [x], output, gradient, options }) => [
    stretched(gradient, x!, options.axes, x!.size / output.size),
  ],
}

/**
 * The sum over one axis, several or all.
 *
 * @param x float32, of any shape.
 * @param axes all by default; negative ones count from the last.
 * @throws InvalidArgumentError when an axis does not exist or is named twice, or x is not float32.
 *
 * @example
 * ```ts
 * import { sum, tensor } from 'spikegrad'
 * sum(tensor([[1, 2], [3, 4]]), 0).toArray() // [4, 6]
 * ```
 */
export function sum(x: Tensor, axes: Axes = 'all', options: ReductionOptions = {}): Tensor {
  return apply(sumOp, [x], reductionPlan('sum', x, axes, options))
}

/**
 * The mean over axes, as `sum`.
 *
 * @param x float32, of any shape.
 * @throws InvalidArgumentError when an axis does not exist or is named twice, or x is not float32.
 *
 * @example
 * ```ts
 * import { mean, tensor } from 'spikegrad'
 * mean(tensor([[1, 2], [3, 4]]), 1).toArray() // [1.5, 3.5]
 * ```
 */
export function mean(x: Tensor, axes: Axes = 'all', options: ReductionOptions = {}): Tensor {
  return apply(meanOp, [x], reductionPlan('mean', x, axes, options))
}
