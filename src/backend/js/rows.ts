// Row movements of the reference backend: gathering by index, adding back by index, gathering bytes as numbers.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

export function rowKernels(
  memory: Memory,
): Pick<Kernels, 'gatherRows' | 'scatterAddRows' | 'gatherByteRows'> {
  return {
    gatherRows(x, indices, out, count, columns) {
      const { float32, int32 } = memory
      for (let i = 0; i < count; i++) {
        const source = (x >>> 2) + int32[(indices >>> 2) + i]! * columns
        float32.copyWithin((out >>> 2) + i * columns, source, source + columns)
      }
    },
    scatterAddRows(x, indices, out, count, columns) {
      const { float32, int32 } = memory
      for (let i = 0; i < count; i++) {
        const source = (x >>> 2) + i * columns
        const target = (out >>> 2) + int32[(indices >>> 2) + i]! * columns
        for (let j = 0; j < columns; j++) float32[target + j]! += float32[source + j]!
      }
    },
    gatherByteRows(bytes, indices, out, count, columns, scale) {
      const { float32, int32, uint8 } = memory
      const factor = Math.fround(scale)
      for (let i = 0; i < count; i++) {
        const source = bytes + int32[(indices >>> 2) + i]! * columns
        const target = (out >>> 2) + i * columns
        for (let j = 0; j < columns; j++) float32[target + j] = factor * uint8[source + j]!
      }
    },
  }
}
