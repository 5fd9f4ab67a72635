// Softmax, and the cross-entropy that classifiers minimise.
import { apply, checkOperands } from '../autograd.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { scope } from '../scope.ts'
import { formatShape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { broadcast } from './arithmetic.ts'
import { add, multiply } from './binary.ts'
import { copyAs, reduceAxes } from './broadcast.ts'
import { Elementwise } from './elementwise.ts'
import { logSoftmaxOf } from './logarithms.ts'
import { checkFloats, checkIndices, type Op, spread, tensorBeside } from './op.ts'
import { mean, sum } from './reductions.ts'

/**
 * What becomes of the losses of a batch: their mean, their sum, or each by itself.
 *
 * @example
 * ```ts
 * import { meanSquaredError, type Reduction, tensor } from 'spikegrad'
 * const reduction: Reduction = 'sum'
 * meanSquaredError(tensor([1, 2]), tensor([3, 5]), { reduction }).item() // 13
 * ```
 */
export type Reduction = 'mean' | 'sum' | 'none'

/**
 * What every loss may be told.
 *
 * @example
 * ```ts
 * import { type LossOptions, meanAbsoluteError, tensor } from 'spikegrad'
 * const options: LossOptions = { reduction: 'none' }
 * meanAbsoluteError(tensor([1, 2]), tensor([3, 5]), options).toArray() // [2, 3]
 * ```
 */
export interface LossOptions {
  /** By default the mean. */
  readonly reduction?: Reduction
}

/**
 * What the cross-entropy may be told.
 *
 * @example
 * ```ts
 * import { type CrossEntropyOptions, crossEntropy, tensor } from 'spikegrad'
 * const options: CrossEntropyOptions = { labelSmoothing: 0.5, reduction: 'sum' }
 * crossEntropy(tensor([[0, 0]]), tensor(Int32Array.of(1)), options).item().toFixed(3) // '0.693'
 * ```
 */
export interface CrossEntropyOptions extends LossOptions {
  /** Share of each target that is spread evenly over all classes, from 0 to 1; by default 0. */
  readonly labelSmoothing?: number
}

/** @throws InvalidArgumentError when it is none. */
export function checkReduction(operation: string, reduction: Reduction): void {
  if (reduction === 'mean' || reduction === 'sum' || reduction === 'none') return
  throw new InvalidArgumentError(
    `${operation}: reduction is mean, sum or none, got ${JSON.stringify(reduction)}`,
  )
}

/** Losses as they are asked for. */
export function reduced(losses: Tensor, reduction: Reduction): Tensor {
  if (reduction === 'none') return losses
  return reduction === 'mean' ? mean(losses) : sum(losses)
}

export const softmaxOp: Op<undefined> = {
  name: 'softmax',
  samples: [[5], [3, 10], [2, 3, 4]].map(shape => ({
    label: `rank ${shape.length}`,
    inputs: [{ shape, entry: spread(-2, 2) }],
    run: inputs => softmax(inputs[0]!),
  })),
  forward([x]) {
    checkFloats('softmax', [x!])
    const columns = x!.shape.at(-1)
    if (columns === undefined) throw new ShapeError('softmax: expected rank 1 or more, got a scalar')
    const out = tensorBeside(x!, x!.shape)
    x!.backend.kernels.softmax(x!.address, out.address, x!.size / columns, columns)
    return out
  },
  backward({ output, gradient }) {
    const columns = output.shape.at(-1)!
    const out = tensorBeside(output, output.shape)
    const rows = output.size / columns
    output.backend.kernels.softmaxGradient(output.address, gradient.address, out.address, rows, columns)
    return [out]
  },
}

/** Of logits [n, classes] and classes [n]. */
export const crossEntropyOp: Op<Reduction> = {
  name: 'crossEntropy',
  samples: ([1, 7] as const).flatMap(rows =>
    (['mean', 'sum', 'none'] as const).map(reduction => ({
      label: `${rows} rows, ${reduction}`,
      inputs: [
        { shape: [rows, 5], entry: spread(-2, 2) },
        { shape: [rows], dtype: 'int32' as const, entry: (index: number) => (index * 3) % 5 },
      ],
      run: (inputs: readonly Tensor[]) => crossEntropy(inputs[0]!, inputs[1]!, { reduction }),
    })),
  ),
  forward([logits, labels], reduction, saved) {
    const [rows, columns] = logits!.shape as readonly [number, number]
    const { kernels, memory } = logits!.backend
    const probabilities = tensorBeside(logits!, logits!.shape)
    const losses = tensorBeside(logits!, [rows])
    const { address } = probabilities
    kernels.crossEntropy(logits!.address, labels!.address, address, losses.address, rows, columns)
    saved.push(probabilities)
    if (reduction === 'none') return losses
    const out = tensorBeside(logits!, [])
    kernels.sum(losses.address, out.address, 1, rows, 1)
    if (reduction === 'mean') memory.float32[out.address >>> 2]! /= rows
    losses.dispose()
    return out
  },
  backward({ inputs: [logits, labels], gradient, saved: [probabilities], options: reduction }) {
    const { kernels } = logits!.backend
    const [rows, columns] = logits!.shape as readonly [number, number]
    const out = tensorBeside(logits!, logits!.shape)
    let shares = gradient
    if (reduction !== 'none') {
      shares = tensorBeside(logits!, [rows])
      kernels.fill(shares.address, rows, gradient.item() / (reduction === 'mean' ? rows : 1))
    }
    kernels.crossEntropyGradient(
      probabilities!.address,
      labels!.address,
      shares.address,
      out.address,
      rows,
      columns,
    )
    return [out, undefined]
  },
}

/** Of the share of a class, its part of the loss: nothing without a share, however far out the logit is. */
const parts = /* @__PURE__ */ Elementwise.ofFloats('softCrossEntropy', ([logarithm, target]) =>
  target!.equal(0).select(0, logarithm!.times(target!).negate()),
)
/** Of a logit: the softmax times the sum of the shares, less the share. */
const byLogits = /* @__PURE__ */ Elementwise.ofFloats(
  'softCrossEntropy by logits',
  ([exponential, total, shares, target, gradient]) =>
    exponential!.over(total!).times(shares!).minus(target!).times(gradient!),
)
const byTargets = /* @__PURE__ */ Elementwise.ofFloats(
  'softCrossEntropy by targets',
  ([logarithm, gradient]) => logarithm!.times(gradient!).negate(),
)

/** Of logits and shares of each class, both [n, classes]: the loss of each row. */
export const softCrossEntropyOp: Op<undefined> = {
  name: 'softCrossEntropy',
  samples: [
    {
      label: 'shares of five classes',
      inputs: [
        { shape: [4, 5], entry: spread(-2, 2) },
        { shape: [4, 5], entry: spread(0, 0.4) },
      ],
      run: inputs => crossEntropy(inputs[0]!, inputs[1]!, { reduction: 'none' }),
    },
    {
      label: 'labels smoothed',
      inputs: [
        { shape: [4, 3], entry: spread(-2, 2) },
        { shape: [4], dtype: 'int32', entry: index => index % 3 },
      ],
      run: inputs => crossEntropy(inputs[0]!, inputs[1]!, { labelSmoothing: 0.1 }),
    },
  ],
  forward([logits, targets], _, saved) {
    const { logarithm, exponentials, totals } = logSoftmaxOf(logits!, [1])
    saved.push(logarithm, exponentials, totals)
    const weighted = parts.map([logarithm, targets!])
    const losses = reduceAxes('sum', weighted, [1], [logits!.shape[0]!])
    weighted.dispose()
    return losses
  },
  backward({ inputs: [logits, targets], gradient, saved: [logarithm, exponentials, totals], needs }) {
    const perRow = [logits!.shape[0]!, 1]
    const column = copyAs(gradient, perRow)
    const byLogit = () => {
      const shares = reduceAxes('sum', targets!, [1], perRow)
      return broadcast(byLogits, [exponentials!, totals!, shares, targets!, column])
    }
    return [
      needs(0) ? byLogit() : undefined,
      needs(1) ? broadcast(byTargets, [logarithm!, column]) : undefined,
    ]
  },
}

/**
 * The softmax over the last axis.
 * @throws ShapeError for a scalar.
 * @throws InvalidArgumentError when x is not float32.
 *
 * @example
 * ```ts
 * import { softmax, tensor } from 'spikegrad'
 * softmax(tensor([5, 5])).toArray() // [0.5, 0.5]
 * ```
 */
export function softmax(x: Tensor): Tensor {
  return apply(softmaxOp, [x], undefined)
}

/**
 * -log softmax(logits)[label] of each row, in nats; of shares of the classes, the mean of that weighted by them. Label smoothing as
 * in Szegedy et al. 2016.
 * @param logits float32 [n, classes].
 * @param targets classes, int32 [n], each from 0 to classes - 1; or shares of each class, float32 [n, classes].
 * @returns one number, or with the reduction `none` [n].
 * @throws ShapeError when the shapes are not these.
 * @throws InvalidArgumentError when a label is not a class, or an option out of range.
 *
 * @example
 * ```ts
 * import { crossEntropy, tensor } from 'spikegrad'
 * const logits = tensor([[0, 100], [100, 0]])
 * crossEntropy(logits, tensor(Int32Array.of(1, 1))).item() // 50
 * crossEntropy(logits, tensor([[0, 1], [1, 0]])).item() // 0
 * ```
 */
export function crossEntropy(logits: Tensor, targets: Tensor, options: CrossEntropyOptions = {}): Tensor {
  checkOperands('crossEntropy', [logits, targets])
  const { labelSmoothing = 0, reduction = 'mean' } = options
  checkReduction('crossEntropy', reduction)
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new InvalidArgumentError(
      `crossEntropy: labelSmoothing is a number from 0 to 1, got ${labelSmoothing}`,
    )
  }
  checkFloats('crossEntropy', [logits])
  const [rows, columns] = logits.shape
  const soft = targets.dtype === 'float32' && sameShape(logits.shape, targets.shape)
  if (columns === undefined || logits.shape.length !== 2 || (!soft && targets.size !== rows)) {
    throw new ShapeError(
      `crossEntropy: expected logits [n, classes] and labels [n], got ${formatShape(logits.shape)} and ` +
        `${formatShape(targets.shape)}; targets that are shares of the classes are float32 [n, classes]`,
    )
  }
  if (!soft) checkIndices('crossEntropy', 'labels', targets, columns)
  if (!soft && labelSmoothing === 0) return apply(crossEntropyOp, [logits, targets], reduction)
  return scope(() => {
    const shares = labelSmoothing === 0 ? targets : smoothed(targets, columns, labelSmoothing)
    return reduced(apply(softCrossEntropyOp, [logits, shares], undefined), reduction)
  })
}

/** Targets as shares of the classes, of which `smoothing` is spread over all. */
function smoothed(targets: Tensor, columns: number, smoothing: number): Tensor {
  if (targets.dtype === 'float32') {
    const scalar = (value: number) => tensorBeside(targets, []).write([value])
    return add(multiply(targets, scalar(1 - smoothing)), scalar(smoothing / columns))
  }
  const shares = tensorBeside(targets, [targets.size, columns])
  const [classes, entries] = [targets.view(), shares.view()]
  entries.fill(smoothing / columns)
  for (let row = 0; row < classes.length; row++) entries[row * columns + classes[row]!]! += 1 - smoothing
  return shares
}
