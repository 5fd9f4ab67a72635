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
 * out[0..n) = sum over the list of value * b[row]. Sixteen columns at a time: one cache line of each row, faster
 * than 32 (eight accumulators) by a third; then four, then one.
 */
// @ts-ignore: decorator
@inline
function gatherProducts(list: usize, listEnd: usize, b: usize, out: usize, n: i32): void {
  let column = 0
  for (; column + 16 <= n; column += 16, b += 64, out += 64) {
    let c0 = f32x4.splat(0)
    let c1 = f32x4.splat(0)
    let c2 = f32x4.splat(0)
    let c3 = f32x4.splat(0)
    for (let at = list; at < listEnd; at += 8) {
      const row = b + load<u32>(at)
      const x = v128.load32_splat(at, 4)
      c0 = multiplyAdd(x, v128.load(row), c0)
      c1 = multiplyAdd(x, v128.load(row, 16), c1)
      c2 = multiplyAdd(x, v128.load(row, 32), c2)
      c3 = multiplyAdd(x, v128.load(row, 48), c3)
    }
    v128.store(out, c0)
    v128.store(out, c1, 16)
    v128.store(out, c2, 32)
    v128.store(out, c3, 48)
  }
  for (; column + 4 <= n; column += 4, b += 16, out += 16) {
    let c = f32x4.splat(0)
    for (let at = list; at < listEnd; at += 8) {
      c = multiplyAdd(v128.load32_splat(at, 4), v128.load(b + load<u32>(at)), c)
    }
    v128.store(out, c)
  }
  for (; column < n; column++, b += 4, out += 4) {
    let c: f32 = 0
    for (let at = list; at < listEnd; at += 8) c += load<f32>(at, 4) * load<f32>(b + load<u32>(at))
    store<f32>(out, c)
  }
}

export function sparseMatmul(a: usize, b: usize, out: usize, m: i32, n: i32, k: i32, scratch: usize): void {
  const outRow = <usize>n << 2
  for (let i = 0; i < m; i++, a += <usize>k << 2, out += outRow) {
    const listEnd = listNonZeros(a, k, <u32>outRow, scratch)
    gatherProducts(scratch, listEnd, b, out, n)
  }
}

/** out[row] += value * b[0..n) for every listed (row, value); 32 columns of b held in eight registers. */
// @ts-ignore: decorator
@inline
function scatterProducts(list: usize, listEnd: usize, b: usize, out: usize, n: i32): void {
  let column = 0
  for (; column + 32 <= n; column += 32, b += 128, out += 128) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const b2 = v128.load(b, 32)
    const b3 = v128.load(b, 48)
    const b4 = v128.load(b, 64)
    const b5 = v128.load(b, 80)
    const b6 = v128.load(b, 96)
    const b7 = v128.load(b, 112)
    for (let at = list; at < listEnd; at += 8) {
      const row = out + load<u32>(at)
      const x = v128.load32_splat(at, 4)
      v128.store(row, multiplyAdd(x, b0, v128.load(row)))
      v128.store(row, multiplyAdd(x, b1, v128.load(row, 16)), 16)
      v128.store(row, multiplyAdd(x, b2, v128.load(row, 32)), 32)
      v128.store(row, multiplyAdd(x, b3, v128.load(row, 48)), 48)
      v128.store(row, multiplyAdd(x, b4, v128.load(row, 64)), 64)
      v128.store(row, multiplyAdd(x, b5, v128.load(row, 80)), 80)
      v128.store(row, multiplyAdd(x, b6, v128.load(row, 96)), 96)
      v128.store(row, multiplyAdd(x, b7, v128.load(row, 112)), 112)
    }
  }
  for (; column + 4 <= n; column += 4, b += 16, out += 16) {
    const lanes = v128.load(b)
    for (let at = list; at < listEnd; at += 8) {
      const row = out + load<u32>(at)
      v128.store(row, multiplyAdd(v128.load32_splat(at, 4), lanes, v128.load(row)))
    }
  }
  for (; column < n; column++, b += 4, out += 4) {
    const value = load<f32>(b)
    for (let at = list; at < listEnd; at += 8) {
      const row = out + load<u32>(at)
      store<f32>(row, load<f32>(row) + load<f32>(at, 4) * value)
    }
  }
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
  const outRow = <usize>n << 2
  memory.fill(out, 0, <usize>k * outRow)
  for (let i = 0; i < m; i++, a += <usize>k << 2, b += outRow) {
    const listEnd = listNonZeros(a, k, <u32>outRow, scratch)
    scatterProducts(scratch, listEnd, b, out, n)
  }
}
