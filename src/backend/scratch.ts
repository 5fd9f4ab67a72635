// How much working space the products want: sizes that both backends' callers and the kernels agree on.

/** Columns and depth of the block of b that a product packs, and the multiple of columns that it packs. */
const BLOCK_COLUMNS = 528
const BLOCK_DEPTH = 256
const COLUMN_UNIT = 24
/** Room for one tile, and for the packed rows of a. */
const TILE_BYTES = 192
const STRIP_BYTES = 48 * BLOCK_DEPTH
/** Rows that a transposed sparse product sorts at a time, and columns that either sparse product packs at a time. */
const SPARSE_ROWS = 128
const SPARSE_COLUMNS = 32

/** Bytes of scratch that `matmul` wants. */
export function matmulScratch(n: number, k: number): number {
  const columns = Math.ceil(Math.min(n, BLOCK_COLUMNS) / COLUMN_UNIT) * COLUMN_UNIT
  return TILE_BYTES + STRIP_BYTES + columns * Math.min(k, BLOCK_DEPTH) * 4
}

/** Bytes of scratch that `sparseMatmul` and `sparseTransposedMatmul` want for a left operand [m, k]. */
export function sparseScratch(m: number, k: number): number {
  const rows = Math.min(m, SPARSE_ROWS)
  const lists = k * (4 + 8 * (rows + 4))
  return Math.max(k * SPARSE_COLUMNS * 4, lists + rows * SPARSE_COLUMNS * 4)
}

/** Bytes of the list of non-zeros of a matrix [rows, columns]: see `listNonZeros` in the contract. */
export function nonZerosBytes(rows: number, columns: number): number {
  return 4 * rows + 8 * (rows * columns + 4)
}
