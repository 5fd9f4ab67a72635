// Products with a mostly-zero matrix, whose non-zeros are listed once and then used by the product and its gradient.
import { nonZerosBytes, sparseScratch } from '../backend/scratch.ts'
import { Tensor } from '../tensor.ts'

/** Lists the non-zeros of x, m rows of k numbers: an int32 tensor that only the functions of this file read. */
export function listNonZeros(x: Tensor, m: number, k: number): Tensor {
  const list = new Tensor([nonZerosBytes(m, k) / 4], 'int32', x.backend)
  x.backend.kernels.listNonZeros(x.address, list.address, m, k)
  return list
}

/** out [m, n] = the listed matrix [m, k] times b [k, n], plus the bias [n] in every row if there is one; returns out. */
export function sparseProduct(
  list: Tensor,
  [m, n, k]: readonly [number, number, number],
  b: Tensor,
  out: Tensor,
  bias?: Tensor,
): Tensor {
  const { arena, kernels } = out.backend
  const scratch = arena.scratch(sparseScratch(m, k))
  kernels.sparseMatmul(list.address, b.address, bias?.address ?? 0, out.address, m, n, k, scratch)
  return out
}

/** out [k, n] = the transpose of the listed matrix [m, k] times b [m, n]; returns out. */
export function sparseTransposedProduct(
  list: Tensor,
  [m, n, k]: readonly [number, number, number],
  b: Tensor,
  out: Tensor,
): Tensor {
  const { arena, kernels } = out.backend
  const scratch = arena.scratch(sparseScratch(m, k))
  kernels.sparseTransposedMatmul(list.address, b.address, out.address, m, n, k, scratch)
  return out
}
