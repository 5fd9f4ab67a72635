// The two-dimensional convolution as a layer.
import { checkCount } from '../check.ts'
import { type Conv2dOptions, conv2d } from '../ops/convolution.ts'
import { geometryOf, type RowsColumns } from '../ops/windows.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { refuseShape } from './check.ts'
import { type Initialisation, initialWeights } from './initialise.ts'
import { type Configuration, Module } from './module.ts'
import { namedPart, Parameter } from './parameter.ts'
import { drawsOf, type SeedOptions } from './randomState.ts'

/**
 * What a convolutional layer may be told.
 *
 * @example
 * ```ts
 * import { Conv2d, type Conv2dLayerOptions } from 'spikegrad'
 * const options: Conv2dLayerOptions = { padding: 'same', bias: false }
 * new Conv2d(1, 8, 3, options).parameters().length // 1
 * ```
 */
export interface Conv2dLayerOptions extends SeedOptions, Conv2dOptions {
  /** By default `heNormal`. */
  readonly initialisation?: Initialisation
  /** Whether a bias is added to each filter's output; true unless told. */
  readonly bias?: boolean
}

/**
 * Slides filters over images [n, channels, rows, columns]; weight [filters, channels, rows, columns], as PyTorch's, and
 * bias [filters], which starts at 0.
 *
 * @example
 * ```ts
 * import { Conv2d, zeros } from 'spikegrad'
 * new Conv2d(3, 8, 5, { stride: 2 }).forward(zeros([4, 3, 13, 13])).shape // [4, 8, 5, 5]
 * ```
 */
export class Conv2d extends Module {
  readonly channels: number
  readonly filters: number
  readonly weight: Parameter
  readonly bias: Parameter | undefined
  readonly options: Required<Conv2dOptions>
  readonly #name: string | undefined

  /**
   * @param size rows and columns of a filter.
   * @throws InvalidArgumentError when a number of channels is not a positive integer, or an option is wrong.
   */
  constructor(channels: number, filters: number, size: RowsColumns, options: Conv2dLayerOptions = {}) {
    super()
    const { name, initialisation = 'heNormal', bias = true, stride = 1, padding = 0, dilation = 1 } = options
    checkCount('Conv2d: a number of channels', channels)
    checkCount('Conv2d: a number of filters', filters)
    const [rows, columns] = typeof size === 'number' ? [size, size] : size
    checkCount('Conv2d: a size', rows)
    checkCount('Conv2d: a size', columns)
    this.channels = channels
    this.filters = filters
    this.options = { stride, padding, dilation }
    this.#name = name
    const area = rows * columns
    const { seed, stream } = drawsOf(`conv2d ${channels} to ${filters} of ${rows} x ${columns}`, options)
    const weights = initialWeights(
      ...([initialisation, channels * area, filters * area, seed, `${stream}.weight`] as const),
      filters * channels * area,
    )
    this.weight = new Parameter([filters, channels, rows, columns], namedPart(name, 'weight'))
    this.weight.write(weights)
    this.bias = bias ? new Parameter([filters], namedPart(name, 'bias')) : undefined
  }

  override get kind(): string {
    return this.constructor === Conv2d ? 'Conv2d' : super.kind
  }

  override get configuration(): Configuration {
    const { channels, filters, weight, bias } = this
    const sizes = { channels, filters, size: weight.shape.slice(2), bias: bias !== undefined }
    return { ...sizes, ...this.options, ...(this.#name !== undefined && { name: this.#name }) }
  }

  override forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, this.bias, this.options)
  }

  override outputShape(inputShape: Shape): Shape {
    if (inputShape.length !== 4 || inputShape[1] !== this.channels) {
      refuseShape(this.label, `[n, ${this.channels}, rows, columns]`, inputShape)
    }
    const [, , rows, columns] = this.weight.shape
    const placement = { window: [rows!, columns!] as const, ...this.options }
    const { images, filters, outRows, outColumns } = geometryOf(
      this.label,
      inputShape,
      this.filters,
      placement,
    )
    return [images, filters, outRows, outColumns]
  }
}
