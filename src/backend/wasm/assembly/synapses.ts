// Synapses: passes over whole weight rows, vectorised across postsynaptic neurons and never across a sum.

/** Address of the weight row of spike number s. */
// @ts-ignore: decorator
@inline
function rowOf(weights: usize, columns: i32, spikes: usize, s: i32): usize {
  return weights + ((((load<i32>(spikes + ((s as usize) << 2)) as usize) * columns) as usize) << 2)
}

export function propagateDense(weights: usize, columns: i32, spikes: usize, count: i32, target: usize): void {
  const vectorBytes = ((columns & ~3) as usize) << 2
  const bytes = (columns as usize) << 2
  for (let s = 0; s < count; s++) {
    const row = rowOf(weights, columns, spikes, s)
    let at: usize = 0
    for (; at < vectorBytes; at += 16) {
      v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(row + at)))
    }
    for (; at < bytes; at += 4) store<f32>(target + at, load<f32>(target + at) + load<f32>(row + at))
  }
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
  const rates = f32x4.splat(rate)
  const minima = f32x4.splat(minimum)
  for (let s = 0; s < count; s++) {
    const row = rowOf(weights, columns, spikes, s)
    let at: usize = 0
    for (; at < vectorBytes; at += 16) {
      const weight = v128.load(row + at)
      v128.store(target + at, f32x4.add(v128.load(target + at), weight))
      const depressed = f32x4.sub(weight, f32x4.mul(rates, v128.load(trace + at)))
      v128.store(row + at, f32x4.pmax(minima, depressed))
    }
    for (; at < bytes; at += 4) {
      const weight = load<f32>(row + at)
      store<f32>(target + at, load<f32>(target + at) + weight)
      const depressed: f32 = weight - rate * load<f32>(trace + at)
      store<f32>(row + at, minimum < depressed ? depressed : minimum)
    }
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
      store<f32>(at, potentiated < maximum ? potentiated : maximum)
    }
  }
}

export function normaliseColumns(weights: usize, rows: i32, columns: i32, total: f32, scratch: usize): void {
  const vectorBytes = ((columns & ~3) as usize) << 2
  const bytes = (columns as usize) << 2
  memory.fill(scratch, 0, bytes)
  let row = weights
  for (let k = 0; k < rows; k++, row += bytes) {
    let at: usize = 0
    for (; at < vectorBytes; at += 16) {
      v128.store(scratch + at, f32x4.add(v128.load(scratch + at), v128.load(row + at)))
    }
    for (; at < bytes; at += 4) store<f32>(scratch + at, load<f32>(scratch + at) + load<f32>(row + at))
  }
  for (let at: usize = 0; at < bytes; at += 4) {
    const sum = load<f32>(scratch + at)
    store<f32>(scratch + at, sum == 0 ? 1 : total / sum)
  }
  row = weights
  for (let k = 0; k < rows; k++, row += bytes) {
    let at: usize = 0
    for (; at < vectorBytes; at += 16) {
      v128.store(row + at, f32x4.mul(v128.load(row + at), v128.load(scratch + at)))
    }
    for (; at < bytes; at += 4) store<f32>(row + at, load<f32>(row + at) * load<f32>(scratch + at))
  }
}
