// Losses that compare predictions with targets entry by entry.
import { apply, checkOperands } from '../autograd.ts'
import type { FloatExpression } from '../compile/expression.ts'
import * as functions from '../compile/functions.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { scope } from '../scope.ts'
import { formatShape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { Elementwise } from './elementwise.ts'
import { checkReduction, type LossOptions, reduced } from './losses.ts'
import { checkFloats, type Op, spread } from './op.ts'

/** A loss of prediction x and target t; `scalars` are its options. */
type Part = (x: FloatExpression, t: FloatExpression, scalars: readonly FloatExpression[]) => FloatExpression

interface Definition {
  readonly value: Part
  readonly byPrediction: Part
  readonly byTarget: Part
  readonly scalars?: number
  /** For the tests: the loss, and targets to give it. */
  readonly sample: (x: Tensor, t: Tensor) => Tensor
  readonly target: (index: number) => number
}

function lossOp(name: string, definition: Definition): Op<readonly number[]> {
  const { value, byPrediction, byTarget, scalars = 0, sample, target } = definition
  const gradient = (part: string, by: Part) =>
    Elementwise.ofFloats(`${name} by ${part}`, ([x, t, g], numbers) => by(x!, t!, numbers).times(g!), scalars)
  const values = Elementwise.ofFloats(name, ([x, t], numbers) => value(x!, t!, numbers), scalars)
  const gradients = [gradient('prediction', byPrediction), gradient('target', byTarget)]
  return {
    name,
    samples: [[5], [3, 4]].map(shape => ({
      label: `rank ${shape.length}`,
      inputs: [
        { shape, entry: spread(-2, 2) },
        { shape, entry: target },
      ],
      run: ([x, t]) => sample(x!, t!),
    })),
    forward: (inputs, options) => values.map(inputs, options),
    backward: ({ inputs: [x, t], gradient: g, options, needs }) =>
      gradients.map((of, i) => (needs(i) ? of.map([x!, t!, g], options) : undefined)),
  }
}

/** Targets that keep clear of the sample predictions, where some losses have no derivative. */
const clear = (index: number) => spread(-2, 2)(index) + (index % 2 === 0 ? 0.3 : -0.7)

export const squaredErrorOp = /* @__PURE__ */ lossOp('squaredError', {
  value: (x, t) => x.minus(t).times(x.minus(t)),
  byPrediction: (x, t) => x.minus(t).times(2),
  byTarget: (x, t) => t.minus(x).times(2),
  sample: (x, t) => meanSquaredError(x, t, { reduction: 'none' }),
  target: clear,
})

/** 1, -1, or 0 where they are equal. */
const signOf = (x: FloatExpression, t: FloatExpression) =>
  x.less(t).select(-1, x.greater(t).select(1, x.minus(t)))

export const absoluteErrorOp = /* @__PURE__ */ lossOp('absoluteError', {
  value: (x, t) => x.minus(t).abs(),
  byPrediction: signOf,
  byTarget: (x, t) => signOf(t, x),
  sample: (x, t) => meanAbsoluteError(x, t, { reduction: 'none' }),
  target: clear,
})

/** The derivative of the Huber loss: the difference, limited to delta. */
const limited = (difference: FloatExpression, delta: FloatExpression) =>
  difference.atMost(delta).atLeast(delta.negate())

/** `[delta]`. */
export const huberOp = /* @__PURE__ */ lossOp('huber', {
  scalars: 1,
  value(x, t, [delta]) {
    const distance = x.minus(t).abs()
    const square = distance.times(distance).times(0.5)
    return distance.lessEqual(delta!).select(square, delta!.times(distance.minus(delta!.times(0.5))))
  },
  byPrediction: (x, t, [delta]) => limited(x.minus(t), delta!),
  byTarget: (x, t, [delta]) => limited(t.minus(x), delta!),
  sample: (x, t) => huber(x, t, { delta: 0.5, reduction: 'none' }),
  target: clear,
})

export const binaryCrossEntropyOp = /* @__PURE__ */ lossOp('binaryCrossEntropyWithLogits', {
  // max(x, 0) - x t + log(1 + exp(-|x|)): no exponential of a positive number.
  value: (x, t) =>
    x
      .atLeast(0)
      .minus(x.times(t))
      .plus(functions.log1p(functions.exp(x.abs().negate()))),
  byPrediction: (x, t) => functions.sigmoid(x).minus(t),
  byTarget: x => x.negate(),
  sample: (x, t) => binaryCrossEntropyWithLogits(x, t, { reduction: 'none' }),
  target: index => index % 2,
})

function loss(
  name: string,
  op: Op<readonly number[]>,
  [predictions, targets]: readonly [Tensor, Tensor],
  { reduction = 'mean' }: LossOptions,
  scalars: readonly number[] = [],
): Tensor {
  checkOperands(name, [predictions, targets])
  checkReduction(name, reduction)
  checkFloats(name, [predictions, targets])
  if (!sameShape(predictions.shape, targets.shape)) {
    throw new ShapeError(
      `${name}: expected equal shapes, got ${formatShape(predictions.shape)} and ${formatShape(targets.shape)}`,
    )
  }
  return scope(() => reduced(apply(op, [predictions, targets], scalars), reduction))
}

/**
 * The squared differences.
 * @returns their mean over all entries, unless reduced otherwise.
 * @throws ShapeError unless both shapes are equal: to broadcast here is nearly always a mistake.
 * @throws InvalidArgumentError when an operand is not float32, or the reduction unknown.
 *
 * @example
 * ```ts
 * import { meanSquaredError, tensor } from 'spikegrad'
 * meanSquaredError(tensor([1, 2]), tensor([1, 4])).item() // 2
 * ```
 */
export function meanSquaredError(predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
  return loss('meanSquaredError', squaredErrorOp, [predictions, targets], options)
}

/**
 * The absolute differences, with gradient 0 where there is none.
 * @returns their mean over all entries, unless reduced otherwise.
 * @throws ShapeError unless both shapes are equal.
 * @throws InvalidArgumentError when an operand is not float32, or the reduction unknown.
 *
 * @example
 * ```ts
 * import { meanAbsoluteError, tensor } from 'spikegrad'
 * meanAbsoluteError(tensor([1, 2]), tensor([1, 4])).item() // 1
 * ```
 */
export function meanAbsoluteError(predictions: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
  return loss('meanAbsoluteError', absoluteErrorOp, [predictions, targets], options)
}

/**
 * What the Huber loss may be told.
 *
 * @example
 * ```ts
 * import { huber, type HuberOptions, tensor } from 'spikegrad'
 * const options: HuberOptions = { delta: 2 }
 * huber(tensor([0]), tensor([5]), options).item() // 8
 * ```
 */
export interface HuberOptions extends LossOptions {
  /** Where the square becomes a line; by default 1. */
  readonly delta?: number
}

/**
 * Half the squared difference d up to delta, then the line delta (|d| - delta / 2) (Huber 1964).
 * @returns the mean over all entries, unless reduced otherwise.
 * @throws ShapeError unless both shapes are equal.
 * @throws InvalidArgumentError when an operand is not float32, delta not positive or the reduction unknown.
 *
 * @example
 * ```ts
 * import { huber, tensor } from 'spikegrad'
 * huber(tensor([0, 0]), tensor([1, 3]), { reduction: 'none' }).toArray() // [0.5, 2.5]
 * ```
 */
export function huber(predictions: Tensor, targets: Tensor, options: HuberOptions = {}): Tensor {
  const { delta = 1 } = options
  if (!(delta > 0 && Number.isFinite(delta))) {
    throw new InvalidArgumentError(`huber: delta is a positive number, got ${delta}`)
  }
  return loss('huber', huberOp, [predictions, targets], options, [delta])
}

/**
 * -t log s - (1 - t) log(1 - s) with s = sigmoid(logit), in nats, computed from the logit without overflow.
 * @param targets probabilities from 0 to 1.
 * @returns the mean over all entries, unless reduced otherwise.
 * @throws ShapeError unless both shapes are equal.
 * @throws InvalidArgumentError when an operand is not float32, or the reduction unknown.
 *
 * @example
 * ```ts
 * import { binaryCrossEntropyWithLogits, tensor } from 'spikegrad'
 * binaryCrossEntropyWithLogits(tensor([100, -100]), tensor([1, 1])).item() // 50
 * ```
 */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  targets: Tensor,
  options: LossOptions = {},
): Tensor {
  return loss('binaryCrossEntropyWithLogits', binaryCrossEntropyOp, [logits, targets], options)
}
