// Choosing entries of rows in the reference backend: the largest, and gathering and scattering by column.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

/** Descending, NaN last; 0 for equals. */
function compareDescending(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a === b ? 0 : a > b ? -1 : 1
}

export function columnKernels(memory: Memory): Pick<Kernels, 'topK' | 'gatherColumns' | 'scatterAddColumns'> {
  return {
    topK(x, indices, rows, columns, k) {
      const { float32, int32 } = memory
      for (let row = 0; row < rows; row++) {
        const start = (x >>> 2) + row * columns
        const entry = (column: number) => float32[start + column]!
        const order = Array.from({ length: columns }, (_, column) => column)
        order.sort((a, b) => compareDescending(entry(a), entry(b)) || a - b)
        int32.set(order.slice(0, k), (indices >>> 2) + row * k)
      }
    },
    gatherColumns(x, indices, out, rows, columns, count) {
      const { float32, int32 } = memory
      for (let i = 0; i < rows * count; i++) {
        const row = Math.floor(i / count)
        float32[(out >>> 2) + i] = float32[(x >>> 2) + row * columns + int32[(indices >>> 2) + i]!]!
      }
    },
    scatterAddColumns(x, indices, out, rows, columns, count) {
      const { float32, int32 } = memory
      for (let i = 0; i < rows * count; i++) {
        const row = Math.floor(i / count)
        float32[(out >>> 2) + row * columns + int32[(indices >>> 2) + i]!]! += float32[(x >>> 2) + i]!
      }
    },
  }
}
