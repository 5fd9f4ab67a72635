// Losses by name: what each takes as targets, and which last layer it makes up for.

import type { TargetKind } from '../data/examples.ts'
import { InvalidArgumentError } from '../errors.ts'
import { Sigmoid, Softmax } from '../nn/activations.ts'
import type { Module } from '../nn/module.ts'
import { Sequential } from '../nn/sequential.ts'
import {
  binaryCrossEntropyWithLogits,
  huber,
  meanAbsoluteError,
  meanSquaredError,
} from '../ops/entrywiseLosses.ts'
import { crossEntropy } from '../ops/losses.ts'
import { reshape } from '../ops/rows.ts'
import { sameShape } from '../shape.ts'
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
 * A loss of one's own: of outputs and targets to one number.
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
  readonly loss: Loss
  readonly targetKind: TargetKind
  /** Whether an output is the logit of one of two answers. */
  readonly binary: boolean
  /** The activation whose inputs it takes in place of its outputs. */
  readonly undoes: typeof Softmax | typeof Sigmoid | undefined
}

const entrywise = (loss: Loss): LossPlan => ({
  loss: (outputs, targets) => loss(outputs, alike(outputs, targets)),
  targetKind: 'values',
  binary: false,
  undoes: undefined,
})

const plans: Readonly<Record<LossName, LossPlan>> = {
  crossEntropy: { loss: crossEntropy, targetKind: 'classes', binary: false, undoes: Softmax },
  binaryCrossEntropy: { ...entrywise(binaryCrossEntropyWithLogits), binary: true, undoes: Sigmoid },
  meanSquaredError: entrywise(meanSquaredError),
  meanAbsoluteError: entrywise(meanAbsoluteError),
  huber: entrywise(huber),
}

/** Targets [n] for outputs [n, 1] are one number for each input too. */
function alike(outputs: Tensor, targets: Tensor): Tensor {
  const column = outputs.shape.length === 2 && outputs.shape[1] === 1 && targets.shape.length === 1
  if (!column || sameShape(outputs.shape, targets.shape) || outputs.size !== targets.size) return targets
  return reshape(targets, outputs.shape)
}

/** @throws InvalidArgumentError for a name that is not a loss's. */
export function lossPlan(loss: LossName | Loss): LossPlan {
  if (typeof loss === 'function') return { loss, targetKind: 'asGiven', binary: false, undoes: undefined }
  if (Object.hasOwn(plans, loss)) return plans[loss]
  throw new InvalidArgumentError(
    `unknown loss "${loss}": expected ${Object.keys(plans).join(', ')}, or a function`,
  )
}

/** A network's function, without the last layer when the loss undoes it. */
export function forwardFor({ undoes }: LossPlan, network: Module): (x: Tensor) => Tensor {
  const last = network instanceof Sequential ? network.layers.at(-1) : undefined
  if (
    undoes === undefined ||
    !(network instanceof Sequential) ||
    !(last instanceof undoes) ||
    network.layers.length === 1
  ) {
    return x => network.forward(x)
  }
  let rest: Sequential | undefined
  return x => {
    // A layer may have been replaced since, by a quantised one for instance.
    const same = rest?.layers.every((layer, i) => layer === network.layers[i])
    if (rest === undefined || !same) rest = new Sequential(network.layers.slice(0, -1))
    return rest.forward(x)
  }
}
