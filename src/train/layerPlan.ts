// What every planned layer shares: its place in a model, its options, its activation.
import { InvalidArgumentError } from '../errors.ts'
import { Gelu, LeakyRelu, Relu, Sigmoid, Softmax, Tanh } from '../nn/activations.ts'
import type { Module } from '../nn/module.ts'
import type { Shape } from '../shape.ts'

/** The activations by name. */
export const activations: Readonly<Record<ActivationName, () => Module>> = {
  relu: () => new Relu(),
  leakyRelu: () => new LeakyRelu(),
  gelu: () => new Gelu(),
  sigmoid: () => new Sigmoid(),
  tanh: () => new Tanh(),
  softmax: () => new Softmax(),
}

/**
 * An activation that has a name.
 *
 * @example
 * ```ts
 * import { type ActivationName, dense, sequential } from 'spikegrad'
 * const activation: ActivationName = 'tanh'
 * sequential([dense(4, { activation })], { inputShape: [2] }).network.layers.length // 2
 * ```
 */
export type ActivationName = 'relu' | 'leakyRelu' | 'gelu' | 'sigmoid' | 'tanh' | 'softmax'

/**
 * What a planned layer is made with, once its place in a model is known.
 *
 * @example
 * ```ts
 * import { dense, type LayerPlace } from 'spikegrad'
 * const place: LayerPlace = { inputShape: [1, 784], seed: 1, name: 'hidden' }
 * dense(64).build(place)[0]!.outputShape([1, 784]) // [1, 64]
 * ```
 */
export interface LayerPlace {
  /** With the batch's axis. */
  readonly inputShape: Shape
  readonly seed: number | undefined
  readonly name: string
}

/**
 * A layer that knows everything but the shape of its input.
 *
 * @example
 * ```ts
 * import { dense, type LayerPlan } from 'spikegrad'
 * const plan: LayerPlan = dense(64, { activation: 'relu' })
 * plan.kind // 'dense'
 * ```
 */
export interface LayerPlan {
  /** Names its parameters, with a number after it from the second of its kind on. */
  readonly kind: string
  /** A name of its own. */
  readonly name: string | undefined
  /** The shape of one input, when the plan was told. */
  readonly inputShape: Shape | undefined
  /** Whether it takes images [n, channels, rows, columns]. */
  readonly takesImages: boolean
  /** Makes the layer, and its activation. */
  readonly build: (place: LayerPlace) => readonly Module[]
}

/**
 * What every planned layer with an activation may be told.
 *
 * @example
 * ```ts
 * import { dense, type LayerOptions } from 'spikegrad'
 * const options: LayerOptions = { activation: 'relu', name: 'hidden' }
 * dense(64, options).name // 'hidden'
 * ```
 */
export interface LayerOptions {
  /** Applied to its outputs; by default none. */
  readonly activation?: ActivationName
  /** Of one input, for a first layer; by default that of the data. */
  readonly inputShape?: Shape
  /** Names its parameters; by default its kind does. */
  readonly name?: string
}

export function activated(layer: Module, activation: ActivationName | undefined): readonly Module[] {
  return activation === undefined ? [layer] : [layer, activations[activation]()]
}

export function checkActivation(activation: ActivationName | undefined): void {
  if (activation === undefined || Object.hasOwn(activations, activation)) return
  throw new InvalidArgumentError(
    `unknown activation "${activation}": expected ${Object.keys(activations).join(', ')}`,
  )
}

/** He's initialisation before what cuts off one half, Glorot's before what is linear near 0. */
export function initialisationFor(activation: ActivationName | undefined) {
  return activation === 'relu' || activation === 'leakyRelu' || activation === 'gelu'
    ? 'heNormal'
    : 'glorotUniform'
}

export const seeded = ({ seed, name }: LayerPlace) => (seed === undefined ? { name } : { seed, name })

export function plan(
  kind: string,
  build: LayerPlan['build'],
  { name, inputShape }: Pick<LayerOptions, 'name' | 'inputShape'> = {},
  takesImages = false,
): LayerPlan {
  return { kind, name, inputShape, takesImages, build }
}
