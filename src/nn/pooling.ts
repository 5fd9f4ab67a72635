// Pooling layers: the largest entry of each window, or the mean.
import { averagePool2d, maxPool2d, type Pool2dOptions } from '../ops/pooling.ts'
import { geometryOf, type RowsColumns } from '../ops/windows.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { type Configuration, Module } from './module.ts'

/** What both poolings share. */
abstract class Pooling extends Module {
  readonly options: Required<Pool2dOptions>

  constructor(size: RowsColumns, { stride = size, padding = 0 }: Omit<Pool2dOptions, 'size'>) {
    super()
    this.options = { size, stride, padding }
  }

  override get configuration(): Configuration {
    return { ...this.options }
  }

  override outputShape(inputShape: Shape): Shape {
    const { size, stride, padding } = this.options
    const placement = { window: size, stride, padding, dilation: 1 }
    const { images, filters, outRows, outColumns } = geometryOf(
      this.label,
      inputShape,
      inputShape[1] ?? 0,
      placement,
    )
    return [images, filters, outRows, outColumns]
  }
}

/**
 * The largest entry of each window of images [n, channels, rows, columns]; windows tile the image unless a stride is given.
 *
 * @example
 * ```ts
 * import { MaxPool2d, zeros } from 'spikegrad'
 * new MaxPool2d(2).forward(zeros([1, 3, 28, 28])).shape // [1, 3, 14, 14]
 * ```
 */
export class MaxPool2d extends Pooling {
  /** @param size rows and columns of a window. */
  constructor(size: RowsColumns, options: Omit<Pool2dOptions, 'size'> = {}) {
    super(size, options)
  }

  override get kind(): string {
    return this.constructor === MaxPool2d ? 'MaxPool2d' : super.kind
  }

  override forward(x: Tensor): Tensor {
    return maxPool2d(x, this.options)
  }
}

/**
 * The mean of each window of images [n, channels, rows, columns], padding counting as zeros; windows tile the image unless a
 * stride is given.
 *
 * @example
 * ```ts
 * import { AveragePool2d, tensor } from 'spikegrad'
 * new AveragePool2d(2).forward(tensor([[[[1, 2], [3, 6]]]])).item() // 3
 * ```
 */
export class AveragePool2d extends Pooling {
  /** @param size rows and columns of a window. */
  constructor(size: RowsColumns, options: Omit<Pool2dOptions, 'size'> = {}) {
    super(size, options)
  }

  override get kind(): string {
    return this.constructor === AveragePool2d ? 'AveragePool2d' : super.kind
  }

  override forward(x: Tensor): Tensor {
    return averagePool2d(x, this.options)
  }
}
