// The reset of neurons, of the js backend.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

export function neuronKernels(memory: Memory): Pick<Kernels, 'resetNeurons'> {
  return {
    resetNeurons(spikes, count, v, refractory, vReset, steps) {
      const { float32, int32 } = memory
      for (let s = 0; s < count; s++) {
        const j = int32[(spikes >>> 2) + s]!
        float32[(v >>> 2) + j] = vReset
        int32[(refractory >>> 2) + j] = steps
      }
    },
  }
}
