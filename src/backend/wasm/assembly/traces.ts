// Traces and counters.
import { FADED, flushFaded, MAGNITUDE, pinned } from './simd'

export function decay(x: usize, n: i32, factor: f32): void {
  const end = x + ((n as usize) << 2)
  const vectorEnd = x + (((n & ~3) as usize) << 2)
  const factors = pinned(factor)
  const faded = pinned(FADED)
  const magnitude = pinned(reinterpret<f32>(MAGNITUDE))
  for (; x < vectorEnd; x += 16) v128.store(x, flushFaded(f32x4.mul(v128.load(x), factors), faded, magnitude))
  for (; x < end; x += 4) {
    const value: f32 = load<f32>(x) * factor
    store<f32>(x, abs<f32>(value) < FADED ? 0 : value)
  }
}

export function setAt(spikes: usize, count: i32, x: usize, value: f32): void {
  for (let s = 0; s < count; s++) {
    store<f32>(x + ((load<i32>(spikes + ((s as usize) << 2)) as usize) << 2), value)
  }
}

export function addAt(spikes: usize, count: i32, x: usize, value: f32): void {
  for (let s = 0; s < count; s++) {
    const at = x + ((load<i32>(spikes + ((s as usize) << 2)) as usize) << 2)
    store<f32>(at, load<f32>(at) + value)
  }
}
