// The logarithm of a sum of exponentials over the middle axis of [outer, length, inner], shifted so that none overflows.
import { expLanes, logLanes } from './exponentials'
import { sumOfLanes } from './simd'

/** What to subtract before exponentiating: the largest entry, or 0 where that is infinite (infinity less itself is NaN). */
// @ts-ignore: decorator
@inline
function shiftOf(largest: v128): v128 {
  const infinite = f32x4.eq(f32x4.abs(largest), f32x4.splat(f32.POSITIVE_INFINITY))
  return v128.andnot(largest, infinite)
}

/** Terms of each lane that are added in float32 before a total in float64 takes them. */
const TERMS: i32 = 256

/** Four columns of [length, inner] at x. */
// @ts-ignore: decorator
@inline
function fourColumns(x: usize, length: i32, stride: usize): v128 {
  let largest = f32x4.splat(f32.NEGATIVE_INFINITY)
  let at = x
  for (let j = 0; j < length; j++, at += stride) largest = f32x4.max(largest, v128.load(at))
  const shift = shiftOf(largest)
  let low = f64x2.splat(0)
  let high = low
  at = x
  for (let row = 0; row < length; row += TERMS) {
    const end = at + stride * <usize>min(length - row, TERMS)
    let sums = f32x4.splat(0)
    for (; at < end; at += stride) sums = f32x4.add(sums, expLanes(f32x4.sub(v128.load(at), shift)))
    low = f64x2.add(low, f64x2.promote_low_f32x4(sums))
    high = f64x2.add(high, f64x2.promote_low_f32x4(i32x4.shuffle(sums, sums, 2, 3, 2, 3)))
  }
  const total = i32x4.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5)
  return f32x4.add(logLanes(total), shift)
}

/** One column, its entries `stride` bytes apart; four entries at a time when they are neighbours. */
// @ts-ignore: decorator
@inline
function oneColumn(x: usize, length: i32, stride: usize): f32 {
  const vectors = stride == 4 ? length & ~3 : 0
  const rest = x + (<usize>vectors << 2)
  const end = x + <usize>length * stride
  let lanes = f32x4.splat(f32.NEGATIVE_INFINITY)
  for (let at = x; at < rest; at += 16) lanes = f32x4.max(lanes, v128.load(at))
  for (let at = rest; at < end; at += stride) lanes = f32x4.max(lanes, v128.load32_splat(at))
  lanes = f32x4.max(lanes, i32x4.shuffle(lanes, lanes, 2, 3, 0, 1))
  lanes = f32x4.max(lanes, i32x4.shuffle(lanes, lanes, 1, 0, 3, 2))
  const shift = shiftOf(lanes)
  let total: f64 = 0
  for (let at = x; at < rest; ) {
    const blockEnd = min(at + (TERMS << 4), rest)
    let sums = f32x4.splat(0)
    for (; at < blockEnd; at += 16) sums = f32x4.add(sums, expLanes(f32x4.sub(v128.load(at), shift)))
    total += <f64>sumOfLanes(sums)
  }
  for (let at = rest; at < end; at += stride) {
    total += <f64>f32x4.extract_lane(expLanes(f32x4.sub(v128.load32_splat(at), shift)), 0)
  }
  return f32x4.extract_lane(f32x4.add(logLanes(f32x4.splat(<f32>total)), shift), 0)
}

export function logSumExp(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const stride = <usize>inner << 2
  for (let i = 0; i < outer; i++, x += stride * <usize>(length - 1)) {
    let column = 0
    for (; column + 4 <= inner; column += 4, x += 16, out += 16) v128.store(out, fourColumns(x, length, stride))
    for (; column < inner; column++, x += 4, out += 4) store<f32>(out, oneColumn(x, length, stride))
  }
}
