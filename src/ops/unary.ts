// Functions of one operand, entry by entry: roots, powers, exponentials and logarithms.
import { apply } from '../autograd.ts'
import * as functions from '../compile/functions.ts'
import { InvalidArgumentError } from '../errors.ts'
import type { Tensor } from '../tensor.ts'
import { negatives, roots, squares } from './arithmetic.ts'
import { spread } from './op.ts'
import { clearOfZero, unaryOp, unarySamples } from './unaryOp.ts'

/** 2 / sqrt(pi), the slope of erf at 0. */
const ERF_SLOPE = 2 / Math.sqrt(Math.PI)

export const negateOp = /* @__PURE__ */ unaryOp('negate', {
  samples: /* @__PURE__ */ unarySamples(negate, /* @__PURE__ */ spread(-2, 2)),
  value: negatives,
  gradient: ({ gradient }) => gradient.negate(),
})

export const absOp = /* @__PURE__ */ unaryOp('abs', {
  samples: /* @__PURE__ */ unarySamples(abs, clearOfZero),
  value: x => x.abs(),
  gradient: ({ x, gradient }) => x.equal(0).select(0, x.less(0).select(gradient.negate(), gradient)),
})

export const squareOp = /* @__PURE__ */ unaryOp('square', {
  samples: /* @__PURE__ */ unarySamples(square, /* @__PURE__ */ spread(-2, 2)),
  value: squares,
  gradient: ({ x, gradient }) => x.plus(x).times(gradient),
})

export const sqrtOp = /* @__PURE__ */ unaryOp('sqrt', {
  samples: /* @__PURE__ */ unarySamples(sqrt, /* @__PURE__ */ spread(0.4, 3)),
  value: roots,
  gradient: ({ y, gradient }) => gradient.over(y.plus(y)),
})

export const expOp = /* @__PURE__ */ unaryOp('exp', {
  samples: /* @__PURE__ */ unarySamples(exp, /* @__PURE__ */ spread(-2, 1.5)),
  value: x => functions.exp(x),
  gradient: ({ y, gradient }) => gradient.times(y),
})

export const expm1Op = /* @__PURE__ */ unaryOp('expm1', {
  samples: /* @__PURE__ */ unarySamples(expm1, /* @__PURE__ */ spread(-2, 1.5)),
  value: x => functions.expm1(x),
  // Not y + 1, which has lost its last digits far below 0.
  gradient: ({ x, gradient }) => gradient.times(functions.exp(x)),
})

export const logOp = /* @__PURE__ */ unaryOp('log', {
  samples: /* @__PURE__ */ unarySamples(log, /* @__PURE__ */ spread(0.4, 3)),
  value: x => functions.log(x),
  gradient: ({ x, gradient }) => gradient.over(x),
})

export const log1pOp = /* @__PURE__ */ unaryOp('log1p', {
  samples: /* @__PURE__ */ unarySamples(log1p, /* @__PURE__ */ spread(-0.5, 3)),
  value: x => functions.log1p(x),
  gradient: ({ x, gradient }) => gradient.over(x.plus(1)),
})

export const erfOp = /* @__PURE__ */ unaryOp('erf', {
  samples: /* @__PURE__ */ unarySamples(erf, /* @__PURE__ */ spread(-2, 2)),
  value: x => functions.erf(x),
  gradient: ({ x, gradient }) => functions.exp(x.times(x).negate()).times(ERF_SLOPE).times(gradient),
})

export const floorOp = /* @__PURE__ */ unaryOp('floor', {
  // Away from the integers, where it jumps.
  samples: /* @__PURE__ */ unarySamples(floor, index => index - 3 + /* @__PURE__ */ spread(0.2, 0.8)(index)),
  value: x => x.floor(),
  gradient: ({ x }) => x.constant(0),
})

/** `[low, high]`. */
export const clipOp = /* @__PURE__ */ unaryOp('clip', {
  samples: /* @__PURE__ */ unarySamples(x => clip(x, -0.71, 0.93), /* @__PURE__ */ spread(-2, 2)),
  scalars: 2,
  value: (x, [low, high]) => x.atLeast(low!).atMost(high!),
  gradient: ({ x, gradient, scalars: [low, high] }) => x.less(low!).or(x.greater(high!)).select(0, gradient),
})

/** `[exponent]`. */
export const powOp = /* @__PURE__ */ unaryOp('pow', {
  samples: [2, 3, -1, 0.5, 1.7].map(exponent => ({
    label: `to the power of ${exponent}`,
    inputs: [{ shape: [7], entry: /* @__PURE__ */ spread(0.4, 2) }],
    run: inputs => pow(inputs[0]!, exponent),
  })),
  scalars: 1,
  value: (x, [exponent]) => functions.pow(x, exponent!),
  // At 0 a whole exponent from 1 on leaves 0^(exponent - 1); a constant has no slope.
  gradient: ({ x, gradient, scalars: [exponent] }) => {
    const slope = exponent!.times(functions.pow(x, exponent!.minus(1)))
    return exponent!.equal(0).select(0, slope.times(gradient))
  },
})

const plain: readonly number[] = []

/**
 * -x.
 *
 * @example
 * ```ts
 * import { negate, tensor } from 'spikegrad'
 * negate(tensor([1, -2])).toArray() // [-1, 2]
 * ```
 */
export function negate(x: Tensor): Tensor {
  return apply(negateOp, [x], plain)
}

/**
 * |x|, with gradient 0 at 0; at a NaN the gradient passes.
 *
 * @example
 * ```ts
 * import { abs, tensor } from 'spikegrad'
 * abs(tensor([1, -2])).toArray() // [1, 2]
 * ```
 */
export function abs(x: Tensor): Tensor {
  return apply(absOp, [x], plain)
}

/**
 * x times x.
 *
 * @example
 * ```ts
 * import { square, tensor } from 'spikegrad'
 * square(tensor([1, -3])).toArray() // [1, 9]
 * ```
 */
export function square(x: Tensor): Tensor {
  return apply(squareOp, [x], plain)
}

/**
 * The square root; NaN below 0.
 *
 * @example
 * ```ts
 * import { sqrt, tensor } from 'spikegrad'
 * sqrt(tensor([4, 9])).toArray() // [2, 3]
 * ```
 */
export function sqrt(x: Tensor): Tensor {
  return apply(sqrtOp, [x], plain)
}

/**
 * e to the power of x.
 *
 * @example
 * ```ts
 * import { exp, tensor } from 'spikegrad'
 * exp(tensor([0])).toArray() // [1]
 * ```
 */
export function exp(x: Tensor): Tensor {
  return apply(expOp, [x], plain)
}

/**
 * exp(x) - 1, exact to the last bits near 0.
 *
 * @example
 * ```ts
 * import { expm1, tensor } from 'spikegrad'
 * expm1(tensor([0])).toArray() // [0]
 * ```
 */
export function expm1(x: Tensor): Tensor {
  return apply(expm1Op, [x], plain)
}

/**
 * The natural logarithm; minus infinity at 0, NaN below.
 *
 * @example
 * ```ts
 * import { log, tensor } from 'spikegrad'
 * log(tensor([1])).toArray() // [0]
 * ```
 */
export function log(x: Tensor): Tensor {
  return apply(logOp, [x], plain)
}

/**
 * log(1 + x), exact to the last bits near 0.
 *
 * @example
 * ```ts
 * import { log1p, tensor } from 'spikegrad'
 * log1p(tensor([0])).toArray() // [0]
 * ```
 */
export function log1p(x: Tensor): Tensor {
  return apply(log1pOp, [x], plain)
}

/**
 * The error function.
 *
 * @example
 * ```ts
 * import { erf, tensor } from 'spikegrad'
 * erf(tensor([0, 10])).toArray() // [0, 1]
 * ```
 */
export function erf(x: Tensor): Tensor {
  return apply(erfOp, [x], plain)
}

/**
 * The largest integer that is not above x; its gradient is 0.
 *
 * @example
 * ```ts
 * import { floor, tensor } from 'spikegrad'
 * floor(tensor([1.5, -1.5])).toArray() // [1, -2]
 * ```
 */
export function floor(x: Tensor): Tensor {
  return apply(floorOp, [x], plain)
}

/**
 * x, but at least `low` and at most `high`; the gradient passes between them, at the bounds, and at a NaN.
 * @throws InvalidArgumentError when a bound is NaN, or low is above high.
 *
 * @example
 * ```ts
 * import { clip, tensor } from 'spikegrad'
 * clip(tensor([-3, 0.5, 3]), -1, 1).toArray() // [-1, 0.5, 1]
 * ```
 */
export function clip(x: Tensor, low: number, high: number): Tensor {
  if (!(low <= high)) throw new InvalidArgumentError(`clip: low is at most high, got ${low} and ${high}`)
  return apply(clipOp, [x], [low, high])
}

/**
 * x to the power of a number, with the special cases of IEEE 754's pow.
 *
 * @example
 * ```ts
 * import { pow, tensor } from 'spikegrad'
 * pow(tensor([1, 2, 3]), 2).toArray() // [1, 4, 9]
 * ```
 */
export function pow(x: Tensor, exponent: number): Tensor {
  if (exponent === 2) return square(x)
  if (exponent === 0.5) return sqrt(x)
  return apply(powOp, [x], [exponent])
}
