// Losses by name: what each takes as targets, and which last layer it makes up for.
import { checkPositive, checkShare } from '../check.ts'
import type { TargetKind } from '../data/examples.ts'
import { InvalidArgumentError } from '../errors.ts'
import { Sigmoid, Softmax } from '../nn/activations.ts'
import { isPlain, type Module } from '../nn/module.ts'
import { Sequential } from '../nn/sequential.ts'
import {
  binaryCrossEntropyWithLogits,
  huber,
  meanAbsoluteError,
  meanSquaredError,
} from '../ops/entrywiseLosses.ts'
import { crossEntropy } from '../ops/losses.ts'
import { reshape } from '../ops/rows.ts'
import type { Tensor } from '../tensor.ts'

/**
 * A loss that has a name. Both cross-entropies take logits, or the outputs of a last `Softmax` or `Sigmoid`, which they undo.
 *
 * @example
 * ```ts
 * import { dense, type LossName, sequential } from 'spikegrad'
 * const loss: LossName = 'huber'
 * const model = sequential([dense(1)]).compile({ optimiser: 'sgd', loss })
 * ```
 */
export type LossName =
  | 'crossEntropy'
  | 'binaryCrossEntropy'
  | 'meanSquaredError'
  | 'meanAbsoluteError'
  | 'huber'

/**
 * A loss by its name, and what it may be told.
 *
 * @example
 * ```ts
 * import { dense, type NamedLoss, sequential } from 'spikegrad'
 * const loss: NamedLoss = { name: 'crossEntropy', labelSmoothing: 0.1 }
 * const model = sequential([dense(10)]).compile({ optimiser: 'adam', loss })
 * ```
 */
export type NamedLoss =
  | { readonly name: 'crossEntropy'; readonly labelSmoothing?: number }
  | { readonly name: 'huber'; readonly delta?: number }
  | { readonly name: 'binaryCrossEntropy' | 'meanSquaredError' | 'meanAbsoluteError' }

/**
 * A loss of one's own: of the network's outputs, as they are, and targets to one number. The library's own functions, such as
 * `crossEntropy`, are known, and stand for their names.
 *
 * @example
 * ```ts
 * import { type Loss, meanSquaredError, tensor } from 'spikegrad'
 * const loss: Loss = (outputs, targets) => meanSquaredError(outputs, targets, { reduction: 'sum' })
 * loss(tensor([1, 2]), tensor([0, 0])).item() // 5
 * ```
 */
export type Loss = (outputs: Tensor, targets: Tensor) => Tensor

/** What training needs to know of a loss. */
export interface LossPlan {
  /** Undefined for one of the user's own. */
  readonly name: LossName | undefined
  readonly loss: Loss
  readonly targetKind: TargetKind
  /** What an output is: the logit of a class, of one of two answers, or a value; undefined where nobody knows. */
  readonly outputs: 'classLogits' | 'binaryLogits' | 'values' | undefined
  /** The activation whose inputs it takes in place of its outputs. */
  readonly undoes: typeof Softmax | typeof Sigmoid | undefined
}

interface KnownLoss extends Omit<LossPlan, 'name' | 'loss'> {
  readonly function: (outputs: Tensor, targets: Tensor, options: object) => Tensor
  /** Checks what it may be told, by the name of each option. */
  readonly options: Readonly<Record<string, (what: string, value: number) => void>>
}

const ofValues = { targetKind: 'values', outputs: 'values', undoes: undefined, options: {} } as const

const known: Readonly<Record<LossName, KnownLoss>> = {
  crossEntropy: {
    function: crossEntropy,
    targetKind: 'classes',
    outputs: 'classLogits',
    undoes: Softmax,
    options: { labelSmoothing: checkShare },
  },
  binaryCrossEntropy: {
    ...ofValues,
    function: binaryCrossEntropyWithLogits,
    outputs: 'binaryLogits',
    undoes: Sigmoid,
  },
  meanSquaredError: { ...ofValues, function: meanSquaredError },
  meanAbsoluteError: { ...ofValues, function: meanAbsoluteError },
  huber: { ...ofValues, function: huber, options: { delta: checkPositive } },
}

function nameOf(loss: Loss): LossName | undefined {
  return (Object.keys(known) as LossName[]).find(name => known[name].function === loss)
}

/** Targets [n] for outputs [n, 1] are one number for each input too. */
export function inShapeOf(outputs: Tensor, targets: Tensor): Tensor {
  const column = outputs.shape.length === 2 && outputs.shape[1] === 1 && targets.shape.length === 1
  return column && outputs.size === targets.size ? reshape(targets, outputs.shape) : targets
}

/** @throws InvalidArgumentError for a name that is not a loss's, or an option that it does not have or is out of range. */
export function lossPlan(loss: LossName | NamedLoss | Loss): LossPlan {
  if (typeof loss === 'function') {
    const name = nameOf(loss)
    if (name !== undefined) return planOf(name, {})
    return { name, loss, targetKind: 'asGiven', outputs: undefined, undoes: undefined }
  }
  if (typeof loss === 'string') return planOf(loss, {})
  const { name, ...options }: NamedLoss = loss ?? {}
  return planOf(name, options)
}

function planOf(name: LossName, given: object): LossPlan {
  if (!Object.hasOwn(known, name)) {
    throw new InvalidArgumentError(
      `unknown loss ${JSON.stringify(name)}: expected ${Object.keys(known).join(', ')}, or a function`,
    )
  }
  const { function: compute, options, ...plan } = known[name]
  for (const [option, value] of Object.entries(given)) {
    const check = Object.hasOwn(options, option) ? options[option] : undefined
    if (check === undefined) throw new InvalidArgumentError(`the loss ${name} has no option "${option}"`)
    if (value !== undefined) check(`the loss ${name}: ${option}`, value)
  }
  const shaped = plan.targetKind === 'classes' ? (_: Tensor, targets: Tensor) => targets : inShapeOf
  return { ...plan, name, loss: (outputs, targets) => compute(outputs, shaped(outputs, targets), given) }
}

/** The last layer of all, within however many `Sequential`s. */
export function lastLayerOf(network: Module): Module {
  const last = isPlain(network, Sequential) ? network.layers.at(-1)! : network
  return last === network ? network : lastLayerOf(last)
}

/** The layers before the last of all. */
function layersBeforeLast(network: Module): readonly Module[] {
  if (!(network instanceof Sequential)) return []
  return [...network.layers.slice(0, -1), ...layersBeforeLast(network.layers.at(-1)!)]
}

/**
 * A network's function, without the last layer when the loss undoes it.
 * @throws InvalidArgumentError when the network ends in a softmax or sigmoid that the loss cannot undo.
 */
export function forwardFor({ name, undoes }: LossPlan, network: Module): (x: Tensor) => Tensor {
  const last = lastLayerOf(network)
  if (undoes === undefined || !(last instanceof Softmax || last instanceof Sigmoid)) {
    return x => network.forward(x)
  }
  const { label } = last
  if (!isPlain(last, undoes)) {
    throw new InvalidArgumentError(
      `the loss ${name} takes logits, or the outputs of a last ${undoes === Softmax ? 'Softmax' : 'Sigmoid'}, which it ` +
        `undoes; the network ends in ${label}, which it cannot undo: leave that layer out, or take another loss`,
    )
  }
  let rest: Sequential | undefined
  return x => {
    // A layer may have been replaced since, by a quantised one for instance.
    const layers = layersBeforeLast(network)
    if (layers.length === 0) return x
    const same = rest?.layers.length === layers.length && rest.layers.every((layer, i) => layer === layers[i])
    if (rest === undefined || !same) rest = new Sequential(layers)
    return rest.forward(x)
  }
}
