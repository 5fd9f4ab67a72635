// The product of a single row and a matrix: each number of the matrix is used once, so nothing is packed.
import { multiplyAdd } from './simd'

/** out[0..n) += the row a [k] times b [k, n], whose columns are adjacent. Strides in bytes. */
function rowByRows(a: usize, aColumn: usize, b: usize, bRow: usize, out: usize, n: i32, k: i32): void {
  let column = 0
  for (; column + 16 <= n; column += 16, b += 64, out += 64) {
    let c0 = v128.load(out)
    let c1 = v128.load(out, 16)
    let c2 = v128.load(out, 32)
    let c3 = v128.load(out, 48)
    let left = a
    let right = b
    for (let p = 0; p < k; p++, left += aColumn, right += bRow) {
      const x = v128.load32_splat(left)
      c0 = multiplyAdd(x, v128.load(right), c0)
      c1 = multiplyAdd(x, v128.load(right, 16), c1)
      c2 = multiplyAdd(x, v128.load(right, 32), c2)
      c3 = multiplyAdd(x, v128.load(right, 48), c3)
    }
    v128.store(out, c0)
    v128.store(out, c1, 16)
    v128.store(out, c2, 32)
    v128.store(out, c3, 48)
  }
  for (; column + 4 <= n; column += 4, b += 16, out += 16) {
    let c = v128.load(out)
    let left = a
    let right = b
    for (let p = 0; p < k; p++, left += aColumn, right += bRow) {
      c = multiplyAdd(v128.load32_splat(left), v128.load(right), c)
    }
    v128.store(out, c)
  }
  for (; column < n; column++, b += 4, out += 4) store<f32>(out, load<f32>(out) + dotStrided(a, aColumn, b, bRow, k))
}

function dotStrided(a: usize, aStep: usize, b: usize, bStep: usize, k: i32): f32 {
  let total: f32 = 0
  for (let p = 0; p < k; p++, a += aStep, b += bStep) total += load<f32>(a) * load<f32>(b)
  return total
}

/** The inner product of k adjacent numbers. */
function dot(a: usize, b: usize, k: i32): f32 {
  const end = a + (<usize>k << 2)
  const blockEnd = a + (<usize>(k & ~15) << 2)
  let c0 = f32x4.splat(0)
  let c1 = f32x4.splat(0)
  let c2 = f32x4.splat(0)
  let c3 = f32x4.splat(0)
  for (; a < blockEnd; a += 64, b += 64) {
    c0 = multiplyAdd(v128.load(a), v128.load(b), c0)
    c1 = multiplyAdd(v128.load(a, 16), v128.load(b, 16), c1)
    c2 = multiplyAdd(v128.load(a, 32), v128.load(b, 32), c2)
    c3 = multiplyAdd(v128.load(a, 48), v128.load(b, 48), c3)
  }
  for (; a + 16 <= end; a += 16, b += 16) c0 = multiplyAdd(v128.load(a), v128.load(b), c0)
  c0 = f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3))
  let total =
    f32x4.extract_lane(c0, 0) +
    f32x4.extract_lane(c0, 1) +
    (f32x4.extract_lane(c0, 2) + f32x4.extract_lane(c0, 3))
  for (; a < end; a += 4, b += 4) total += load<f32>(a) * load<f32>(b)
  return total
}

/** out[0..n) += the row a [k] times b [k, n]. Strides in bytes. */
export function multiplyRow(
  a: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  out: usize,
  n: i32,
  k: i32,
): void {
  if (bColumn == 4) {
    rowByRows(a, aColumn, b, bRow, out, n, k)
    return
  }
  const adjacent = aColumn == 4 && bRow == 4
  for (let j = 0; j < n; j++, b += bColumn, out += 4) {
    const product = adjacent ? dot(a, b, k) : dotStrided(a, aColumn, b, bRow, k)
    store<f32>(out, load<f32>(out) + product)
  }
}
