// Softmax and cross-entropy over rows, both shifted by the row's maximum so that no exponential overflows.
import { expLanes, expScalar, logScalar } from './exponentials'
import { sumOfLanes } from './simd'

/** Largest of n numbers; NaN if one is. */
// @ts-ignore: decorator
@inline
function largest(x: usize, n: i32): f32 {
  let result = load<f32>(x)
  for (let i = 1; i < n; i++) result = max<f32>(result, load<f32>(x + (<usize>i << 2)))
  return result
}

/** Terms that are added in float32 before a total in float64 takes them. */
const TERMS: i32 = 1024

/** out = exp(x - shift) over n numbers; returns their sum. */
// @ts-ignore: decorator
@inline
function shiftedExponentials(x: usize, out: usize, n: i32, shift: f32): f32 {
  const shiftLanes = f32x4.splat(shift)
  let taken: f64 = 0
  let sums = f32x4.splat(0)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const at = <usize>i << 2
    const lanes = expLanes(f32x4.sub(v128.load(x + at), shiftLanes))
    v128.store(out + at, lanes)
    sums = f32x4.add(sums, lanes)
    if (i % TERMS == TERMS - 4) {
      taken += <f64>sumOfLanes(sums)
      sums = f32x4.splat(0)
    }
  }
  let total = sumOfLanes(sums)
  for (; i < n; i++) {
    const at = <usize>i << 2
    const value = expScalar(load<f32>(x + at) - shift)
    store<f32>(out + at, value)
    total += value
  }
  return <f32>(taken + <f64>total)
}

/** x = x / divisor over n numbers, in place. */
// @ts-ignore: decorator
@inline
function divideRow(x: usize, n: i32, divisor: f32): void {
  const lanes = f32x4.splat(divisor)
  const end = x + (<usize>n << 2)
  const vectorEnd = x + (<usize>(n & ~3) << 2)
  for (; x < vectorEnd; x += 16) v128.store(x, f32x4.div(v128.load(x), lanes))
  for (; x < end; x += 4) store<f32>(x, load<f32>(x) / divisor)
}

export function softmax(x: usize, out: usize, rows: i32, columns: i32): void {
  const step = <usize>columns << 2
  for (let row = 0; row < rows; row++, x += step, out += step) {
    const total = shiftedExponentials(x, out, columns, largest(x, columns))
    divideRow(out, columns, total)
  }
}

export function softmaxGradient(y: usize, gradient: usize, out: usize, rows: i32, columns: i32): void {
  const step = <usize>columns << 2
  for (let row = 0; row < rows; row++, y += step, gradient += step, out += step) {
    let total: f64 = 0
    for (let at: usize = 0; at < step; at += 4) total += <f64>load<f32>(y + at) * <f64>load<f32>(gradient + at)
    const dot = <f32>total
    for (let at: usize = 0; at < step; at += 4) {
      store<f32>(out + at, load<f32>(y + at) * (load<f32>(gradient + at) - dot))
    }
  }
}

export function crossEntropy(
  logits: usize,
  labels: usize,
  probabilities: usize,
  losses: usize,
  rows: i32,
  columns: i32,
): void {
  const step = <usize>columns << 2
  for (let row = 0; row < rows; row++, logits += step, probabilities += step, labels += 4, losses += 4) {
    const shift = largest(logits, columns)
    const total = shiftedExponentials(logits, probabilities, columns, shift)
    divideRow(probabilities, columns, total)
    const chosen = load<f32>(logits + (<usize>load<i32>(labels) << 2))
    store<f32>(losses, logScalar(total) - (chosen - shift))
  }
}

export function crossEntropyGradient(
  probabilities: usize,
  labels: usize,
  gradient: usize,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  for (let row = 0; row < rows; row++, labels += 4, gradient += 4) {
    const label = load<i32>(labels)
    const factor = load<f32>(gradient)
    for (let column = 0; column < columns; column++, probabilities += 4, out += 4) {
      const target: f32 = column == label ? 1 : 0
      store<f32>(out, factor * (load<f32>(probabilities) - target))
    }
  }
}
