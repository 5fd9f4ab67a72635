// Traces and counters: what changes at listed indices.

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
