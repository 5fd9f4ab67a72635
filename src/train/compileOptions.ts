// What a model is trained with: an optimiser, a loss and metrics, each by name or as it is.
import { InvalidArgumentError } from '../errors.ts'
import { Sigmoid } from '../nn/activations.ts'
import type { Module } from '../nn/module.ts'
import type { Parameter } from '../nn/parameter.ts'
import { Adam, AdamW } from '../optim/adam.ts'
import { Optimiser } from '../optim/optimiser.ts'
import { RmsProp } from '../optim/rmsProp.ts'
import { GradientDescent, Sgd } from '../optim/sgd.ts'
import type { Tensor } from '../tensor.ts'
import { forwardFor, type Loss, type LossName, lastLayerOf, lossPlan, type NamedLoss } from './losses.ts'
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
  /**
   * A name, for its defaults; how to make one; or one that is made, for a network that has its parameters: the model then does not
   * free it.
   */
  readonly optimiser: OptimiserName | Optimiser | ((parameters: readonly Parameter[]) => Optimiser)
  /** A name, with options or without, or a function. */
  readonly loss: LossName | NamedLoss | Loss
  /** What to report beside the loss: names, or functions under names of their own. */
  readonly metrics?: readonly MetricName[] | Readonly<Record<string, Metric | MetricName>>
  /** Limits the norm of all gradients together, as `clipGradientNorm`. */
  readonly clipNorm?: number
  /** Limits each entry of the gradients, as `clipGradientValue`. */
  readonly clipValue?: number
}

/** What `compile` came to, but for the optimiser. */
export interface Compiled {
  /** The network up to what the loss takes. */
  readonly forward: (x: Tensor) => Tensor
  readonly loss: Loss
  readonly metrics: Readonly<Record<string, Metric>>
  readonly clipNorm: number | undefined
  readonly clipValue: number | undefined
}

/** @throws InvalidArgumentError for an unknown optimiser, loss or metric, and for limits of gradients out of range. */
export function checkCompileOptions({ optimiser, loss, metrics = [], ...limits }: CompileOptions): void {
  const known = typeof optimiser === 'function' || optimiser instanceof Optimiser
  if (!known && !(typeof optimiser === 'string' && Object.hasOwn(optimisers, optimiser))) {
    throw new InvalidArgumentError(
      `unknown optimiser ${typeof optimiser === 'string' ? `"${optimiser}"` : typeof optimiser}: ` +
        `expected ${Object.keys(optimisers).join(', ')}, an Optimiser, or a function that makes one`,
    )
  }
  metricsOf(metrics, { loss: lossPlan(loss), threshold: 0 })
  for (const name of ['clipNorm', 'clipValue'] as const) {
    const value = limits[name]
    if (value === undefined || value > 0) continue
    throw new InvalidArgumentError(`compile: ${name} is a positive number, got ${value}`)
  }
}

/**
 * The options for a network that is built.
 * @throws InvalidArgumentError when the network ends in a layer that does not go with the loss.
 */
export function compiledFor(network: Module, options: CompileOptions): Compiled {
  const { loss, metrics = [], clipNorm, clipValue } = options
  const plan = lossPlan(loss)
  // Both cross-entropies undo it.
  const probabilities = plan.undoes === undefined && lastLayerOf(network) instanceof Sigmoid
  return {
    forward: forwardFor(plan, network),
    loss: plan.loss,
    metrics: metricsOf(metrics, { loss: plan, threshold: probabilities ? 0.5 : 0 }),
    clipNorm,
    clipValue,
  }
}

/**
 * The optimiser for a network that is built.
 * @throws InvalidArgumentError when there is nothing to train, or the optimiser trains something else.
 */
export function optimiserFor(network: Module, option: CompileOptions['optimiser']): Optimiser {
  const parameters = network.parameters()
  if (parameters.length === 0) {
    throw new InvalidArgumentError(
      `${network.label} has no parameters to train: quantised layers, for one, have none`,
    )
  }
  const make = typeof option === 'string' ? optimisers[option] : option
  const optimiser: unknown = typeof make === 'function' ? make(parameters) : make
  if (!(optimiser instanceof Optimiser)) {
    throw new InvalidArgumentError('compile: the function that makes an optimiser did not return one')
  }
  if (!optimiser.parameters.some(parameter => new Set<Tensor>(parameters).has(parameter))) {
    throw new InvalidArgumentError(
      `compile: ${optimiser.algorithm} trains none of the parameters of ${network.label}`,
    )
  }
  return optimiser
}
