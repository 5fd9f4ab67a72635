// Layers as data: what a model is made of before the shape of its input is known.
import { InvalidArgumentError } from '../errors.ts'
import { Gelu, LeakyRelu, Relu, Sigmoid, Softmax, Tanh } from '../nn/activations.ts'
import { Conv2d, type Conv2dLayerOptions } from '../nn/convolution.ts'
import { Dropout } from '../nn/dropout.ts'
import { Flatten } from '../nn/flatten.ts'
import { Linear, type LinearOptions } from '../nn/linear.ts'
import type { Module } from '../nn/module.ts'
import {
  BatchNorm,
  type BatchNormOptions,
  LayerNorm,
  type NormalisationOptions,
} from '../nn/normalisation.ts'
import { AveragePool2d, MaxPool2d } from '../nn/pooling.ts'
import type { Pool2dOptions } from '../ops/pooling.ts'
import type { RowsColumns } from '../ops/windows.ts'
import type { Shape } from '../shape.ts'

/** The activations by name. */
const activations: Readonly<Record<ActivationName, () => Module>> = {
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

/**
 * What `dense` may be told.
 *
 * @example
 * ```ts
 * import { dense, type DenseOptions } from 'spikegrad'
 * const options: DenseOptions = { activation: 'relu', inputShape: [784] }
 * dense(64, options).inputShape // [784]
 * ```
 */
export interface DenseOptions extends LayerOptions, Pick<LinearOptions, 'initialisation' | 'sparseInput'> {}

/**
 * What `conv2d` among the layers may be told.
 *
 * @example
 * ```ts
 * import { type Conv2dPlanOptions, layers } from 'spikegrad'
 * const options: Conv2dPlanOptions = { activation: 'relu', padding: 'same' }
 * layers.conv2d(8, 3, options).takesImages // true
 * ```
 */
export interface Conv2dPlanOptions extends LayerOptions, Omit<Conv2dLayerOptions, 'seed' | 'name'> {}

function activated(layer: Module, activation: ActivationName | undefined): readonly Module[] {
  return activation === undefined ? [layer] : [layer, activations[activation]()]
}

function checkActivation(activation: ActivationName | undefined): void {
  if (activation === undefined || Object.hasOwn(activations, activation)) return
  throw new InvalidArgumentError(
    `unknown activation "${activation}": expected ${Object.keys(activations).join(', ')}`,
  )
}

/** He's initialisation before what cuts off one half, Glorot's before what is linear near 0. */
function initialisationFor(activation: ActivationName | undefined) {
  return activation === 'relu' || activation === 'leakyRelu' || activation === 'gelu'
    ? 'heNormal'
    : 'glorotUniform'
}

const seeded = ({ seed, name }: LayerPlace) => (seed === undefined ? { name } : { seed, name })

function plan(
  kind: string,
  build: LayerPlan['build'],
  { name, inputShape }: Pick<LayerOptions, 'name' | 'inputShape'> = {},
  takesImages = false,
): LayerPlan {
  return { kind, name, inputShape, takesImages, build }
}

/**
 * A fully connected layer: `Linear` and its activation. Weights start by `heNormal` before relu and its relatives, else by
 * `glorotUniform`.
 * @throws InvalidArgumentError for an unknown activation.
 *
 * @example
 * ```ts
 * import { dense, sequential } from 'spikegrad'
 * const model = sequential([dense(64, { activation: 'relu' }), dense(10)], { inputShape: [784] })
 * model.parameters().map(({ name }) => name) // ['dense.weight', 'dense.bias', 'dense1.weight', 'dense1.bias']
 * ```
 */
export function dense(units: number, options: DenseOptions = {}): LayerPlan {
  const { activation, initialisation = initialisationFor(activation), sparseInput = false } = options
  checkActivation(activation)
  return plan(
    'dense',
    place => {
      const layer = new Linear(place.inputShape.at(-1) ?? 0, units, {
        ...seeded(place),
        initialisation,
        sparseInput,
      })
      return activated(layer, activation)
    },
    options,
  )
}

/**
 * A convolution of images [n, channels, rows, columns]: `Conv2d` and its activation.
 * @throws InvalidArgumentError for an unknown activation.
 *
 * @example
 * ```ts
 * import { layers, sequential } from 'spikegrad'
 * const model = sequential([layers.conv2d(8, 3)], { inputShape: [1, 28, 28] })
 * model.network.outputShape([1, 1, 28, 28]) // [1, 8, 26, 26]
 * ```
 */
export function conv2d(filters: number, size: RowsColumns, options: Conv2dPlanOptions = {}): LayerPlan {
  const { activation, initialisation = initialisationFor(activation), inputShape: _, ...rest } = options
  checkActivation(activation)
  return plan(
    'conv2d',
    place => {
      const layer = new Conv2d(place.inputShape[1] ?? 0, filters, size, {
        ...rest,
        ...seeded(place),
        initialisation,
      })
      return activated(layer, activation)
    },
    options,
    true,
  )
}

/**
 * The largest entry of each window: `MaxPool2d`.
 *
 * @example
 * ```ts
 * import { layers } from 'spikegrad'
 * layers.maxPool2d(2).kind // 'maxPool2d'
 * ```
 */
export function maxPool2d(size: RowsColumns, options: Omit<Pool2dOptions, 'size'> = {}): LayerPlan {
  return plan('maxPool2d', () => [new MaxPool2d(size, options)], {}, true)
}

/**
 * The mean of each window: `AveragePool2d`.
 *
 * @example
 * ```ts
 * import { layers } from 'spikegrad'
 * layers.averagePool2d(2).kind // 'averagePool2d'
 * ```
 */
export function averagePool2d(size: RowsColumns, options: Omit<Pool2dOptions, 'size'> = {}): LayerPlan {
  return plan('averagePool2d', () => [new AveragePool2d(size, options)], {}, true)
}

/**
 * All axes but the first as one: `Flatten`.
 *
 * @example
 * ```ts
 * import { layers, sequential } from 'spikegrad'
 * sequential([layers.flatten()], { inputShape: [2, 3] }).network.outputShape([1, 2, 3]) // [1, 6]
 * ```
 */
export function flatten(options: Pick<LayerOptions, 'inputShape'> = {}): LayerPlan {
  return plan('flatten', () => [new Flatten()], options)
}

/**
 * Forgets a share of its inputs in training: `Dropout`.
 *
 * @example
 * ```ts
 * import { layers } from 'spikegrad'
 * layers.dropout(0.5).kind // 'dropout'
 * ```
 */
export function dropout(probability: number): LayerPlan {
  return plan('dropout', place => [new Dropout(probability, seeded(place))])
}

/**
 * Normalises each channel over a batch: `BatchNorm`.
 *
 * @example
 * ```ts
 * import { layers } from 'spikegrad'
 * layers.batchNorm({ momentum: 0.01 }).kind // 'batchNorm'
 * ```
 */
export function batchNorm(options: BatchNormOptions = {}): LayerPlan {
  const build = ({ inputShape, name }: LayerPlace) => [
    new BatchNorm(inputShape[1] ?? 0, { ...options, name }),
  ]
  return plan('batchNorm', build, options)
}

/**
 * Normalises the features of each input: `LayerNorm` over the last axis.
 *
 * @example
 * ```ts
 * import { layers } from 'spikegrad'
 * layers.layerNorm().kind // 'layerNorm'
 * ```
 */
export function layerNorm(options: NormalisationOptions = {}): LayerPlan {
  const build = ({ inputShape, name }: LayerPlace) => [
    new LayerNorm(inputShape.at(-1) ?? 0, { ...options, name }),
  ]
  return plan('layerNorm', build, options)
}

/**
 * An activation by itself.
 * @throws InvalidArgumentError for an unknown one.
 *
 * @example
 * ```ts
 * import { layers } from 'spikegrad'
 * layers.activation('softmax').kind // 'activation'
 * ```
 */
export function activation(name: ActivationName): LayerPlan {
  checkActivation(name)
  return plan('activation', () => [activations[name]()])
}

/**
 * The planned layers by name, to be told from the functions on tensors that share some of the names.
 *
 * @example
 * ```ts
 * import { layers, sequential } from 'spikegrad'
 * const model = sequential([
 *   layers.conv2d(8, 3, { activation: 'relu' }),
 *   layers.maxPool2d(2),
 *   layers.flatten(),
 *   layers.dense(10),
 * ], { inputShape: [1, 28, 28] })
 * model.network.outputShape([1, 1, 28, 28]) // [1, 10]
 * ```
 */
export const layers = {
  dense,
  conv2d,
  maxPool2d,
  averagePool2d,
  flatten,
  dropout,
  batchNorm,
  layerNorm,
  activation,
} as const
