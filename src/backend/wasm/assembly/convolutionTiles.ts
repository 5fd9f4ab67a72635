// The inner loops of convolutions: tiles of four filters by eight or four columns, summed over the taps of a window.
import { multiplyAdd } from './simd'

/**
 * Four filters by eight columns at `out`, filters `outPlane` bytes apart: bias + sum over the taps of weight times the
 * entries at base + offset. `weights` and `bias` hold four filters side by side.
 */
export function tile8(
  base: usize,
  offsets: usize,
  taps: i32,
  weights: usize,
  bias: usize,
  out: usize,
  outPlane: usize,
): void {
  let c00 = v128.load32_splat(bias)
  let c10 = v128.load32_splat(bias, 4)
  let c20 = v128.load32_splat(bias, 8)
  let c30 = v128.load32_splat(bias, 12)
  let c01 = c00
  let c11 = c10
  let c21 = c20
  let c31 = c30
  const end = offsets + (<usize>taps << 2)
  for (; offsets < end; offsets += 4, weights += 16) {
    const at = base + <usize>load<i32>(offsets)
    const left = v128.load(at)
    const right = v128.load(at, 16)
    let w = v128.load32_splat(weights)
    c00 = multiplyAdd(w, left, c00)
    c01 = multiplyAdd(w, right, c01)
    w = v128.load32_splat(weights, 4)
    c10 = multiplyAdd(w, left, c10)
    c11 = multiplyAdd(w, right, c11)
    w = v128.load32_splat(weights, 8)
    c20 = multiplyAdd(w, left, c20)
    c21 = multiplyAdd(w, right, c21)
    w = v128.load32_splat(weights, 12)
    c30 = multiplyAdd(w, left, c30)
    c31 = multiplyAdd(w, right, c31)
  }
  v128.store(out, c00)
  v128.store(out, c01, 16)
  out += outPlane
  v128.store(out, c10)
  v128.store(out, c11, 16)
  out += outPlane
  v128.store(out, c20)
  v128.store(out, c21, 16)
  out += outPlane
  v128.store(out, c30)
  v128.store(out, c31, 16)
}

/** `tile8` for four columns. */
export function tile4(
  base: usize,
  offsets: usize,
  taps: i32,
  weights: usize,
  bias: usize,
  out: usize,
  outPlane: usize,
): void {
  let c0 = v128.load32_splat(bias)
  let c1 = v128.load32_splat(bias, 4)
  let c2 = v128.load32_splat(bias, 8)
  let c3 = v128.load32_splat(bias, 12)
  const end = offsets + (<usize>taps << 2)
  for (; offsets < end; offsets += 4, weights += 16) {
    const x = v128.load(base + <usize>load<i32>(offsets))
    c0 = multiplyAdd(v128.load32_splat(weights), x, c0)
    c1 = multiplyAdd(v128.load32_splat(weights, 4), x, c1)
    c2 = multiplyAdd(v128.load32_splat(weights, 8), x, c2)
    c3 = multiplyAdd(v128.load32_splat(weights, 12), x, c3)
  }
  v128.store(out, c0)
  v128.store(out + outPlane, c1)
  v128.store(out + outPlane * 2, c2)
  v128.store(out + outPlane * 3, c3)
}

/**
 * Adds to the eight vectors at `sums` the products of four planes of gradients (at g0 to g3) with an image at two taps, over
 * `rows` rows of `vectors` vectors; the steps of a row are in bytes. Each lane of a vector is a partial sum.
 */
export function gradientTile(
  g0: usize,
  g1: usize,
  g2: usize,
  g3: usize,
  gradientRow: usize,
  xLeft: usize,
  xRight: usize,
  xRow: usize,
  rows: i32,
  vectors: i32,
  sums: usize,
): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c10 = c00
  let c11 = c00
  let c20 = c00
  let c21 = c00
  let c30 = c00
  let c31 = c00
  const width = <usize>vectors << 4
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < width; at += 16) {
      const left = v128.load(xLeft + at)
      const right = v128.load(xRight + at)
      let g = v128.load(g0 + at)
      c00 = multiplyAdd(g, left, c00)
      c01 = multiplyAdd(g, right, c01)
      g = v128.load(g1 + at)
      c10 = multiplyAdd(g, left, c10)
      c11 = multiplyAdd(g, right, c11)
      g = v128.load(g2 + at)
      c20 = multiplyAdd(g, left, c20)
      c21 = multiplyAdd(g, right, c21)
      g = v128.load(g3 + at)
      c30 = multiplyAdd(g, left, c30)
      c31 = multiplyAdd(g, right, c31)
    }
    g0 += gradientRow
    g1 += gradientRow
    g2 += gradientRow
    g3 += gradientRow
    xLeft += xRow
    xRight += xRow
  }
  addTo(sums, c00)
  addTo(sums + 16, c01)
  addTo(sums + 32, c10)
  addTo(sums + 48, c11)
  addTo(sums + 64, c20)
  addTo(sums + 80, c21)
  addTo(sums + 96, c30)
  addTo(sums + 112, c31)
}

// @ts-ignore: decorator
@inline
function addTo(sum: usize, lanes: v128): void {
  v128.store(sum, f32x4.add(v128.load(sum), lanes))
}
