// Layers as data: what a model is made of before the shape of its input is known.
import { Conv2d, type Conv2dLayerOptions } from '../nn/convolution.ts'
import { Dropout } from '../nn/dropout.ts'
import { Flatten } from '../nn/flatten.ts'
import { Linear, type LinearOptions } from '../nn/linear.ts'
import {
  BatchNorm,
  type BatchNormOptions,
  LayerNorm,
  type NormalisationOptions,
} from '../nn/normalisation.ts'
import { AveragePool2d, MaxPool2d } from '../nn/pooling.ts'
import type { Pool2dOptions } from '../ops/pooling.ts'
import type { RowsColumns } from '../ops/windows.ts'
import {
  type ActivationName,
  activated,
  activations,
  checkActivation,
  initialisationFor,
  type LayerOptions,
  type LayerPlace,
  type LayerPlan,
  plan,
  seeded,
} from './layerPlan.ts'

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
