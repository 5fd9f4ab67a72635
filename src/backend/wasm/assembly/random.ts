// Random-number kernels over Philox blocks.
import { storePhiloxBlock } from './philox'

export function randomWords(
  out: usize,
  blocks: i32,
  counter0: u32,
  counter1: u32,
  counter2: u32,
  key0: u32,
  key1: u32,
): void {
  for (let i = 0; i < blocks; i++) {
    storePhiloxBlock(out + ((i as usize) << 4), counter0 + i, counter1, counter2, 0, key0, key1)
  }
}

const block = memory.data(16, 16)

export function randomUniform(out: usize, n: i32, key0: u32, key1: u32, low: f32, high: f32): void {
  const range: f32 = high - low
  for (let i = 0; i < n; i++) {
    if ((i & 3) == 0) storePhiloxBlock(block, i >> 2, 0, 0, 0, key0, key1)
    const word = load<u32>(block + (((i & 3) as usize) << 2))
    const unit: f32 = ((word >> 8) as f32) / 16777216
    store<f32>(out + ((i as usize) << 2), low + range * unit)
  }
}
