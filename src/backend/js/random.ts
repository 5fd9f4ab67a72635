// Random-number kernels of the js backend.
import { philoxBlock } from '../../random/philox.ts'
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

export function randomKernels(memory: Memory): Pick<Kernels, 'randomWords' | 'randomUniform'> {
  const block = new Uint32Array(4)
  return {
    randomWords(out, blocks, counter0, counter1, counter2, key0, key1) {
      const words = memory.uint32
      const start = out >>> 2
      for (let i = 0; i < blocks; i++) {
        philoxBlock(counter0 + i, counter1, counter2, 0, key0, key1, words, start + 4 * i)
      }
    },

    randomUniform(out, n, key0, key1, low, high) {
      const values = memory.float32
      const start = out >>> 2
      const base = Math.fround(low)
      const range = Math.fround(Math.fround(high) - base)
      for (let i = 0; i < n; i++) {
        if (i % 4 === 0) philoxBlock(i / 4, 0, 0, 0, key0, key1, block, 0)
        const unit = (block[i % 4]! >>> 8) / 0x1000000
        values[start + i] = base + Math.fround(range * unit)
      }
    },
  }
}
