// Pooling: the largest or the mean entry of each window that slides over the channels of images.
import { apply } from '../autograd.ts'
import type { WindowGeometry } from '../backend/geometry.ts'
import { InvalidArgumentError } from '../errors.ts'
import type { Tensor } from '../tensor.ts'
import { checkFloats, type Op, type Sample, spread, tensorBeside } from './op.ts'
import { geometryOf, geometryRecord, type RowsColumns } from './windows.ts'

/**
 * Which windows a pooling looks at.
 *
 * @example
 * ```ts
 * import { averagePool2d, type Pool2dOptions, zeros } from 'spikegrad'
 * const options: Pool2dOptions = { size: 3, stride: 2, padding: 1 }
 * averagePool2d(zeros([1, 4, 9, 9]), options).shape // [1, 4, 5, 5]
 * ```
 */
export interface Pool2dOptions {
  readonly size: RowsColumns
  /** Entries from one window to the next; by default the window's size, so that windows tile the image. */
  readonly stride?: RowsColumns
  /** Entries beyond each side of the image, 0 by default and at most half of the window; `'same'` as for `conv2d`. */
  readonly padding?: RowsColumns | 'same'
}

function poolGeometry(operation: string, x: Tensor, options: Pool2dOptions): WindowGeometry {
  checkFloats(operation, [x])
  // Without options there is no size: the check below says so.
  const { size, stride = size, padding = 0 } = options ?? {}
  const geometry = geometryOf(operation, x.shape, x.shape[1] ?? 0, {
    ...{ window: size, stride, padding, dilation: 1 },
  })
  const { padTop, padLeft, windowRows, windowColumns } = geometry
  if (padTop > windowRows / 2 || padLeft > windowColumns / 2) {
    throw new InvalidArgumentError(
      `${operation}: padding is at most half of the window, got ${padTop} x ${padLeft} for ${windowRows} x ${windowColumns}`,
    )
  }
  return geometry
}

/** Runs a pooling kernel; puts the geometry by for the gradient. */
function pool(
  name: 'maxPool2d' | 'averagePool2d',
  x: Tensor,
  options: Pool2dOptions,
  saved: Tensor[],
): Tensor {
  const geometry = poolGeometry(name, x, options)
  const { images, channels, outRows, outColumns } = geometry
  const record = geometryRecord(x, geometry)
  saved.push(record)
  const out = tensorBeside(x, [images, channels, outRows, outColumns])
  x.backend.kernels[name](x.address, out.address, record.address)
  return out
}

function samplesOf(run: (x: Tensor, options: Pool2dOptions) => Tensor): readonly Sample[] {
  const sample = (label: string, shape: readonly number[], options: Pool2dOptions): Sample => ({
    label,
    inputs: [{ shape, entry: spread(-6, 6) }],
    run: inputs => run(inputs[0]!, options),
  })
  return [
    sample('windows that tile the image', [2, 2, 4, 10], { size: 2 }),
    sample('an odd image', [1, 2, 5, 9], { size: 2 }),
    sample('windows that overlap', [1, 2, 6, 5], { size: 3, stride: [1, 2] }),
    sample('padded', [2, 1, 5, 6], { size: [3, 2], stride: 2, padding: 1 }),
    sample('same', [1, 1, 5, 7], { size: 3, stride: 2, padding: 'same' }),
  ]
}

export const maxPool2dOp: Op<Pool2dOptions> = {
  name: 'maxPool2d',
  samples: samplesOf(maxPool2d),
  forward: ([x], options, saved) => pool('maxPool2d', x!, options, saved),
  backward({ inputs: [x], output, gradient, saved: [record] }) {
    const out = tensorBeside(x!, x!.shape)
    const { kernels } = out.backend
    kernels.maxPool2dGradient(x!.address, output.address, gradient.address, out.address, record!.address)
    return [out]
  },
}

export const averagePool2dOp: Op<Pool2dOptions> = {
  name: 'averagePool2d',
  samples: samplesOf(averagePool2d),
  forward: ([x], options, saved) => pool('averagePool2d', x!, options, saved),
  backward({ inputs: [x], gradient, saved: [record] }) {
    const out = tensorBeside(x!, x!.shape)
    out.backend.kernels.averagePool2dGradient(gradient.address, out.address, record!.address)
    return [out]
  },
}

/**
 * The largest entry of each window, padding left out; NaN if one is. The gradient goes to the first entry, row by row, of
 * those that equal it, as in PyTorch; of a NaN, to the first NaN.
 *
 * @param x float32 [images, channels, rows, columns].
 * @returns float32 [images, channels, windows along rows, windows along columns].
 * @throws ShapeError when the shape is not this, or the window does not fit into the padded image.
 * @throws InvalidArgumentError when x is not float32, or an option not a suitable integer or pair.
 *
 * @example
 * ```ts
 * import { maxPool2d, tensor } from 'spikegrad'
 * const image = tensor([[[[1, 2, 3, 4], [8, 7, 6, 5]]]])
 * maxPool2d(image, { size: 2 }).toArray() // [8, 6]
 * ```
 */
export function maxPool2d(x: Tensor, options: Pool2dOptions): Tensor {
  return apply(maxPool2dOp, [x], options)
}

/**
 * The mean of each window, padding counting as zeros (PyTorch's `count_include_pad`).
 *
 * @param x float32 [images, channels, rows, columns].
 * @returns float32 [images, channels, windows along rows, windows along columns].
 * @throws ShapeError, InvalidArgumentError as `maxPool2d`.
 *
 * @example
 * ```ts
 * import { averagePool2d, tensor } from 'spikegrad'
 * const image = tensor([[[[1, 2, 3, 4], [8, 7, 6, 5]]]])
 * averagePool2d(image, { size: 2 }).toArray() // [4.5, 4.5]
 * ```
 */
export function averagePool2d(x: Tensor, options: Pool2dOptions): Tensor {
  return apply(averagePool2dOp, [x], options)
}
