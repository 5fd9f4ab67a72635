// Logarithms of sums of exponentials, computed without overflow, and the logarithm of the softmax.
import { apply, checkOperands } from '../autograd.ts'
import * as functions from '../compile/functions.ts'
import { normaliseAxes, reducedShape, reductionOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { broadcast } from './arithmetic.ts'
import { copyAs, reduceAxes } from './broadcast.ts'
import { Elementwise } from './elementwise.ts'
import { checkFloats, type Op, type Sample, spread, tensorBeside } from './op.ts'
import { type ReductionOptions, type ReductionPlan, reductionPlan } from './reductions.ts'

const exponentialsOf = /* @__PURE__ */ Elementwise.ofFloats('exponentials', ([x, largest]) =>
  functions.exp(x!.minus(largest!)),
)
const logarithms = /* @__PURE__ */ Elementwise.ofFloats('log', ([x]) => functions.log(x!))
const differencesOf = /* @__PURE__ */ Elementwise.ofFloats('logSoftmax', ([x, largest, logTotal]) =>
  x!.minus(largest!).minus(logTotal!),
)

/** A logarithm of the softmax, and the softmax as a quotient. */
export interface LogSoftmax {
  readonly logarithm: Tensor
  readonly exponentials: Tensor
  /** Sums of the exponentials; the axes stay, with length 1. */
  readonly totals: Tensor
}

/** Over axes; the largest entry goes first, so that nothing overflows, and an offset of all entries costs no digits. */
export function logSoftmaxOf(x: Tensor, axes: readonly number[]): LogSoftmax {
  const kept = reducedShape(x.shape, axes, true)
  const largest = reduceAxes('max', x, axes, kept)
  const exponentials = broadcast(exponentialsOf, [x, largest])
  const totals = reduceAxes('sum', exponentials, axes, kept)
  const logTotals = logarithms.map([totals])
  const logarithm = broadcast(differencesOf, [x, largest, logTotals])
  largest.dispose()
  logTotals.dispose()
  return { logarithm, exponentials, totals }
}

function samplesOf(run: (x: Tensor, axis: number) => Tensor): readonly Sample[] {
  const sample = (label: string, shape: readonly number[], axis: number): Sample => ({
    label,
    inputs: [{ shape, entry: spread(-3, 3) }],
    run: inputs => run(inputs[0]!, axis),
  })
  return [
    sample('a vector', [6], 0),
    sample('the last axis', [3, 5], -1),
    sample('the first axis', [4, 5], 0),
    sample('the middle axis', [2, 3, 2], 1),
  ]
}

/** The derivative of a log-sum-exp: the softmax, exp(x - result). */
const logSumExpGradients = /* @__PURE__ */ Elementwise.ofFloats('logSumExp gradient', ([x, y, gradient]) =>
  functions.exp(x!.minus(y!)).times(gradient!),
)

export const logSumExpOp: Op<ReductionPlan> = {
  name: 'logSumExp',
  samples: samplesOf(logSumExp),
  forward([x], { axes, shape }) {
    checkFloats('logSumExp', [x!])
    const { outer, length, inner } = reductionOf(x!.shape, axes)
    const out = tensorBeside(x!, shape)
    x!.backend.kernels.logSumExp(x!.address, out.address, outer, length, inner)
    return out
  },
  backward({ inputs: [x], output, gradient, options: { axes } }) {
    const kept = reducedShape(x!.shape, axes, true)
    return [broadcast(logSumExpGradients, [x!, copyAs(output, kept), copyAs(gradient, kept)])]
  },
}

/** d log softmax: gradient - softmax * (sum of the gradient). */
const logSoftmaxGradients = /* @__PURE__ */ Elementwise.ofFloats(
  'logSoftmax gradient',
  ([y, gradient, total]) => gradient!.minus(functions.exp(y!).times(total!)),
)

/** Options: the axis, in a list. */
export const logSoftmaxOp: Op<readonly number[]> = {
  name: 'logSoftmax',
  samples: samplesOf(logSoftmax),
  forward([x], axes) {
    checkFloats('logSoftmax', [x!])
    const { logarithm, exponentials, totals } = logSoftmaxOf(x!, axes)
    exponentials.dispose()
    totals.dispose()
    return logarithm
  },
  backward({ output, gradient, options: axes }) {
    const total = reduceAxes('sum', gradient, axes, reducedShape(output.shape, axes, true))
    return [broadcast(logSoftmaxGradients, [output, gradient, total])]
  },
}

/**
 * log of the sum of exp(x) along an axis, shifted by the largest entry so that nothing overflows: a smooth maximum.
 *
 * @param x float32, of rank 1 or more.
 * @param axis the last by default; negative ones count from it.
 * @throws InvalidArgumentError when the axis does not exist, or x is not float32.
 *
 * @example
 * ```ts
 * import { logSumExp, tensor } from 'spikegrad'
 * logSumExp(tensor([1000, 1000])).item() // 1000.6931
 * ```
 */
export function logSumExp(x: Tensor, axis = -1, options: ReductionOptions = {}): Tensor {
  return apply(logSumExpOp, [x], reductionPlan('logSumExp', x, axis, options))
}

/**
 * The logarithm of the softmax along an axis; stays finite where the softmax itself would be rounded to 0.
 *
 * @param x float32, of rank 1 or more.
 * @param axis the last by default; negative ones count from it.
 * @returns float32, of the shape of x.
 * @throws InvalidArgumentError when the axis does not exist, or x is not float32.
 *
 * @example
 * ```ts
 * import { logSoftmax, tensor } from 'spikegrad'
 * logSoftmax(tensor([0, 500])).toArray() // [-500, 0]
 * ```
 */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  checkOperands('logSoftmax', [x])
  return apply(logSoftmaxOp, [x], normaliseAxes('logSoftmax', axis, x.shape.length))
}
