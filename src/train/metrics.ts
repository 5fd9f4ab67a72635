// Metrics: what a person wants to know of a network beside its loss.
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { argmax } from '../ops/extremes.ts'
import { formatShape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

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
 * A metric that has a name.
 *
 * @example
 * ```ts
 * import type { MetricName } from 'spikegrad'
 * const names: MetricName[] = ['accuracy', 'meanAbsoluteError']
 * names.length // 2
 * ```
 */
export type MetricName = 'accuracy' | 'meanAbsoluteError' | 'meanSquaredError'

/** The metrics asked for, by name. `binary`: accuracy compares the sign of each logit with its target. */
export function metricsOf(
  asked: readonly MetricName[] | Readonly<Record<string, Metric | MetricName>>,
  binary: boolean,
): Readonly<Record<string, Metric>> {
  const entries = Array.isArray(asked)
    ? asked.map((name: MetricName) => [name, name] as const)
    : Object.entries(asked as Readonly<Record<string, Metric | MetricName>>)
  return Object.fromEntries(
    entries.map(([name, metric]) => [name, typeof metric === 'string' ? named(metric, binary) : metric]),
  )
}

function named(name: MetricName, binary: boolean): Metric {
  if (name === 'accuracy') return binary ? binaryAccuracy : accuracy
  if (name === 'meanAbsoluteError') return entrywise(name, (x, y) => Math.abs(x - y))
  if (name === 'meanSquaredError') return entrywise(name, (x, y) => (x - y) ** 2)
  throw new InvalidArgumentError(
    `unknown metric "${name}": expected accuracy, meanAbsoluteError, meanSquaredError, or a function under its name`,
  )
}

/**
 * The share of rows whose largest output is the target's class.
 * @param outputs [n, classes].
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
  if (outputs.shape.length !== 2 || (!soft && targets.size !== rows)) {
    throw new ShapeError(
      `accuracy: expected outputs [n, classes] and classes [n] or [n, classes], got ` +
        `${formatShape(outputs.shape)} and ${formatShape(targets.shape)}`,
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

const binaryAccuracy = entrywise('accuracy', (logit, target) => (logit > 0 === target > 0.5 ? 1 : 0))

function entrywise(name: string, of: (output: number, target: number) => number): Metric {
  return (outputs, targets) => {
    if (outputs.size !== targets.size) {
      throw new ShapeError(
        `${name}: expected equal shapes, got ${formatShape(outputs.shape)} and ${formatShape(targets.shape)}`,
      )
    }
    const [x, y] = [outputs.view(), targets.view()]
    let total = 0
    for (let i = 0; i < x.length; i++) total += of(x[i]!, y[i]!)
    return total / x.length
  }
}
