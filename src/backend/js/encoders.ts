// Spike encoders of the js backend.
import { philoxBlock } from '../../random/philox.ts'
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

const ENCODER_COUNTER = 1

/**
 * -log((word + 0.5) / 2^32) in double precision, from sums and products alone so that every engine gives the same
 * bits: with m in [sqrt(1/2), sqrt(2)) and s = (m - 1) / (m + 1), log m = 2 (s + s^3/3 + s^5/5 + ...).
 */
export function exponentialFromWord(word: number): number {
  let exponent = Math.clz32(word)
  let m = ((word + 0.5) / 0x100000000) * 2 ** exponent
  if (m < Math.SQRT1_2) {
    m *= 2
    exponent += 1
  }
  const s = (m - 1) / (m + 1)
  const q = s * s
  let series = 1 / 19
  for (let divisor = 17; divisor >= 1; divisor -= 2) series = series * q + 1 / divisor
  return exponent * Math.LN2 - 2 * s * series
}

export function encoderKernels(memory: Memory): Pick<Kernels, 'bernoulliSpikes'> {
  const block = new Uint32Array(4)
  return {
    bernoulliSpikes(gapScales, sources, steps, offsets, indices, scratch, key0, key1, presentation) {
      const { float32, int32 } = memory
      const offsets0 = offsets >>> 2
      const indices0 = indices >>> 2
      const drawn0 = scratch >>> 2
      // Draw source by source as (step, source) pairs, counting each step's spikes one entry late ...
      int32.fill(0, offsets0, offsets0 + steps + 1)
      let count = 0
      for (let source = 0; source < sources; source++) {
        const scale = float32[(gapScales >>> 2) + source]!
        if (scale === Number.POSITIVE_INFINITY) continue
        let step = -1
        for (let word = 0; ; word++) {
          if (word % 4 === 0) {
            philoxBlock(word / 4, source, presentation, ENCODER_COUNTER, key0, key1, block, 0)
          }
          step += 1 + Math.floor(exponentialFromWord(block[word % 4]!) * scale)
          if (step >= steps) break
          int32[drawn0 + 2 * count] = step
          int32[drawn0 + 2 * count + 1] = source
          int32[offsets0 + step + 1] = int32[offsets0 + step + 1]! + 1
          count++
        }
      }
      // ... then sort them by step. Afterwards offsets[s] has moved to where step s ends, so shift it back.
      for (let step = 0; step < steps; step++) {
        int32[offsets0 + step + 1] = int32[offsets0 + step + 1]! + int32[offsets0 + step]!
      }
      for (let i = 0; i < count; i++) {
        const at = offsets0 + int32[drawn0 + 2 * i]!
        int32[indices0 + int32[at]!] = int32[drawn0 + 2 * i + 1]!
        int32[at] = int32[at]! + 1
      }
      int32.copyWithin(offsets0 + 1, offsets0, offsets0 + steps)
      int32[offsets0] = 0
      return count
    },
  }
}
