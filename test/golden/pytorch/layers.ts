// How each layer is made from the options and numbers of a golden case.

import type { Module, Tensor } from '../../../src/index.ts'
import * as spikegrad from '../../../src/index.ts'

/** A layer, and the tensors that are a case's inputs after the first. */
export interface Made {
  readonly layer: Module
  readonly state: readonly Tensor[]
}

type Make = (options: Readonly<Record<string, unknown>>, numbers: readonly Tensor[]) => Made

/** Makes a layer of cases whose options have a type; their numbers are for its parameters and buffers. */
function from<Options>(make: (options: Options) => Module): Make {
  return (options, numbers) => {
    const layer = make(options as Options)
    const state = [...layer.parameters(), ...layer.buffers()]
    for (const [i, tensor] of numbers.entries()) state[i]!.write(tensor.view())
    return { layer, state }
  }
}

/** Makes a layer of another, which has the numbers. */
function of(make: Make, copy: (layer: Module) => Module): Make {
  return (options, numbers) => {
    const { layer } = make(options, numbers)
    const copied = copy(layer)
    layer.dispose()
    return { layer: copied, state: numbers }
  }
}

type Linear = spikegrad.LinearOptions & { readonly inputs: number; readonly outputs: number }
type Conv2d = spikegrad.Conv2dLayerOptions & {
  readonly channels: number
  readonly filters: number
  readonly size: spikegrad.RowsColumns
}
type BatchNorm = spikegrad.BatchNormOptions & { readonly channels: number }

const linear = from<Linear>(
  ({ inputs, outputs, ...options }) => new spikegrad.Linear(inputs, outputs, options),
)
const conv2d = from<Conv2d>(
  ({ channels, filters, size, ...options }) => new spikegrad.Conv2d(channels, filters, size, options),
)

/** By the name of the class. */
export const layers: Readonly<Record<string, Make>> = {
  Relu: from(() => new spikegrad.Relu()),
  LeakyRelu: from<{ slope?: number }>(({ slope }) => new spikegrad.LeakyRelu(slope)),
  Gelu: from(() => new spikegrad.Gelu()),
  Sigmoid: from(() => new spikegrad.Sigmoid()),
  Tanh: from(() => new spikegrad.Tanh()),
  Softmax: from(() => new spikegrad.Softmax()),
  Dropout: from(() => new spikegrad.Dropout(0.4)),
  Linear: linear,
  Conv2d: conv2d,
  Flatten: from(() => new spikegrad.Flatten()),
  MaxPool2d: from<spikegrad.Pool2dOptions>(({ size, ...options }) => new spikegrad.MaxPool2d(size, options)),
  AveragePool2d: from<spikegrad.Pool2dOptions>(
    ({ size, ...options }) => new spikegrad.AveragePool2d(size, options),
  ),
  BatchNorm: from<BatchNorm>(({ channels, ...options }) => new spikegrad.BatchNorm(channels, options)),
  LayerNorm: from<{ features: number[] }>(({ features }) => new spikegrad.LayerNorm(features)),
  QuantisedLinear: of(linear, layer => new spikegrad.QuantisedLinear(layer as spikegrad.Linear)),
  QuantisedConv2d: of(conv2d, layer => new spikegrad.QuantisedConv2d(layer as spikegrad.Conv2d)),
}
