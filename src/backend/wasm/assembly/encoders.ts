// Spike encoders.
import { storePhiloxBlock } from './philox'

const ENCODER_COUNTER: u32 = 1
const LN2: f64 = 0.6931471805599453
const SQRT1_2: f64 = 0.7071067811865476

const block = memory.data(16, 16)

/** -log((word + 0.5) / 2^32): the operations of the js backend, one by one, so the bits agree. */
// @ts-ignore: decorator
@inline
function exponentialFromWord(word: u32): f64 {
  let exponent = clz<u32>(word) as i32
  // 2^exponent times (word + 0.5) / 2^32, both factors exact.
  let m = (((word as f64) + 0.5) / 4294967296) * reinterpret<f64>(((1023 + exponent) as u64) << 52)
  if (m < SQRT1_2) {
    m *= 2
    exponent += 1
  }
  const s = (m - 1) / (m + 1)
  const q = s * s
  let series: f64 = 1.0 / 19.0
  series = series * q + 1.0 / 17.0
  series = series * q + 1.0 / 15.0
  series = series * q + 1.0 / 13.0
  series = series * q + 1.0 / 11.0
  series = series * q + 1.0 / 9.0
  series = series * q + 1.0 / 7.0
  series = series * q + 1.0 / 5.0
  series = series * q + 1.0 / 3.0
  series = series * q + 1.0
  return (exponent as f64) * LN2 - 2 * s * series
}

export function bernoulliSpikes(
  gapScales: usize,
  sources: i32,
  steps: i32,
  offsets: usize,
  indices: usize,
  scratch: usize,
  key0: u32,
  key1: u32,
  presentation: u32,
): i32 {
  // Draw source by source as (step, source) pairs, counting each step's spikes one entry late ...
  memory.fill(offsets, 0, ((steps + 1) as usize) << 2)
  let drawn = scratch
  for (let source = 0; source < sources; source++) {
    const scale = load<f32>(gapScales + ((source as usize) << 2)) as f64
    if (scale == Infinity) continue
    let step = -1
    for (let word: u32 = 0; ; word++) {
      if ((word & 3) == 0) {
        storePhiloxBlock(block, word >> 2, source, presentation, ENCODER_COUNTER, key0, key1)
      }
      const gap = floor<f64>(exponentialFromWord(load<u32>(block + (((word & 3) as usize) << 2))) * scale)
      if (gap >= ((steps - step - 1) as f64)) break
      step += 1 + (gap as i32)
      store<i32>(drawn, step)
      store<i32>(drawn, source, 4)
      drawn += 8
      const next = offsets + ((step as usize) << 2)
      store<i32>(next, load<i32>(next, 4) + 1, 4)
    }
  }
  // ... then sort them by step. Afterwards offsets[s] has moved to where step s ends, so shift it back.
  for (let step: usize = 0; step < (steps as usize); step++) {
    const at = offsets + (step << 2)
    store<i32>(at, load<i32>(at, 4) + load<i32>(at), 4)
  }
  for (let pair = scratch; pair < drawn; pair += 8) {
    const at = offsets + ((load<i32>(pair) as usize) << 2)
    const place = load<i32>(at)
    store<i32>(indices + ((place as usize) << 2), load<i32>(pair, 4))
    store<i32>(at, place + 1)
  }
  memory.copy(offsets + 4, offsets, (steps as usize) << 2)
  store<i32>(offsets, 0)
  return ((drawn - scratch) >> 3) as i32
}
