// The logarithm of a sum of exponentials over the middle axis of [outer, length, inner], shifted so that none overflows.
import { expLanes, logLanes } from './exponentials'

/** What to subtract before exponentiating: the largest entry, or 0 where that is infinite (infinity less itself is NaN). */
// @ts-ignore: decorator
@inline
function shiftOf(largest: v128): v128 {
  const infinite = f32x4.eq(f32x4.abs(largest), f32x4.splat(f32.POSITIVE_INFINITY))
  return v128.andnot(largest, infinite)
}

/** Four columns of [length, inner] at x. */
// @ts-ignore: decorator
@inline
function fourColumns(x: usize, length: i32, stride: usize): v128 {
  let largest = f32x4.splat(f32.NEGATIVE_INFINITY)
  let at = x
  for (let j = 0; j < length; j++, at += stride) largest = f32x4.max(largest, v128.load(at))
  const shift = shiftOf(largest)
  let total = f32x4.splat(0)
  at = x
  for (let j = 0; j < length; j++, at += stride) {
    total = f32x4.add(total, expLanes(f32x4.sub(v128.load(at), shift)))
  }
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
  let total = f32x4.splat(0)
  for (let at = x; at < rest; at += 16) {
    total = f32x4.add(total, expLanes(f32x4.sub(v128.load(at), shift)))
  }
  total = f32x4.add(total, i32x4.shuffle(total, total, 2, 3, 0, 1))
  total = f32x4.add(total, i32x4.shuffle(total, total, 1, 0, 3, 2))
  for (let at = rest; at < end; at += stride) {
    total = f32x4.add(total, expLanes(f32x4.sub(v128.load32_splat(at), shift)))
  }
  return f32x4.extract_lane(f32x4.add(logLanes(total), shift), 0)
}

export function logSumExp(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const stride = <usize>inner << 2
  for (let i = 0; i < outer; i++, x += stride * <usize>(length - 1)) {
    let column = 0
    for (; column + 4 <= inner; column += 4, x += 16, out += 16) v128.store(out, fourColumns(x, length, stride))
    for (; column < inner; column++, x += 4, out += 4) store<f32>(out, oneColumn(x, length, stride))
  }
}
