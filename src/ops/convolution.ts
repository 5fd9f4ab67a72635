// Two-dimensional convolution of images, as neural networks mean it: the filter is not flipped.
import { apply } from '../autograd.ts'
import { convolutionScratch, type WindowGeometry } from '../backend/geometry.ts'
import { ShapeError } from '../errors.ts'
import { formatShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { reduceAxes } from './broadcast.ts'
import { checkFloats, type Op, type Sample, spread, tensorBeside } from './op.ts'
import { geometryOf, geometryRecord, type RowsColumns } from './windows.ts'

/**
 * How a filter moves over an image.
 *
 * @example
 * ```ts
 * import { type Conv2dOptions, conv2d, zeros } from 'spikegrad'
 * const options: Conv2dOptions = { stride: 2, padding: 'same' }
 * conv2d(zeros([1, 1, 28, 28]), zeros([8, 1, 3, 3]), undefined, options).shape // [1, 8, 14, 14]
 * ```
 */
export interface Conv2dOptions {
  /** Entries from one place of the filter to the next; 1 by default. */
  readonly stride?: RowsColumns
  /**
   * Zeros on each side of the image, 0 by default; `'same'` pads so that there are ceil(length / stride) places, the odd
   * zero coming last.
   */
  readonly padding?: RowsColumns | 'same'
  /** Entries from one weight of the filter to the next; 1 by default. */
  readonly dilation?: RowsColumns
}

function conv2dGeometry(x: Tensor, weight: Tensor, options: Conv2dOptions): WindowGeometry {
  const [filters, inputs, windowRows, windowColumns] = weight.shape
  if (weight.shape.length !== 4 || x.shape.length !== 4 || x.shape[1] !== inputs) {
    throw new ShapeError(
      `conv2d: expected images [images, channels, rows, columns] and weights [filters, channels, rows, columns], ` +
        `got ${formatShape(x.shape)} and ${formatShape(weight.shape)}`,
    )
  }
  const { stride = 1, padding = 0, dilation = 1 } = options
  const window = [windowRows!, windowColumns!] as const
  return geometryOf('conv2d', x.shape, filters!, { window, stride, padding, dilation })
}

function checkBias(weight: Tensor, bias: Tensor): void {
  if (bias.shape.length === 1 && bias.shape[0] === weight.shape[0]) return
  throw new ShapeError(
    `conv2d: expected a bias [filters] beside weights ${formatShape(weight.shape)}, got ${formatShape(bias.shape)}`,
  )
}

function sample(
  label: string,
  images: readonly number[],
  weights: readonly number[],
  options: Conv2dOptions,
  biased = true,
): Sample {
  const inputs = [
    { shape: images, entry: spread(-1.5, 1.5) },
    { shape: weights, entry: spread(-1, 1) },
    { shape: [weights[0]!], entry: spread(-2, 2) },
  ]
  return {
    label,
    inputs: biased ? inputs : inputs.slice(0, 2),
    run: ([x, weight, bias]) => conv2d(x!, weight!, bias, options),
  }
}

export const conv2dOp: Op<Conv2dOptions> = {
  name: 'conv2d',
  samples: [
    sample('several images, channels and filters', [2, 3, 5, 6], [5, 3, 3, 3], {}),
    sample('without bias, padded', [1, 2, 4, 9], [4, 2, 3, 3], { padding: 1 }, false),
    sample('same, even window', [1, 1, 4, 10], [2, 1, 2, 4], { padding: 'same' }),
    sample('stride, and padding of rows alone', [2, 1, 6, 7], [2, 1, 3, 2], {
      stride: [2, 3],
      padding: [2, 0],
    }),
    sample('stride longer than the window', [1, 2, 7, 7], [1, 2, 2, 2], { stride: 3 }),
    sample('dilation', [1, 2, 7, 6], [2, 2, 3, 2], { dilation: [2, 3], padding: 1, stride: [1, 2] }),
    sample('a window of one entry', [2, 3, 3, 3], [2, 3, 1, 1], {}),
  ],
  forward([x, weight, bias], options, saved) {
    const operands = bias === undefined ? [x!, weight!] : [x!, weight!, bias]
    checkFloats('conv2d', operands)
    const geometry = conv2dGeometry(x!, weight!, options)
    if (bias !== undefined) checkBias(weight!, bias)
    const { images, filters, outRows, outColumns } = geometry
    const record = geometryRecord(x!, geometry)
    saved.push(record)
    const out = tensorBeside(x!, [images, filters, outRows, outColumns])
    const { arena, kernels } = x!.backend
    const scratch = arena.scratch(convolutionScratch(geometry))
    const biases = bias?.address ?? 0
    kernels.convolve2d(x!.address, weight!.address, biases, out.address, record.address, scratch)
    return out
  },
  backward({ inputs: [x, weight, bias], gradient, saved: [record], options, needs }) {
    const { arena, kernels } = gradient.backend
    const bytes = convolutionScratch(conv2dGeometry(x!, weight!, options))
    const byInput = () => {
      const out = tensorBeside(x!, x!.shape)
      const scratch = arena.scratch(bytes)
      kernels.convolve2dInputGradient(
        gradient.address,
        weight!.address,
        out.address,
        record!.address,
        scratch,
      )
      return out
    }
    const byWeight = () => {
      const out = tensorBeside(weight!, weight!.shape)
      const scratch = arena.scratch(bytes)
      kernels.convolve2dWeightGradient(x!.address, gradient.address, out.address, record!.address, scratch)
      return out
    }
    return [
      needs(0) ? byInput() : undefined,
      needs(1) ? byWeight() : undefined,
      bias !== undefined && needs(2) ? reduceAxes('sum', gradient, [0, 2, 3], bias.shape) : undefined,
    ]
  },
}

/**
 * Slides filters over images: out[n, f, r, c] = bias[f] + the sum over channels i and places [a, b] of the filter of
 * weight[f, i, a, b] x[n, i, r stride + a dilation - padding, c stride + b dilation - padding]. The layout is PyTorch's.
 *
 * @param x float32 [images, channels, rows, columns].
 * @param weight float32 [filters, channels, filter rows, filter columns].
 * @param bias float32 [filters]; none by default.
 * @returns float32 [images, filters, places along rows, places along columns].
 * @throws ShapeError when the shapes are not these, or the filter does not fit into the padded image.
 * @throws InvalidArgumentError when an operand is not float32, or an option not a suitable integer or pair.
 *
 * @example
 * ```ts
 * import { conv2d, ones, tensor } from 'spikegrad'
 * const image = tensor([[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]])
 * conv2d(image, ones([1, 1, 2, 2])).toArray() // [12, 16, 24, 28]
 * ```
 */
export function conv2d(x: Tensor, weight: Tensor, bias?: Tensor, options: Conv2dOptions = {}): Tensor {
  return apply(conv2dOp, bias === undefined ? [x, weight] : [x, weight, bias], options)
}
