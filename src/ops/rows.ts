// Rearranging a tensor: choosing rows by index, and the same entries under another shape.
import { apply } from '../autograd.ts'
import { ShapeError } from '../errors.ts'
import { checkShape, formatShape, type Shape, sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { copyAs } from './broadcast.ts'
import { checkFloats, checkIndices, type Op, spread, tensorBeside } from './op.ts'

export const gatherRowsOp: Op<undefined> = {
  name: 'gatherRows',
  samples: [
    {
      label: 'rows in any order, some twice',
      inputs: [
        { shape: [4, 3], entry: spread(-2, 2) },
        { shape: [6], dtype: 'int32', entry: index => (index * 3) % 4 },
      ],
      run: inputs => gatherRows(inputs[0]!, inputs[1]!),
    },
  ],
  forward([x, indices]) {
    checkFloats('gatherRows', [x!])
    const [rows, ...rest] = x!.shape
    if (rows === undefined) throw new ShapeError('gatherRows: expected rank 1 or more, got a scalar')
    checkIndices('gatherRows', 'indices', indices!, rows)
    const out = tensorBeside(x!, [indices!.size, ...rest])
    const columns = sizeOf(rest)
    x!.backend.kernels.gatherRows(x!.address, indices!.address, out.address, indices!.size, columns)
    return out
  },
  backward({ inputs: [x, indices], gradient }) {
    const { kernels } = gradient.backend
    const out = tensorBeside(x!, x!.shape)
    const columns = x!.size / x!.shape[0]!
    kernels.fill(out.address, out.size, 0)
    kernels.scatterAddRows(gradient.address, indices!.address, out.address, indices!.size, columns)
    return [out, undefined]
  },
}

export const reshapeOp: Op<Shape> = {
  name: 'reshape',
  samples: [
    {
      label: 'two axes to three',
      inputs: [{ shape: [4, 6], entry: spread(-2, 2) }],
      run: inputs => reshape(inputs[0]!, [2, 3, 4]),
    },
  ],
  forward([x], shape) {
    checkFloats('reshape', [x!])
    checkShape('reshape', shape)
    if (sizeOf(shape) !== x!.size) {
      throw new ShapeError(
        `reshape: shape ${formatShape(x!.shape)} has ${x!.size} entries, ${formatShape(shape)} has ${sizeOf(shape)}`,
      )
    }
    return copyAs(x!, [...shape])
  },
  backward: ({ inputs: [x], gradient }) => [copyAs(gradient, x!.shape)],
}

/**
 * Rows of x in the order of `indices`: x [rows, ...] and int32 indices [n] give [n, ...].
 * @throws InvalidArgumentError when an index is not a row of x.
 *
 * @example
 * ```ts
 * import { gatherRows, tensor } from 'spikegrad'
 * gatherRows(tensor([[1, 2], [3, 4]]), tensor(Int32Array.of(1, 1, 0))).toArray() // [3, 4, 3, 4, 1, 2]
 * ```
 */
export function gatherRows(x: Tensor, indices: Tensor): Tensor {
  return apply(gatherRowsOp, [x, indices], undefined)
}

/**
 * The same entries, in the same order, under another shape; a copy.
 * @throws ShapeError when the sizes differ.
 *
 * @example
 * ```ts
 * import { reshape, tensor } from 'spikegrad'
 * reshape(tensor([1, 2, 3, 4]), [2, 2]).shape // [2, 2]
 * ```
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return apply(reshapeOp, [x], shape)
}
