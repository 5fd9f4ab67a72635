// Philox 4x32-10 (Salmon et al. 2011).

const MULTIPLIER_0: u64 = 0xd2511f53
const MULTIPLIER_1: u64 = 0xcd9e8d57
const WEYL_0: u32 = 0x9e3779b9
const WEYL_1: u32 = 0xbb67ae85
const ROUNDS: i32 = 10

/** Stores one block of four words at `out`. */
export function storePhiloxBlock(
  out: usize,
  counter0: u32,
  counter1: u32,
  counter2: u32,
  counter3: u32,
  key0: u32,
  key1: u32,
): void {
  for (let round = 0; round < ROUNDS; round++) {
    const product0 = MULTIPLIER_0 * (counter0 as u64)
    const product1 = MULTIPLIER_1 * (counter2 as u64)
    counter0 = ((product1 >> 32) as u32) ^ counter1 ^ key0
    counter1 = product1 as u32
    counter2 = ((product0 >> 32) as u32) ^ counter3 ^ key1
    counter3 = product0 as u32
    key0 += WEYL_0
    key1 += WEYL_1
  }
  store<u32>(out, counter0)
  store<u32>(out, counter1, 4)
  store<u32>(out, counter2, 8)
  store<u32>(out, counter3, 12)
}
