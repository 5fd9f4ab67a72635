// The activations of networks, entry by entry.
import { apply } from '../autograd.ts'
import * as functions from '../compile/functions.ts'
import { InvalidArgumentError } from '../errors.ts'
import type { Tensor } from '../tensor.ts'
import { spread } from './op.ts'
import { clearOfZero, unaryOp, unarySamples } from './unaryOp.ts'

export const reluOp = /* @__PURE__ */ unaryOp('relu', {
  samples: /* @__PURE__ */ unarySamples(relu, clearOfZero),
  value: x => x.atLeast(0),
  // A NaN lets the gradient pass, so that it shows.
  gradient: ({ y, gradient }) => y.lessEqual(0).select(0, gradient),
})

/** `[slope]`. */
export const leakyReluOp = /* @__PURE__ */ unaryOp('leakyRelu', {
  samples: /* @__PURE__ */ unarySamples(x => leakyRelu(x, 0.2), clearOfZero),
  scalars: 1,
  value: (x, [slope]) => x.greater(0).select(x, x.times(slope!)),
  gradient: ({ x, gradient, scalars: [slope] }) => x.lessEqual(0).select(gradient.times(slope!), gradient),
})

export const sigmoidOp = /* @__PURE__ */ unaryOp('sigmoid', {
  samples: /* @__PURE__ */ unarySamples(sigmoid, /* @__PURE__ */ spread(-3, 3)),
  value: x => functions.sigmoid(x),
  gradient: ({ y, gradient }) => gradient.times(y).times(y.constant(1).minus(y)),
})

export const tanhOp = /* @__PURE__ */ unaryOp('tanh', {
  samples: /* @__PURE__ */ unarySamples(tanh, /* @__PURE__ */ spread(-2, 2)),
  value: x => functions.tanh(x),
  gradient: ({ y, gradient }) => gradient.times(y.constant(1).minus(y.times(y))),
})

export const geluOp = /* @__PURE__ */ unaryOp('gelu', {
  samples: /* @__PURE__ */ unarySamples(gelu, /* @__PURE__ */ spread(-3, 3)),
  value: x => x.times(functions.normalDistribution(x)),
  gradient: ({ x, gradient }) => {
    const density = functions.exp(x.times(x).times(-0.5)).times(1 / Math.sqrt(2 * Math.PI))
    return x.timesPlus(density, functions.normalDistribution(x)).times(gradient)
  },
})

export const softplusOp = /* @__PURE__ */ unaryOp('softplus', {
  samples: /* @__PURE__ */ unarySamples(softplus, /* @__PURE__ */ spread(-3, 3)),
  // log(1 + exp(x)), without overflow.
  value: x => functions.log1p(functions.exp(x.abs().negate())).plus(x.atLeast(0)),
  gradient: ({ x, gradient }) => functions.sigmoid(x).times(gradient),
})

const plain: readonly number[] = []

/**
 * max(x, 0), with gradient 0 at 0; a NaN stays NaN.
 *
 * @example
 * ```ts
 * import { relu, tensor } from 'spikegrad'
 * relu(tensor([-1, 2])).toArray() // [0, 2]
 * ```
 */
export function relu(x: Tensor): Tensor {
  return apply(reluOp, [x], plain)
}

/**
 * x above 0, else x times `slope` (by default 0.01).
 * @throws InvalidArgumentError when the slope is not finite.
 *
 * @example
 * ```ts
 * import { leakyRelu, tensor } from 'spikegrad'
 * leakyRelu(tensor([-1, 2]), 0.5).toArray() // [-0.5, 2]
 * ```
 */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  if (!Number.isFinite(slope)) {
    throw new InvalidArgumentError(`leakyRelu: slope is a finite number, got ${slope}`)
  }
  return apply(leakyReluOp, [x], [slope])
}

/**
 * 1 / (1 + exp(-x)).
 *
 * @example
 * ```ts
 * import { sigmoid, tensor } from 'spikegrad'
 * sigmoid(tensor([0])).toArray() // [0.5]
 * ```
 */
export function sigmoid(x: Tensor): Tensor {
  return apply(sigmoidOp, [x], plain)
}

/**
 * The hyperbolic tangent.
 *
 * @example
 * ```ts
 * import { tanh, tensor } from 'spikegrad'
 * tanh(tensor([0, 20])).toArray() // [0, 1]
 * ```
 */
export function tanh(x: Tensor): Tensor {
  return apply(tanhOp, [x], plain)
}

/**
 * x times the normal distribution function of x, through erf (Hendrycks & Gimpel 2016, arXiv 1606.08415).
 *
 * @example
 * ```ts
 * import { gelu, tensor } from 'spikegrad'
 * gelu(tensor([0, 20])).toArray() // [0, 20]
 * ```
 */
export function gelu(x: Tensor): Tensor {
  return apply(geluOp, [x], plain)
}

/**
 * log(1 + exp(x)), a smooth rectifier.
 *
 * @example
 * ```ts
 * import { softplus, tensor } from 'spikegrad'
 * softplus(tensor([50])).toArray() // [50]
 * ```
 */
export function softplus(x: Tensor): Tensor {
  return apply(softplusOp, [x], plain)
}
