// The reset of neurons.

export function resetNeurons(
  spikes: usize,
  count: i32,
  v: usize,
  refractory: usize,
  vReset: f32,
  steps: i32,
): void {
  for (let s = 0; s < count; s++) {
    const at = (load<i32>(spikes + ((s as usize) << 2)) as usize) << 2
    store<f32>(v + at, vReset)
    store<i32>(refractory + at, steps)
  }
}
