// Variance, standard deviation and norms over axes.
import { apply } from '../autograd.ts'
import { InvalidArgumentError } from '../errors.ts'
import { scope } from '../scope.ts'
import { type Axes, formatShape, reducedShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { broadcast, differences, roots, shares, squares } from './arithmetic.ts'
import { copyAs, reduceAxes } from './broadcast.ts'
import { Elementwise } from './elementwise.ts'
import { max } from './extremes.ts'
import { checkFloats, type Op, spread } from './op.ts'
import {
  type ReductionOptions,
  type ReductionPlan,
  reductionPlan,
  reductionSamples,
  sum,
} from './reductions.ts'
import { abs, sqrt } from './unary.ts'

/**
 * What `variance` and `standardDeviation` may be told.
 *
 * @example
 * ```ts
 * import { tensor, type VarianceOptions, variance } from 'spikegrad'
 * const options: VarianceOptions = { correction: 0 }
 * variance(tensor([1, 3]), 'all', options).item() // 1
 * ```
 */
export interface VarianceOptions extends ReductionOptions {
  /** The sum of squares is divided by the number of entries less this: 1 by default (of a sample), 0 for a population. */
  readonly correction?: number
}

interface VariancePlan extends ReductionPlan {
  /** What the sum of squares is divided by. */
  readonly divisor: number
}

const varianceGradients = /* @__PURE__ */ Elementwise.ofFloats(
  'variance gradient',
  ([centred, gradient], [divisor]) => centred!.plus(centred!).times(gradient!.over(divisor!)),
  1,
)

export const varianceOp: Op<VariancePlan> = {
  name: 'variance',
  samples: [
    ...reductionSamples((x, axes, options) => variance(x, axes, { ...options, correction: 0 })),
    {
      label: 'of a sample',
      inputs: [{ shape: [3, 4], entry: spread(-2, 2) }],
      run: inputs => variance(inputs[0]!, 1),
    },
  ],
  forward([x], { axes, shape, divisor }, saved) {
    checkFloats('variance', [x!])
    const kept = reducedShape(x!.shape, axes, true)
    const total = reduceAxes('sum', x!, axes, kept)
    const mean = shares.map([total], [x!.size / total.size])
    const centred = differences.apply([x!, mean], x!.shape)
    saved.push(centred)
    const squared = squares.map([centred])
    const sums = reduceAxes('sum', squared, axes, shape)
    const result = shares.map([sums], [divisor])
    for (const passing of [total, mean, squared, sums]) passing.dispose()
    return result
  },
  backward({ inputs: [x], gradient, saved: [centred], options: { axes, divisor } }) {
    const kept = copyAs(gradient, reducedShape(x!.shape, axes, true))
    return [varianceGradients.apply([centred!, kept], x!.shape, [divisor])]
  },
}

/** Order 2; its gradient is 0 where the norm is, and not NaN. */
const normGradients = /* @__PURE__ */ Elementwise.ofFloats('norm gradient', ([x, y, gradient]) =>
  y!.equal(0).select(0, x!.over(y!).times(gradient!)),
)

export const normOp: Op<ReductionPlan> = {
  name: 'norm',
  samples: [
    ...reductionSamples((x, axes, options) => norm(x, { ...options, axes })),
    ...([1, 'max'] as const).map(order => ({
      label: `order ${order}`,
      inputs: [{ shape: [3, 5], entry: spread(0.3, 2) }],
      run: (inputs: readonly Tensor[]) => norm(inputs[0]!, { order, axes: 0 }),
    })),
  ],
  forward([x], { axes, shape }) {
    checkFloats('norm', [x!])
    const squared = squares.map([x!])
    const total = reduceAxes('sum', squared, axes, shape)
    const result = roots.map([total])
    squared.dispose()
    total.dispose()
    return result
  },
  backward({ inputs: [x], output, gradient, options: { axes } }) {
    const kept = reducedShape(x!.shape, axes, true)
    return [broadcast(normGradients, [x!, copyAs(output, kept), copyAs(gradient, kept)])]
  },
}

/**
 * The variance over axes: the mean squared distance from the mean, of a sample unless `correction` is 0.
 *
 * @param x float32, of any shape.
 * @param axes all by default; negative ones count from the last.
 * @throws InvalidArgumentError when an axis does not exist or is named twice, x is not float32, or there are no more entries
 * than the correction takes away.
 *
 * @example
 * ```ts
 * import { tensor, variance } from 'spikegrad'
 * const x = tensor([[1, 2, 3], [0, 0, 6]])
 * variance(x, 1).toArray() // [1, 12]
 * variance(x, 1, { correction: 0 }).toArray() // [0.6666667, 8]
 * ```
 */
export function variance(x: Tensor, axes: Axes = 'all', options: VarianceOptions = {}): Tensor {
  return varianceOf('variance', x, axes, options)
}

function varianceOf(operation: string, x: Tensor, axes: Axes, options: VarianceOptions): Tensor {
  const plan = reductionPlan(operation, x, axes, options)
  const count = plan.axes.reduce((product, axis) => product * x.shape[axis]!, 1)
  const { correction = 1 } = options
  if (!(correction >= 0 && correction < count)) {
    throw new InvalidArgumentError(
      `${operation}: correction is a number from 0 to below the ${count} entries along axes ` +
        `[${plan.axes.join(', ')}] of shape ${formatShape(x.shape)}, got ${correction}`,
    )
  }
  return apply(varianceOp, [x], { ...plan, divisor: count - correction })
}

/**
 * The square root of the variance; where that is 0 it has no gradient (NaN).
 *
 * @param x float32, of any shape.
 * @throws InvalidArgumentError as `variance`.
 *
 * @example
 * ```ts
 * import { standardDeviation, tensor } from 'spikegrad'
 * standardDeviation(tensor([1, 3, 5])).item() // 2
 * ```
 */
export function standardDeviation(x: Tensor, axes: Axes = 'all', options: VarianceOptions = {}): Tensor {
  return scope(() => sqrt(varianceOf('standardDeviation', x, axes, options)))
}

/**
 * What `norm` may be told.
 *
 * @example
 * ```ts
 * import { type NormOptions, norm, tensor } from 'spikegrad'
 * const options: NormOptions = { order: 'max', axes: 1 }
 * norm(tensor([[1, -3], [2, 0]]), options).toArray() // [3, 2]
 * ```
 */
export interface NormOptions extends ReductionOptions {
  /** 1: the sum of magnitudes; 2, the default: the root of the sum of squares; `'max'`: the largest magnitude. */
  readonly order?: 1 | 2 | 'max'
  /** All by default. */
  readonly axes?: Axes
}

/**
 * The length of the vectors that lie along axes. The gradient at a vector of zeros is 0.
 *
 * @param x float32, of any shape.
 * @throws InvalidArgumentError when the order is none of 1, 2 and 'max', an axis does not exist or is named twice, or x is
 * not float32.
 *
 * @example
 * ```ts
 * import { norm, tensor } from 'spikegrad'
 * norm(tensor([3, -4])).item() // 5
 * norm(tensor([3, -4]), { order: 1 }).item() // 7
 * ```
 */
export function norm(x: Tensor, options: NormOptions = {}): Tensor {
  const { order = 2, axes = 'all' } = options
  const plan = reductionPlan('norm', x, axes, options)
  if (order === 2) return apply(normOp, [x], plan)
  if (order !== 1 && order !== 'max') {
    throw new InvalidArgumentError(`norm: order is 1, 2 or 'max', got ${JSON.stringify(order)}`)
  }
  const reduce = order === 1 ? sum : max
  return scope(() => reduce(abs(x), axes, options))
}
