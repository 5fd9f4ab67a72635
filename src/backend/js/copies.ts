// Copies between strided arrays of the reference backend: four nested loops, on words, so that no NaN changes its bits.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

export function copyKernels(memory: Memory): Pick<Kernels, 'copyStrided'> {
  return {
    copyStrided(x, out, length0, length1, length2, length3, x0, x1, x2, x3, out0, out1, out2, out3) {
      const { int32 } = memory
      for (let i = 0; i < length0; i++) {
        for (let j = 0; j < length1; j++) {
          for (let k = 0; k < length2; k++) {
            for (let l = 0; l < length3; l++) {
              const from = (x >>> 2) + i * x0 + j * x1 + k * x2 + l * x3
              int32[(out >>> 2) + i * out0 + j * out1 + k * out2 + l * out3] = int32[from]!
            }
          }
        }
      }
    },
  }
}
