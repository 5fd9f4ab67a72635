// Matrix products with a mostly-zero left operand, given as lists of its non-zeros.
import { indicesOf, valuesOf } from './nonZeros'
import { startRows } from './products'
import { multiplyAdd } from './simd'

/** Rows of the left operand that are transposed at a time. */
const BLOCK_ROWS: i32 = 128
/** Columns of the result that are held at a time. */
const WIDE: i32 = 32
/** A product of at least so many rows packs its right operand. */
const PACKED_ROWS: i32 = 8

/**
 * out[0..32) += sum over a list of value * b[index, 0..32). Lists have `bytes` bytes; `bRow` in bytes. Exported as the
 * tiles are: inlined, it is slower.
 */
export function gatherWide(indices: usize, values: usize, bytes: usize, b: usize, bRow: usize, out: usize): void {
  let c0 = v128.load(out)
  let c1 = v128.load(out, 16)
  let c2 = v128.load(out, 32)
  let c3 = v128.load(out, 48)
  let c4 = v128.load(out, 64)
  let c5 = v128.load(out, 80)
  let c6 = v128.load(out, 96)
  let c7 = v128.load(out, 112)
  for (let at: usize = 0; at < bytes; at += 4) {
    const row = b + <usize>load<u32>(indices + at) * bRow
    const x = v128.load32_splat(values + at)
    c0 = multiplyAdd(x, v128.load(row), c0)
    c1 = multiplyAdd(x, v128.load(row, 16), c1)
    c2 = multiplyAdd(x, v128.load(row, 32), c2)
    c3 = multiplyAdd(x, v128.load(row, 48), c3)
    c4 = multiplyAdd(x, v128.load(row, 64), c4)
    c5 = multiplyAdd(x, v128.load(row, 80), c5)
    c6 = multiplyAdd(x, v128.load(row, 96), c6)
    c7 = multiplyAdd(x, v128.load(row, 112), c7)
  }
  v128.store(out, c0)
  v128.store(out, c1, 16)
  v128.store(out, c2, 32)
  v128.store(out, c3, 48)
  v128.store(out, c4, 64)
  v128.store(out, c5, 80)
  v128.store(out, c6, 96)
  v128.store(out, c7, 112)
}

/** The same for the columns left over: four at a time, then one. */
function gatherNarrow(
  indices: usize,
  values: usize,
  bytes: usize,
  b: usize,
  bRow: usize,
  out: usize,
  columns: i32,
): void {
  let column = 0
  for (; column + 4 <= columns; column += 4, b += 16, out += 16) {
    let c = v128.load(out)
    for (let at: usize = 0; at < bytes; at += 4) {
      const row = b + <usize>load<u32>(indices + at) * bRow
      c = multiplyAdd(v128.load32_splat(values + at), v128.load(row), c)
    }
    v128.store(out, c)
  }
  for (; column < columns; column++, b += 4, out += 4) {
    let c = load<f32>(out)
    for (let at: usize = 0; at < bytes; at += 4) {
      c += load<f32>(values + at) * load<f32>(b + <usize>load<u32>(indices + at) * bRow)
    }
    store<f32>(out, c)
  }
}

/** Some adjacent columns of a row of the result. */
// @ts-ignore: decorator
@inline
function gather(
  indices: usize,
  values: usize,
  bytes: usize,
  b: usize,
  bRow: usize,
  out: usize,
  columns: i32,
): void {
  if (columns == WIDE) gatherWide(indices, values, bytes, b, bRow, out)
  else gatherNarrow(indices, values, bytes, b, bRow, out, columns)
}

/** Copies 32 adjacent columns of some rows next to each other: a row's numbers then share no cache set with the next row's. */
function packColumns(b: usize, bRow: usize, rows: i32, packed: usize): void {
  for (const end = packed + (<usize>rows << 7); packed < end; packed += 128, b += bRow) {
    v128.store(packed, v128.load(b))
    v128.store(packed, v128.load(b, 16), 16)
    v128.store(packed, v128.load(b, 32), 32)
    v128.store(packed, v128.load(b, 48), 48)
    v128.store(packed, v128.load(b, 64), 64)
    v128.store(packed, v128.load(b, 80), 80)
    v128.store(packed, v128.load(b, 96), 96)
    v128.store(packed, v128.load(b, 112), 112)
  }
}

export function sparseMatmul(
  list: usize,
  b: usize,
  bias: usize,
  out: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  const indices = indicesOf(list, m)
  const values = valuesOf(list, m, k)
  startRows(bias, out, m, n)
  const row = <usize>n << 2
  // Columns outermost: what all rows read of b at a time stays in the cache.
  for (let column = 0; column < n; column += WIDE, b += WIDE * 4, out += WIDE * 4) {
    const columns = min(WIDE, n - column)
    const packs = columns == WIDE && m >= PACKED_ROWS
    if (packs) packColumns(b, row, k, scratch)
    const source = packs ? scratch : b
    const sourceRow = packs ? WIDE * 4 : row
    let start: usize = 0
    let target = out
    for (let i: usize = 0; i < <usize>m << 2; i += 4, target += row) {
      const end = <usize>load<i32>(list + i) << 2
      gather(indices + start, values + start, end - start, source, sourceRow, target, columns)
      start = end
    }
  }
}

/** Bytes of one column's row indices, or of its values: no power of two, so that lists share the cache's sets evenly. */
// @ts-ignore: decorator
@inline
function listBytes(m: i32): usize {
  return (<usize>min(m, BLOCK_ROWS) + 4) << 2
}

/**
 * Sorts the entries of some rows by column. The row indices of column p begin at lists + 2 p * bytes, its values `bytes`
 * after them; ends[p] is the address where its indices end. Returns where the entries of the next row begin.
 */
function listColumns(
  rowEnds: usize,
  indices: usize,
  values: usize,
  first: usize,
  rows: i32,
  k: i32,
  ends: usize,
  lists: usize,
  bytes: usize,
): usize {
  for (let p: usize = 0; p < <usize>k << 2; p += 4, lists += bytes * 2) store<u32>(ends + p, <u32>lists)
  let at = first
  for (let row = 0; row < rows; row++) {
    const end = <usize>load<i32>(rowEnds + (<usize>row << 2)) << 2
    for (; at < end; at += 4) {
      const cursor = ends + (<usize>load<u32>(indices + at) << 2)
      const to = <usize>load<u32>(cursor)
      store<u32>(cursor, <u32>to + 4)
      store<i32>(to, row)
      store<u32>(to + bytes, load<u32>(values + at))
    }
  }
  return at
}

export function sparseTransposedMatmul(
  list: usize,
  b: usize,
  out: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  const indices = indicesOf(list, m)
  const values = valuesOf(list, m, k)
  const row = <usize>n << 2
  const bytes = listBytes(m)
  const lists = scratch + (<usize>k << 2)
  const packed = lists + <usize>k * bytes * 2
  memory.fill(out, 0, <usize>k * row)
  let first: usize = 0
  for (let start = 0; start < m; start += BLOCK_ROWS, b += row * BLOCK_ROWS) {
    const rows = min(BLOCK_ROWS, m - start)
    first = listColumns(list + (<usize>start << 2), indices, values, first, rows, k, scratch, lists, bytes)
    for (let column = 0; column < n; column += WIDE) {
      const columns = min(WIDE, n - column)
      const source = b + (<usize>column << 2)
      const packs = columns == WIDE
      if (packs) packColumns(source, row, rows, packed)
      multiplyColumns(scratch, k, lists, bytes, packs ? packed : source, packs ? WIDE * 4 : row, out + (<usize>column << 2), row, columns)
    }
  }
}

/** Adds to some columns of all rows of the result what the lists of its rows hold. */
function multiplyColumns(
  ends: usize,
  k: i32,
  list: usize,
  bytes: usize,
  b: usize,
  bRow: usize,
  out: usize,
  outRow: usize,
  columns: i32,
): void {
  for (let p: usize = 0; p < <usize>k << 2; p += 4, out += outRow, list += bytes * 2) {
    const end = <usize>load<u32>(ends + p)
    if (end > list) gather(list, list + bytes, end - list, b, bRow, out, columns)
  }
}
