// Metrics: what a person wants to know of a network beside its loss.
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { argmax } from '../ops/extremes.ts'
import { formatShape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import type { LossPlan } from './losses.ts'

/**
 * The mean over a batch of something to know, of what the loss was given: outputs (logits, for a loss that takes them) and targets.
 *
 * @example
 * ```ts
 * import { type Metric, tensor } from 'spikegrad'
 * const largest: Metric = outputs => Math.max(...outputs.toArray())
 * largest(tensor([1, 5]), tensor([0, 0])) // 5
 * ```
 */
export type Metric = (outputs: Tensor, targets: Tensor) => number

/**
 * A metric that has a name. `accuracy` goes with losses of classes: for two answers, as after `binaryCrossEntropy`, it asks on which
 * side of the threshold an output is, 0 for logits and 0.5 after a last `Sigmoid` that the loss does not undo; so it does for a
 * loss of the user's when the network has one output. The errors go with losses of values.
 *
 * @example
 * ```ts
 * import type { MetricName } from 'spikegrad'
 * const names: MetricName[] = ['accuracy', 'meanAbsoluteError']
 * names.length // 2
 * ```
 */
export type MetricName = 'accuracy' | 'meanAbsoluteError' | 'meanSquaredError'

/** What metrics by name need to know of the training they are for. */
export interface MetricContext {
  readonly loss: Pick<LossPlan, 'name' | 'outputs'>
  /** Above which an output stands for the second of two answers. */
  readonly threshold: number
}

/**
 * The metrics asked for, by name.
 * @throws InvalidArgumentError for an unknown one, and one that says nothing of what the loss takes.
 */
export function metricsOf(
  asked: readonly MetricName[] | Readonly<Record<string, Metric | MetricName>>,
  context: MetricContext,
): Readonly<Record<string, Metric>> {
  const entries = Array.isArray(asked)
    ? asked.map((name: MetricName) => [name, name] as const)
    : Object.entries(asked as Readonly<Record<string, Metric | MetricName>>)
  const taken = entries.find(([name]) => name === 'loss' || name === 'epoch')
  if (taken !== undefined) {
    throw new InvalidArgumentError(
      `a metric has another name than "${taken[0]}", which the logs have already`,
    )
  }
  return Object.fromEntries(
    entries.map(([name, metric]) => [name, typeof metric === 'function' ? metric : named(metric, context)]),
  )
}

function named(name: MetricName, { loss, threshold }: MetricContext): Metric {
  const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined
  if (metric === undefined) {
    throw new InvalidArgumentError(
      `unknown metric ${JSON.stringify(name)}: expected ${Object.keys(metrics).join(', ')}, or a function under its name`,
    )
  }
  if (loss.outputs !== undefined && (loss.outputs === 'values') !== (metric.of === 'values')) {
    throw new InvalidArgumentError(
      `the metric ${name} is of ${metric.of}, the loss ${loss.name} is not: ` +
        'to compare its outputs with the targets all the same, give a function',
    )
  }
  return metric.make(loss.outputs, threshold)
}

const metrics: Readonly<
  Record<
    MetricName,
    {
      readonly of: 'classes' | 'values'
      readonly make: (outputs: LossPlan['outputs'], threshold: number) => Metric
    }
  >
> = {
  accuracy: {
    of: 'classes',
    make: (kind, threshold) => (outputs, targets) => {
      const binary = kind === 'binaryLogits' || (kind === undefined && isColumn(outputs))
      return binary ? binaryAccuracy(outputs, targets, { threshold }) : accuracy(outputs, targets)
    },
  },
  meanAbsoluteError: {
    of: 'values',
    make: () => (outputs, targets) =>
      meanOver('meanAbsoluteError', outputs, targets, (x, y) => Math.abs(x - y)),
  },
  meanSquaredError: {
    of: 'values',
    make: () => (outputs, targets) => meanOver('meanSquaredError', outputs, targets, (x, y) => (x - y) ** 2),
  },
}

function isColumn({ shape }: Tensor): boolean {
  return shape.length === 1 || (shape.length === 2 && shape[1] === 1)
}

/**
 * The share of rows whose largest output is the target's class.
 * @param outputs [n, classes], two classes or more: for one column there is `binaryAccuracy`.
 * @param targets classes, int32 [n], or shares of each class, [n, classes], of which the largest counts.
 * @throws ShapeError when the shapes are not these.
 *
 * @example
 * ```ts
 * import { accuracy, tensor } from 'spikegrad'
 * accuracy(tensor([[0.1, 0.9], [0.8, 0.2]]), tensor(Int32Array.of(1, 1))) // 0.5
 * ```
 */
export function accuracy(outputs: Tensor, targets: Tensor): number {
  const rows = outputs.shape[0] ?? 0
  const soft = targets.dtype === 'float32' && sameShape(outputs.shape, targets.shape)
  const [, classes = 0] = outputs.shape
  if (outputs.shape.length !== 2 || classes < 2 || (!soft && targets.size !== rows)) {
    throw new ShapeError(
      `accuracy: expected outputs [n, classes] of two classes or more and classes [n] or [n, classes], got ` +
        `${formatShape(outputs.shape)} and ${formatShape(targets.shape)}; for one column there is binaryAccuracy`,
    )
  }
  const chosen = argmax(outputs)
  const right = soft ? argmax(targets) : targets
  const share = matches(chosen.view(), right.view())
  if (right !== targets) right.dispose()
  chosen.dispose()
  return share
}

function matches(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let same = 0
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) same++
  return same / a.length
}

/**
 * The share of outputs on the right side of a threshold.
 * @param outputs probabilities of the second of two answers; or logits, with a threshold of 0.
 * @param targets 0 or 1, in the outputs' shape, or [n] for outputs [n, 1].
 * @throws ShapeError when the shapes are not these.
 *
 * @example
 * ```ts
 * import { binaryAccuracy, tensor } from 'spikegrad'
 * binaryAccuracy(tensor([[0.9], [0.2]]), tensor([1, 1])) // 0.5
 * binaryAccuracy(tensor([0.1, -3]), tensor([1, 0]), { threshold: 0 }) // 1
 * ```
 */
export function binaryAccuracy(
  outputs: Tensor,
  targets: Tensor,
  { threshold = 0.5 }: { readonly threshold?: number } = {},
): number {
  return meanOver('binaryAccuracy', outputs, targets, (x, y) => (x > threshold === y > 0.5 ? 1 : 0))
}

/** Targets may also be [n] for outputs [n, 1], or the other way round. */
function meanOver(
  name: string,
  outputs: Tensor,
  targets: Tensor,
  of: (output: number, target: number) => number,
): number {
  const columns = isColumn(outputs) && isColumn(targets) && outputs.size === targets.size
  if (!columns && !sameShape(outputs.shape, targets.shape)) {
    throw new ShapeError(
      `${name}: expected equal shapes, got ${formatShape(outputs.shape)} and ${formatShape(targets.shape)}`,
    )
  }
  const [x, y] = [outputs.view(), targets.view()]
  let total = 0
  for (let i = 0; i < x.length; i++) total += of(x[i]!, y[i]!)
  return total / x.length
}
