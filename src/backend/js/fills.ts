// Filling and copying memory, of the reference backend.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

export function fillKernels(memory: Memory): Pick<Kernels, 'fill' | 'copy'> {
  return {
    fill(out, n, value) {
      memory.float32.fill(value, out >>> 2, (out >>> 2) + n)
    },
    copy(x, out, n) {
      memory.float32.copyWithin(out >>> 2, x >>> 2, (x >>> 2) + n)
    },
  }
}
