// Matrix products that skip the zeros of a mostly-zero left operand.
import { multiplyAdd } from './simd'

/** Writes a pair to a list; returns the list's end, which only a non-zero value moves. */
// @ts-ignore: decorator
@inline
function append(list: usize, offset: u32, value: f32): usize {
  store<u32>(list, offset)
  store<f32>(list, value, 4)
  return list + (value != 0 ? 8 : 0)
}

/** Lists the non-zeros of a row as pairs (index * stride, value), eight bytes each; returns the list's end. */
// @ts-ignore: decorator
@inline
function listNonZeros(row: usize, k: i32, stride: u32, list: usize): usize {
  let offset: u32 = 0
  let p = 0
  for (; p + 4 <= k; p += 4, row += 16, offset += stride * 4) {
    if (!v128.any_true(v128.load(row))) continue
    list = append(list, offset, load<f32>(row))
    list = append(list, offset + stride, load<f32>(row, 4))
    list = append(list, offset + stride * 2, load<f32>(row, 8))
    list = append(list, offset + stride * 3, load<f32>(row, 12))
  }
  for (; p < k; p++, row += 4, offset += stride) list = append(list, offset, load<f32>(row))
  return list
}

/**
 * out[0..n) = sum over the list of value * b[row], added to what is there when `accumulate`; 32 columns in eight
 * accumulators, then four, then one.
 */
// @ts-ignore: decorator
@inline
function gatherProducts(
  list: usize,
  listEnd: usize,
  b: usize,
  out: usize,
  n: i32,
  accumulate: bool,
): void {
  const zero = f32x4.splat(0)
  let column = 0
  for (; column + 32 <= n; column += 32, b += 128, out += 128) {
    let c0 = accumulate ? v128.load(out) : zero
    let c1 = accumulate ? v128.load(out, 16) : zero
    let c2 = accumulate ? v128.load(out, 32) : zero
    let c3 = accumulate ? v128.load(out, 48) : zero
    let c4 = accumulate ? v128.load(out, 64) : zero
    let c5 = accumulate ? v128.load(out, 80) : zero
    let c6 = accumulate ? v128.load(out, 96) : zero
    let c7 = accumulate ? v128.load(out, 112) : zero
    for (let at = list; at < listEnd; at += 8) {
      const row = b + load<u32>(at)
      const x = v128.load32_splat(at, 4)
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
  for (; column + 4 <= n; column += 4, b += 16, out += 16) {
    let c = accumulate ? v128.load(out) : zero
    for (let at = list; at < listEnd; at += 8) {
      c = multiplyAdd(v128.load32_splat(at, 4), v128.load(b + load<u32>(at)), c)
    }
    v128.store(out, c)
  }
  for (; column < n; column++, b += 4, out += 4) {
    let c: f32 = accumulate ? load<f32>(out) : 0
    for (let at = list; at < listEnd; at += 8) c += load<f32>(at, 4) * load<f32>(b + load<u32>(at))
    store<f32>(out, c)
  }
}

export function sparseMatmul(a: usize, b: usize, out: usize, m: i32, n: i32, k: i32, scratch: usize): void {
  const outRow = <usize>n << 2
  for (let i = 0; i < m; i++, a += <usize>k << 2, out += outRow) {
    const listEnd = listNonZeros(a, k, <u32>outRow, scratch)
    gatherProducts(scratch, listEnd, b, out, n, false)
  }
}

/** Rows of a that `sparseTransposedMatmul` lists at a time: few enough that their rows of b stay in the cache. */
const LISTED_ROWS: i32 = 256
const LIST_BYTES: usize = 8 * LISTED_ROWS

/** out[four rows, :] (+)= transpose of four columns of a times b, from a list of each column's non-zeros. */
function multiplyFourColumns(
  a: usize,
  aRow: usize,
  rows: i32,
  b: usize,
  out: usize,
  n: i32,
  lists: usize,
  accumulate: bool,
): void {
  const outRow = <usize>n << 2
  let end0 = lists
  let end1 = lists + LIST_BYTES
  let end2 = lists + LIST_BYTES * 2
  let end3 = lists + LIST_BYTES * 3
  let offset: u32 = 0
  for (let i = 0; i < rows; i++, a += aRow, offset += <u32>outRow) {
    const lanes = v128.load(a)
    if (!v128.any_true(lanes)) continue
    end0 = append(end0, offset, f32x4.extract_lane(lanes, 0))
    end1 = append(end1, offset, f32x4.extract_lane(lanes, 1))
    end2 = append(end2, offset, f32x4.extract_lane(lanes, 2))
    end3 = append(end3, offset, f32x4.extract_lane(lanes, 3))
  }
  gatherColumns(lists, end0, b, out, n, accumulate)
  gatherColumns(lists + LIST_BYTES, end1, b, out + outRow, n, accumulate)
  gatherColumns(lists + LIST_BYTES * 2, end2, b, out + outRow * 2, n, accumulate)
  gatherColumns(lists + LIST_BYTES * 3, end3, b, out + outRow * 3, n, accumulate)
}

/** `gatherProducts`, not inlined. */
function gatherColumns(list: usize, listEnd: usize, b: usize, out: usize, n: i32, accumulate: bool): void {
  gatherProducts(list, listEnd, b, out, n, accumulate)
}

/** The same for one column. */
function multiplyOneColumn(
  a: usize,
  aRow: usize,
  rows: i32,
  b: usize,
  out: usize,
  n: i32,
  list: usize,
  accumulate: bool,
): void {
  let end = list
  let offset: u32 = 0
  for (let i = 0; i < rows; i++, a += aRow, offset += <u32>n << 2) end = append(end, offset, load<f32>(a))
  gatherColumns(list, end, b, out, n, accumulate)
}

export function sparseTransposedMatmul(
  a: usize,
  b: usize,
  out: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  const aRow = <usize>k << 2
  const outRow = <usize>n << 2
  for (let start = 0; start < m; start += LISTED_ROWS) {
    const rows = min(LISTED_ROWS, m - start)
    const accumulate = start > 0
    let column = 0
    for (; column + 4 <= k; column += 4) {
      const at = a + (<usize>column << 2)
      multiplyFourColumns(at, aRow, rows, b, out + <usize>column * outRow, n, scratch, accumulate)
    }
    for (; column < k; column++) {
      const at = a + (<usize>column << 2)
      multiplyOneColumn(at, aRow, rows, b, out + <usize>column * outRow, n, scratch, accumulate)
    }
    a += <usize>rows * aRow
    b += <usize>rows * outRow
  }
}
