// Entries of the last axis by index: chosen ones, the largest, and indices spread into rows of zeros and a one.
import { apply, checkOperands } from '../autograd.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { scope } from '../scope.ts'
import { formatShape, sameShape } from '../shape.ts'
import { Tensor } from '../tensor.ts'
import { checkFloats, type Op, spread, tensorBeside } from './op.ts'

/** x as [rows, columns], of which `count` columns of each row are chosen. */
function sizesOf(x: Tensor, indices: Tensor): readonly [rows: number, columns: number, count: number] {
  const columns = x.shape.at(-1)!
  return [x.size / columns, columns, indices.shape.at(-1)!]
}

/** Expects indices that are checked. */
export const gatherColumnsOp: Op<undefined> = {
  name: 'gatherColumns',
  samples: [
    {
      label: 'some columns twice',
      inputs: [
        { shape: [2, 3, 4], entry: spread(-2, 2) },
        { shape: [2, 3, 5], dtype: 'int32', entry: index => (index * 3) % 4 },
      ],
      run: ([x, indices]) => gatherColumns(x!, indices!),
    },
    {
      label: 'the largest',
      inputs: [{ shape: [3, 6], entry: spread(-4, 4) }],
      run: ([x]) => topK(x!, 4).values,
    },
  ],
  forward([x, indices]) {
    const out = tensorBeside(x!, indices!.shape)
    out.backend.kernels.gatherColumns(x!.address, indices!.address, out.address, ...sizesOf(x!, indices!))
    return out
  },
  backward({ inputs: [x, indices], gradient }) {
    const out = tensorBeside(x!, x!.shape)
    const { kernels } = out.backend
    kernels.fill(out.address, out.size, 0)
    kernels.scatterAddColumns(gradient.address, indices!.address, out.address, ...sizesOf(x!, indices!))
    return [out, undefined]
  },
}

/** Checks that an operand holds int32 numbers in [0, bound), of any shape. */
function checkEntries(operation: string, indices: Tensor, bound: number): void {
  if (indices.dtype !== 'int32') {
    throw new InvalidArgumentError(
      `${operation}: indices are int32, got ${indices.dtype} of shape ${formatShape(indices.shape)}`,
    )
  }
  const entries = indices.view()
  const wrong = entries.findIndex(index => index < 0 || index >= bound)
  if (wrong < 0) return
  throw new InvalidArgumentError(
    `${operation}: indices are integers from 0 to ${bound - 1}, got ${entries[wrong]} at position ${wrong}`,
  )
}

function lastLength(operation: string, x: Tensor): number {
  const columns = x.shape.at(-1)
  if (columns === undefined) throw new ShapeError(`${operation}: expected rank 1 or more, got a scalar`)
  return columns
}

/**
 * Entries of the last axis by index, other indices for each row: out[..., i] = x[..., indices[..., i]].
 *
 * @param x float32 [..., columns].
 * @param indices int32 [..., count], each from 0 to columns - 1.
 * @returns float32 [..., count].
 * @throws ShapeError when the shapes differ before the last axis, or x is a scalar.
 * @throws InvalidArgumentError when an index is not a column, or an operand is of another type.
 *
 * @example
 * ```ts
 * import { gatherColumns, tensor } from 'spikegrad'
 * const x = tensor([[1, 2, 3], [4, 5, 6]])
 * gatherColumns(x, tensor([[2, 0], [1, 1]], [2, 2], 'int32')).toArray() // [3, 1, 5, 5]
 * ```
 */
export function gatherColumns(x: Tensor, indices: Tensor): Tensor {
  checkOperands('gatherColumns', [x, indices])
  checkFloats('gatherColumns', [x])
  const columns = lastLength('gatherColumns', x)
  if (indices.shape.length === 0 || !sameShape(x.shape.slice(0, -1), indices.shape.slice(0, -1))) {
    throw new ShapeError(
      `gatherColumns: expected x [..., columns] and indices [..., count], got ${formatShape(x.shape)} and ` +
        `${formatShape(indices.shape)}`,
    )
  }
  checkEntries('gatherColumns', indices, columns)
  return apply(gatherColumnsOp, [x, indices], undefined)
}

/**
 * What `topK` found, both of shape [..., k].
 *
 * @example
 * ```ts
 * import { type TopK, tensor, topK } from 'spikegrad'
 * const best: TopK = topK(tensor([1, 4, 3]), 1)
 * best.indices.item() // 1
 * ```
 */
export interface TopK {
  /** float32, largest first; differentiable. */
  readonly values: Tensor
  /** int32: where in the last axis each value was. */
  readonly indices: Tensor
}

/**
 * The k largest entries along the last axis, largest first; of equals the first comes first, and NaN comes last.
 *
 * @param x float32 [..., columns].
 * @param k from 1 to columns.
 * @throws ShapeError when x is a scalar.
 * @throws InvalidArgumentError when k is not such an integer, or x is not float32.
 *
 * @example
 * ```ts
 * import { tensor, topK } from 'spikegrad'
 * const { values, indices } = topK(tensor([[1, 4, 3], [9, 7, 8]]), 2)
 * values.toArray() // [4, 3, 9, 8]
 * indices.toArray() // [1, 2, 0, 2]
 * ```
 */
export function topK(x: Tensor, k: number): TopK {
  checkOperands('topK', [x])
  checkFloats('topK', [x])
  const columns = lastLength('topK', x)
  if (!Number.isInteger(k) || k < 1 || k > columns) {
    throw new InvalidArgumentError(
      `topK: k is an integer from 1 to ${columns}, the last length of shape ${formatShape(x.shape)}, got ${k}`,
    )
  }
  return scope(() => {
    const indices = new Tensor(x.shape.with(-1, k), 'int32', x.backend)
    x.backend.kernels.topK(x.address, indices.address, x.size / columns, columns, k)
    return { values: apply(gatherColumnsOp, [x, indices], undefined), indices }
  })
}

/**
 * For each index a row of zeros with a one at that place. Not differentiable.
 *
 * @param indices int32, of any shape, each from 0 to classes - 1.
 * @param classes length of the new last axis.
 * @returns float32 [..., classes].
 * @throws InvalidArgumentError when an index is not a class, the indices are not int32, or `classes` is not a positive
 * integer.
 *
 * @example
 * ```ts
 * import { oneHot, tensor } from 'spikegrad'
 * oneHot(tensor(Int32Array.of(2, 0)), 3).toArray() // [0, 0, 1, 1, 0, 0]
 * ```
 */
export function oneHot(indices: Tensor, classes: number): Tensor {
  checkOperands('oneHot', [indices])
  if (!Number.isSafeInteger(classes) || classes < 1) {
    throw new InvalidArgumentError(`oneHot: classes is a positive integer, got ${classes}`)
  }
  checkEntries('oneHot', indices, classes)
  const out = tensorBeside(indices, [...indices.shape, classes])
  const entries = out.view().fill(0)
  for (const [i, index] of indices.view().entries()) entries[i * classes + index] = 1
  return out
}
