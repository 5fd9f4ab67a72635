// Traces and counters of the js backend.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

export const FADED = Math.fround(1e-12)

/** 0 for |x| < 1e-12 (as float32), x otherwise. */
export function flushFaded(x: number): number {
  return Math.abs(x) < FADED ? 0 : x
}

export function traceKernels(memory: Memory): Pick<Kernels, 'decay' | 'setAt' | 'addAt'> {
  return {
    decay(x, n, factor) {
      const { float32 } = memory
      const rounded = Math.fround(factor)
      const end = (x >>> 2) + n
      for (let j = x >>> 2; j < end; j++) float32[j] = flushFaded(Math.fround(float32[j]! * rounded))
    },

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
