// Synapses: passes over whole weight rows, vectorised across postsynaptic neurons and never across a sum.
import { pinned } from './simd'

/** Address of the weight row of spike number s. */
// @ts-ignore: decorator
@inline
function rowOf(weights: usize, columns: i32, spikes: usize, s: i32): usize {
  return weights + ((((load<i32>(spikes + ((s as usize) << 2)) as usize) * columns) as usize) << 2)
}

/** x, or `minimum` where it is below; a NaN stays one, as in pmax. */
// @ts-ignore: decorator
@inline
function atLeast(x: f32, minimum: f32): f32 {
  return x < minimum ? minimum : x
}

export function propagateDense(weights: usize, columns: i32, spikes: usize, count: i32, target: usize): void {
  const vectorBytes = ((columns & ~3) as usize) << 2
  const bytes = (columns as usize) << 2
  let s = 0
  for (; s + 2 <= count; s += 2) {
    const first = rowOf(weights, columns, spikes, s)
    const second = rowOf(weights, columns, spikes, s + 1)
    let at: usize = 0
    for (; at < vectorBytes; at += 16) {
      const sum = f32x4.add(v128.load(target + at), v128.load(first + at))
      v128.store(target + at, f32x4.add(sum, v128.load(second + at)))
    }
    for (; at < bytes; at += 4) {
      store<f32>(target + at, load<f32>(target + at) + load<f32>(first + at) + load<f32>(second + at))
    }
  }
  if (s == count) return
  const row = rowOf(weights, columns, spikes, s)
  let at: usize = 0
  for (; at < vectorBytes; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(row + at)))
  }
  for (; at < bytes; at += 4) store<f32>(target + at, load<f32>(target + at) + load<f32>(row + at))
}

export function propagateDenseDepressing(
  weights: usize,
  columns: i32,
  spikes: usize,
  count: i32,
  target: usize,
  trace: usize,
  rate: f32,
  minimum: f32,
): void {
  const vectorBytes = ((columns & ~3) as usize) << 2
  const bytes = (columns as usize) << 2
  const rates = pinned(rate)
  const minima = pinned(minimum)
  let s = 0
  // Two spikes in one pass share what both need of target and trace; the order of the sums stays that of the spikes.
  for (; s + 2 <= count; s += 2) {
    const first = rowOf(weights, columns, spikes, s)
    const second = rowOf(weights, columns, spikes, s + 1)
    let at: usize = 0
    for (; at < vectorBytes; at += 16) {
      const depression = f32x4.mul(rates, v128.load(trace + at))
      const weight0 = v128.load(first + at)
      const weight1 = v128.load(second + at)
      v128.store(target + at, f32x4.add(f32x4.add(v128.load(target + at), weight0), weight1))
      v128.store(first + at, f32x4.pmax(f32x4.sub(weight0, depression), minima))
      v128.store(second + at, f32x4.pmax(f32x4.sub(weight1, depression), minima))
    }
    for (; at < bytes; at += 4) {
      const depression: f32 = rate * load<f32>(trace + at)
      const weight0 = load<f32>(first + at)
      const weight1 = load<f32>(second + at)
      store<f32>(target + at, load<f32>(target + at) + weight0 + weight1)
      store<f32>(first + at, atLeast(weight0 - depression, minimum))
      store<f32>(second + at, atLeast(weight1 - depression, minimum))
    }
  }
  if (s == count) return
  const row = rowOf(weights, columns, spikes, s)
  let at: usize = 0
  for (; at < vectorBytes; at += 16) {
    const weight = v128.load(row + at)
    v128.store(target + at, f32x4.add(v128.load(target + at), weight))
    const depression = f32x4.mul(rates, v128.load(trace + at))
    v128.store(row + at, f32x4.pmax(f32x4.sub(weight, depression), minima))
  }
  for (; at < bytes; at += 4) {
    const weight = load<f32>(row + at)
    store<f32>(target + at, load<f32>(target + at) + weight)
    store<f32>(row + at, atLeast(weight - rate * load<f32>(trace + at), minimum))
  }
}

export function propagateOneToOne(spikes: usize, count: i32, target: usize, weight: f32): void {
  for (let s = 0; s < count; s++) {
    const at = target + ((load<i32>(spikes + ((s as usize) << 2)) as usize) << 2)
    store<f32>(at, load<f32>(at) + weight)
  }
}

export function propagateAllButOwn(
  spikes: usize,
  count: i32,
  target: usize,
  n: i32,
  weight: f32,
  scratch: usize,
): void {
  const fromAll: f32 = weight * (count as f32)
  const fromOthers: f32 = weight * ((count - 1) as f32)
  for (let s: usize = 0; s < (count as usize); s++) {
    const own = target + ((load<i32>(spikes + (s << 2)) as usize) << 2)
    store<f32>(scratch + (s << 2), load<f32>(own) + fromOthers)
  }
  const vectorBytes = ((n & ~3) as usize) << 2
  const bytes = (n as usize) << 2
  const additions = f32x4.splat(fromAll)
  let at: usize = 0
  for (; at < vectorBytes; at += 16) v128.store(target + at, f32x4.add(v128.load(target + at), additions))
  for (; at < bytes; at += 4) store<f32>(target + at, load<f32>(target + at) + fromAll)
  for (let s: usize = 0; s < (count as usize); s++) {
    const own = target + ((load<i32>(spikes + (s << 2)) as usize) << 2)
    store<f32>(own, load<f32>(scratch + (s << 2)))
  }
}

export function potentiateColumns(
  weights: usize,
  rows: i32,
  columns: i32,
  spikes: usize,
  count: i32,
  trace: usize,
  factor: usize,
  rate: f32,
  maximum: f32,
): void {
  const rowBytes = (columns as usize) << 2
  for (let s = 0; s < count; s++) {
    const column = (load<i32>(spikes + ((s as usize) << 2)) as usize) << 2
    const step: f32 = rate * load<f32>(factor + column)
    let at = weights + column
    for (let k = 0; k < rows; k++, at += rowBytes) {
      const x = load<f32>(trace + ((k as usize) << 2))
      if (x == 0) continue
      const potentiated: f32 = load<f32>(at) + step * x
      store<f32>(at, potentiated > maximum ? maximum : potentiated)
    }
  }
}

export function normaliseColumns(weights: usize, rows: i32, columns: i32, total: f32, scratch: usize): void {
  const bytes = (columns as usize) << 2
  const end = weights + bytes * (rows as usize)
  let at: usize = 0
  // Sixteen columns at a time, their sums in registers.
  for (; at + 64 <= bytes; at += 64) {
    let sum0 = f32x4.splat(0)
    let sum1 = sum0
    let sum2 = sum0
    let sum3 = sum0
    for (let row = weights + at; row < end; row += bytes) {
      sum0 = f32x4.add(sum0, v128.load(row))
      sum1 = f32x4.add(sum1, v128.load(row, 16))
      sum2 = f32x4.add(sum2, v128.load(row, 32))
      sum3 = f32x4.add(sum3, v128.load(row, 48))
    }
    v128.store(scratch + at, sum0)
    v128.store(scratch + at, sum1, 16)
    v128.store(scratch + at, sum2, 32)
    v128.store(scratch + at, sum3, 48)
  }
  for (; at < bytes; at += 4) {
    let sum: f32 = 0
    for (let row = weights + at; row < end; row += bytes) sum += load<f32>(row)
    store<f32>(scratch + at, sum)
  }
  for (at = 0; at < bytes; at += 4) {
    const sum = load<f32>(scratch + at)
    store<f32>(scratch + at, sum == 0 ? 1 : total / sum)
  }
  at = 0
  for (; at + 64 <= bytes; at += 64) {
    const scale0 = v128.load(scratch + at)
    const scale1 = v128.load(scratch + at, 16)
    const scale2 = v128.load(scratch + at, 32)
    const scale3 = v128.load(scratch + at, 48)
    for (let row = weights + at; row < end; row += bytes) {
      v128.store(row, f32x4.mul(v128.load(row), scale0))
      v128.store(row, f32x4.mul(v128.load(row, 16), scale1), 16)
      v128.store(row, f32x4.mul(v128.load(row, 32), scale2), 32)
      v128.store(row, f32x4.mul(v128.load(row, 48), scale3), 48)
    }
  }
  for (; at < bytes; at += 4) {
    const scale = load<f32>(scratch + at)
    for (let row = weights + at; row < end; row += bytes) store<f32>(row, load<f32>(row) * scale)
  }
}
