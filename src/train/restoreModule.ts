// Networks made anew from a checkpoint alone, when they are of built-in layers.
import { FileFormatError, InvalidArgumentError } from '../errors.ts'
import { Gelu, LeakyRelu, Relu, Sigmoid, Softmax, Tanh } from '../nn/activations.ts'
import { Conv2d, type Conv2dLayerOptions } from '../nn/convolution.ts'
import { Dropout } from '../nn/dropout.ts'
import { Flatten } from '../nn/flatten.ts'
import { Linear } from '../nn/linear.ts'
import type { Module } from '../nn/module.ts'
import { BatchNorm, LayerNorm } from '../nn/normalisation.ts'
import { AveragePool2d, MaxPool2d } from '../nn/pooling.ts'
import { QuantisedConv2d, QuantisedLinear } from '../nn/quantised.ts'
import { Sequential } from '../nn/sequential.ts'
import type { Pool2dOptions } from '../ops/pooling.ts'
import type { RowsColumns } from '../ops/windows.ts'
import { restoreCheckpoint } from './checkpoint.ts'
import { readCheckpoint } from './checkpointFile.ts'
import { readTopology, type TopologyEntry } from './topology.ts'

/**
 * Makes the network of a checkpoint anew, with its weights: one of built-in layers, in `Sequential`s or by itself. Other networks
 * are made by their own code, and restored by `restoreCheckpoint`.
 * @param name what to call the file in an error.
 * @throws FileFormatError when the file is truncated, altered, or no checkpoint.
 * @throws InvalidArgumentError when the network has a module that is not built in, or one at two places.
 *
 * @example
 * ```ts
 * import { encodeCheckpoint, Linear, Relu, restoreModule, Sequential, zeros } from 'spikegrad'
 * const model = new Sequential([new Linear(4, 8), new Relu(), new Linear(8, 2)])
 * const again = restoreModule(encodeCheckpoint({ model }))
 * again.forward(zeros([3, 4])).shape // [3, 2]
 * ```
 */
export function restoreModule(bytes: Uint8Array, name = 'the checkpoint'): Module {
  const builder = new Builder(readTopology(readCheckpoint(bytes, name)), bytes.length, name)
  try {
    const model = builder.build()
    restoreCheckpoint(bytes, { model }, name)
    return model
  } catch (error) {
    builder.dispose()
    throw error
  }
}

class Builder {
  readonly #entries: ReadonlyMap<string, TopologyEntry>
  readonly #name: string
  readonly #made: Module[] = []
  /** Entries of weights that the file has room for. */
  #room: number

  constructor(topology: readonly TopologyEntry[], bytes: number, name: string) {
    this.#entries = new Map(topology.map(entry => [entry[0], entry]))
    this.#room = bytes
    this.#name = name
  }

  build(): Module {
    const model = this.#module('')
    if (this.#made.length === this.#entries.size) return model
    throw new InvalidArgumentError(`${this.#name}: its network holds modules elsewhere than in a Sequential`)
  }

  dispose(): void {
    for (const module of this.#made) module.dispose()
  }

  #module(path: string): Module {
    const [, kind = 'nothing', configuration = {}] = this.#entries.get(path) ?? []
    const make = Object.hasOwn(makers, kind) ? makers[kind] : undefined
    const fields = new Fields(configuration, `${this.#name}: module "${path}"`, size => this.#take(size))
    const module =
      kind === 'Sequential'
        ? new Sequential(this.#layers(path === '' ? 'layers' : `${path}.layers`, fields.number('layers')))
        : make?.(fields)
    if (module === undefined) {
      throw new InvalidArgumentError(
        `${this.#name}: module "${path}" is ${kind}, which is not built in: make the network and use restoreCheckpoint`,
      )
    }
    this.#made.push(module)
    return module
  }

  #layers(path: string, count: number): readonly Module[] {
    const layers: Module[] = []
    while (this.#entries.has(`${path}.${layers.length}`))
      layers.push(this.#module(`${path}.${layers.length}`))
    if (layers.length === count) return layers
    throw new InvalidArgumentError(
      `${this.#name}: expected ${count} layers at "${path}", found ${layers.length}: is one of them at two places?`,
    )
  }

  /** Sizes from a file are not believed before its own length has been asked. */
  #take(size: number): void {
    this.#room -= size
    if (!(size > 0 && this.#room >= 0)) {
      throw new FileFormatError(`${this.#name}: expected weights for all of its layers, found fewer bytes`)
    }
  }
}

/** A configuration from a file, each of its fields checked when it is read. */
class Fields {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #where: string
  /** To be told how many weights a layer is about to make. */
  readonly take: (size: number) => void

  constructor(configuration: object, where: string, take: (size: number) => void) {
    this.#fields = { ...configuration }
    this.#where = where
    this.take = take
  }

  #read<T>(field: string, expected: string, is: (value: unknown) => value is T): T {
    const value = this.#fields[field]
    if (is(value)) return value
    throw new FileFormatError(
      `${this.#where}: expected ${field} to be ${expected}, found ${JSON.stringify(value)}`,
    )
  }

  number(field: string): number {
    return this.#read(field, 'a number', value => typeof value === 'number')
  }

  numbers(field: string): readonly number[] {
    return this.#read(field, 'a list of numbers', isNumbers)
  }

  flag(field: string): boolean {
    return this.#read(field, 'true or false', value => typeof value === 'boolean')
  }

  rowsColumns(field: string): RowsColumns {
    return this.#read(field, 'one number or two', isRowsColumns)
  }

  padding(): RowsColumns | 'same' {
    return this.#read(
      'padding',
      '"same", one number or two',
      value => value === 'same' || isRowsColumns(value),
    )
  }

  /** A name, where there is one. */
  named(): { readonly name?: string } {
    const { name } = this.#fields
    return typeof name === 'string' ? { name } : {}
  }
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(item => typeof item === 'number')
}

function isRowsColumns(value: unknown): value is RowsColumns {
  return typeof value === 'number' || (isNumbers(value) && value.length === 2)
}

/** Neither counts as a layer without a seed, nor takes the time of a draw: the weights come from the file. */
const undrawn = { seed: 0, initialisation: 'zeros' } as const

function linear(fields: Fields): Linear {
  const [inputs, outputs] = [fields.number('inputs'), fields.number('outputs')]
  fields.take(inputs * outputs)
  return new Linear(inputs, outputs, { ...undrawn, ...fields.named() })
}

function convolution(fields: Fields): Conv2d {
  const [channels, filters] = [fields.number('channels'), fields.number('filters')]
  const size = fields.rowsColumns('size')
  const [rows, columns] = typeof size === 'number' ? [size, size] : size
  fields.take(channels * filters * rows * columns)
  const options: Conv2dLayerOptions = {
    stride: fields.rowsColumns('stride'),
    padding: fields.padding(),
    dilation: fields.rowsColumns('dilation'),
    bias: fields.flag('bias'),
  }
  return new Conv2d(channels, filters, size, { ...undrawn, ...options, ...fields.named() })
}

function quantised<Layer extends Module>(layer: Layer, quantise: (layer: Layer) => Module): Module {
  try {
    return quantise(layer)
  } finally {
    layer.dispose()
  }
}

function pooling(fields: Fields): readonly [RowsColumns, Omit<Pool2dOptions, 'size'>] {
  return [fields.rowsColumns('size'), { stride: fields.rowsColumns('stride'), padding: fields.padding() }]
}

const makers: Readonly<Record<string, (fields: Fields) => Module>> = {
  Linear: linear,
  Conv2d: convolution,
  QuantisedLinear: fields => quantised(linear(fields), layer => new QuantisedLinear(layer)),
  QuantisedConv2d: fields => quantised(convolution(fields), layer => new QuantisedConv2d(layer)),
  MaxPool2d: fields => new MaxPool2d(...pooling(fields)),
  AveragePool2d: fields => new AveragePool2d(...pooling(fields)),
  Flatten: () => new Flatten(),
  Relu: () => new Relu(),
  LeakyRelu: fields => new LeakyRelu(fields.number('slope')),
  Gelu: () => new Gelu(),
  Sigmoid: () => new Sigmoid(),
  Tanh: () => new Tanh(),
  Softmax: () => new Softmax(),
  Dropout: fields => new Dropout(fields.number('probability'), { seed: 0 }),
  BatchNorm(fields) {
    const channels = fields.number('channels')
    fields.take(channels)
    const [epsilon, momentum] = [fields.number('epsilon'), fields.number('momentum')]
    return new BatchNorm(channels, { epsilon, momentum, ...fields.named() })
  },
  LayerNorm(fields) {
    const features = fields.numbers('features')
    fields.take(features.reduce((size, length) => size * length, 1))
    return new LayerNorm(features, { epsilon: fields.number('epsilon'), ...fields.named() })
  },
}
