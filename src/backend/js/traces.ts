// Traces and counters of the js backend: what changes at listed indices.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

export function traceKernels(memory: Memory): Pick<Kernels, 'setAt' | 'addAt'> {
  return {
    setAt(spikes, count, x, value) {
      const { float32, int32 } = memory
      for (let s = 0; s < count; s++) float32[(x >>> 2) + int32[(spikes >>> 2) + s]!] = value
    },

    addAt(spikes, count, x, value) {
      const { float32, int32 } = memory
      const rounded = Math.fround(value)
      for (let s = 0; s < count; s++) {
        const j = (x >>> 2) + int32[(spikes >>> 2) + s]!
        float32[j] = float32[j]! + rounded
      }
    },
  }
}
