// What a model is trained with: an optimiser, a loss and metrics, each by name or as it is.
import { InvalidArgumentError } from '../errors.ts'
import type { Module } from '../nn/module.ts'
import type { Parameter } from '../nn/parameter.ts'
import { Adam, AdamW } from '../optim/adam.ts'
import type { Optimiser } from '../optim/optimiser.ts'
import { RmsProp } from '../optim/rmsProp.ts'
import { GradientDescent, Sgd } from '../optim/sgd.ts'
import type { Tensor } from '../tensor.ts'
import { forwardFor, type Loss, type LossName, lossPlan } from './losses.ts'
import { type Metric, type MetricName, metricsOf } from './metrics.ts'

/** The optimisers by name, with their defaults; gradient descent and SGD go by a rate of 0.01. */
const optimisers: Readonly<Record<OptimiserName, (parameters: readonly Parameter[]) => Optimiser>> = {
  gradientDescent: (parameters: readonly Parameter[]) =>
    new GradientDescent(parameters, { learningRate: 0.01 }),
  sgd: parameters => new Sgd(parameters, { learningRate: 0.01 }),
  rmsProp: parameters => new RmsProp(parameters),
  adam: parameters => new Adam(parameters),
  adamW: parameters => new AdamW(parameters),
}

/**
 * An optimiser that has a name.
 *
 * @example
 * ```ts
 * import { dense, type OptimiserName, sequential } from 'spikegrad'
 * const optimiser: OptimiserName = 'adam'
 * const model = sequential([dense(1)], { inputShape: [2] }).compile({ optimiser, loss: 'huber' })
 * model.optimiser.learningRate // 0.001
 * ```
 */
export type OptimiserName = 'gradientDescent' | 'sgd' | 'rmsProp' | 'adam' | 'adamW'

/**
 * What a model is trained with.
 *
 * @example
 * ```ts
 * import { Adam, type CompileOptions, dense, sequential } from 'spikegrad'
 * const options: CompileOptions = {
 *   optimiser: parameters => new Adam(parameters, { learningRate: 0.01 }),
 *   loss: 'crossEntropy',
 *   metrics: ['accuracy'],
 * }
 * sequential([dense(10)], { inputShape: [784] }).compile(options).optimiser.learningRate // 0.01
 * ```
 */
export interface CompileOptions {
  /** A name, for its defaults, or how to make one. */
  readonly optimiser: OptimiserName | ((parameters: readonly Parameter[]) => Optimiser)
  readonly loss: LossName | Loss
  /** What to report beside the loss: names, or functions under names of their own. */
  readonly metrics?: readonly MetricName[] | Readonly<Record<string, Metric | MetricName>>
  /** Limits the norm of all gradients together, as `clipGradientNorm`. */
  readonly clipNorm?: number
  /** Limits each entry of the gradients, as `clipGradientValue`. */
  readonly clipValue?: number
}

/** What `compile` came to. */
export interface Compiled {
  readonly optimiser: Optimiser
  /** The network up to what the loss takes. */
  readonly forward: (x: Tensor) => Tensor
  readonly loss: Loss
  readonly metrics: Readonly<Record<string, Metric>>
  readonly clipNorm: number | undefined
  readonly clipValue: number | undefined
}

/** @throws InvalidArgumentError for an unknown optimiser, loss or metric. */
export function checkCompileOptions({ optimiser, loss, metrics = [] }: CompileOptions): void {
  if (typeof optimiser === 'string' && !Object.hasOwn(optimisers, optimiser)) {
    throw new InvalidArgumentError(
      `unknown optimiser "${optimiser}": expected ${Object.keys(optimisers).join(', ')}, or a function`,
    )
  }
  metricsOf(metrics, lossPlan(loss).binary)
}

/** The options for a network that is built. */
export function compiledFor(network: Module, options: CompileOptions): Compiled {
  const { optimiser, loss, metrics = [], clipNorm, clipValue } = options
  const plan = lossPlan(loss)
  const make = typeof optimiser === 'string' ? optimisers[optimiser] : optimiser
  return {
    optimiser: make(network.parameters()),
    forward: forwardFor(plan, network),
    loss: plan.loss,
    metrics: metricsOf(metrics, plan.binary),
    clipNorm,
    clipValue,
  }
}
