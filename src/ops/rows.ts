// Rearranging a tensor: choosing rows by index, and the same entries under another shape.
import { apply } from '../autograd.ts'
import { ShapeError } from '../errors.ts'
import { checkShape, formatShape, type Shape, sizeOf } from '../shape.ts'
import { Tensor } from '../tensor.ts'
import { copyAs } from './broadcast.ts'
import { checkIndices, type Op, spread, tensorBeside } from './op.ts'

/** Rows of `columns` bytes of x, by index. */
function gatherBytes(x: Tensor, indices: Tensor, out: Tensor, columns: number): void {
  const { uint8 } = x.backend.memory
  for (const [i, row] of indices.view().entries()) {
    const source = x.address + row * columns
    uint8.copyWithin(out.address + i * columns, source, source + columns)
  }
}

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
    const [rows, ...rest] = x!.shape
    if (rows === undefined) throw new ShapeError('gatherRows: expected rank 1 or more, got a scalar')
    checkIndices('gatherRows', 'indices', indices!, rows)
    const out = new Tensor([indices!.size, ...rest], x!.dtype, x!.backend)
    const columns = sizeOf(rest)
    if (x!.dtype === 'uint8') gatherBytes(x!, indices!, out, columns)
    else x!.backend.kernels.gatherRows(x!.address, indices!.address, out.address, indices!.size, columns)
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

/**
 * The shape that x is given; a length of -1 is what is left over.
 * @throws ShapeError when it does not have as many entries as x.
 */
function filledShape(x: Tensor, shape: Shape): Shape {
  const open = Array.isArray(shape) ? shape.indexOf(-1) : -1
  const others = open < 0 ? shape : shape.toSpliced(open, 1)
  checkShape('reshape', others)
  const filled = open < 0 ? [...shape] : shape.with(open, x.size / sizeOf(others))
  if (sizeOf(filled) === x.size && filled.every(Number.isInteger)) return filled
  throw new ShapeError(
    `reshape: shape ${formatShape(x.shape)} has ${x.size} entries, ` +
      (open < 0
        ? `${formatShape(shape)} has ${sizeOf(shape)}`
        : `${formatShape(shape)} does not divide them`),
  )
}

export const reshapeOp: Op<Shape> = {
  name: 'reshape',
  samples: [
    {
      label: 'two axes to three',
      inputs: [{ shape: [4, 6], entry: spread(-2, 2) }],
      run: inputs => reshape(inputs[0]!, [2, 3, 4]),
    },
    {
      label: 'to a length that is left over',
      inputs: [{ shape: [4, 6], entry: spread(-2, 2) }],
      run: inputs => reshape(inputs[0]!, [3, -1]),
    },
  ],
  forward([x], shape) {
    const given = filledShape(x!, shape)
    if (x!.dtype !== 'uint8') return copyAs(x!, given)
    const out = new Tensor(given, 'uint8', x!.backend)
    out.view().set(x!.view())
    return out
  },
  backward: ({ inputs: [x], gradient }) => [copyAs(gradient, x!.shape)],
}

/**
 * Rows of x in the order of `indices`: x [rows, ...] and int32 indices [n] give [n, ...].
 * @param x of any type.
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
 * @param x of any type and shape.
 * @param shape as many entries as x has; one length may be -1, for what is left over.
 * @throws ShapeError when the sizes differ.
 *
 * @example
 * ```ts
 * import { reshape, tensor } from 'spikegrad'
 * reshape(tensor([1, 2, 3, 4]), [2, 2]).shape // [2, 2]
 * reshape(tensor([1, 2, 3, 4, 5, 6]), [-1, 2]).shape // [3, 2]
 * ```
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return apply(reshapeOp, [x], shape)
}
