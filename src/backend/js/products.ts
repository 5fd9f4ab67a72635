// Matrix products of the reference backend: three plain loops, dot products in float64.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

type ProductKernels = Pick<Kernels, 'matmulScratch' | 'matmul' | 'sparseMatmul' | 'sparseTransposedMatmul'>

export function productKernels(memory: Memory): ProductKernels {
  return {
    /** Needs none, but asks for what the fast backend does: a tile, a strip of six rows, panels of eight columns. */
    matmulScratch(_m, n, k) {
      return 192 + 6144 + Math.ceil(Math.min(n, 512) / 8) * 8 * Math.min(k, 256) * 4
    },
    matmul(a, aRow, aColumn, b, bRow, bColumn, out, m, n, k) {
      const { float32 } = memory
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let left = (a >>> 2) + i * aRow
          let right = (b >>> 2) + j * bColumn
          let total = 0
          for (let p = 0; p < k; p++) {
            total += float32[left]! * float32[right]!
            left += aColumn
            right += bRow
          }
          float32[(out >>> 2) + i * n + j] = total
        }
      }
    },
    sparseMatmul(a, b, out, m, n, k) {
      const { float32 } = memory
      for (let i = 0; i < m; i++) {
        const target = (out >>> 2) + i * n
        float32.fill(0, target, target + n)
        for (let p = 0; p < k; p++) {
          const value = float32[(a >>> 2) + i * k + p]!
          if (value === 0) continue
          const source = (b >>> 2) + p * n
          for (let j = 0; j < n; j++) float32[target + j]! += value * float32[source + j]!
        }
      }
    },
    sparseTransposedMatmul(a, b, out, m, n, k) {
      const { float32 } = memory
      float32.fill(0, out >>> 2, (out >>> 2) + k * n)
      for (let i = 0; i < m; i++) {
        const source = (b >>> 2) + i * n
        for (let p = 0; p < k; p++) {
          const value = float32[(a >>> 2) + i * k + p]!
          if (value === 0) continue
          const target = (out >>> 2) + p * n
          for (let j = 0; j < n; j++) float32[target + j]! += value * float32[source + j]!
        }
      }
    },
  }
}
