// Matrix products of the reference backend: three plain loops, dot products in float64.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

type ProductKernels = Pick<Kernels, 'matmul' | 'listNonZeros' | 'sparseMatmul' | 'sparseTransposedMatmul'>

export function productKernels(memory: Memory): ProductKernels {
  return {
    matmul(a, aRow, aColumn, b, bRow, bColumn, bias, out, m, n, k) {
      const { float32 } = memory
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let left = (a >>> 2) + i * aRow
          let right = (b >>> 2) + j * bColumn
          let total = bias === 0 ? 0 : float32[(bias >>> 2) + j]!
          for (let p = 0; p < k; p++) {
            total += float32[left]! * float32[right]!
            left += aColumn
            right += bRow
          }
          float32[(out >>> 2) + i * n + j] = total
        }
      }
    },
    listNonZeros(x, list, rows, columns) {
      const { float32, int32 } = memory
      const { ends, indices, values } = placesOf(list, rows, columns)
      let count = 0
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const value = float32[(x >>> 2) + row * columns + column]!
          if (value === 0) continue
          int32[indices + count] = column
          float32[values + count] = value
          count++
        }
        int32[ends + row] = count
      }
    },
    sparseMatmul(list, b, bias, out, m, n, k) {
      const { float32, int32 } = memory
      const { ends, indices, values } = placesOf(list, m, k)
      let at = 0
      for (let i = 0; i < m; i++) {
        const target = (out >>> 2) + i * n
        for (let j = 0; j < n; j++) float32[target + j] = bias === 0 ? 0 : float32[(bias >>> 2) + j]!
        for (const end = int32[ends + i]!; at < end; at++) {
          const value = float32[values + at]!
          const source = (b >>> 2) + int32[indices + at]! * n
          for (let j = 0; j < n; j++) float32[target + j]! += value * float32[source + j]!
        }
      }
    },
    sparseTransposedMatmul(list, b, out, m, n, k) {
      const { float32, int32 } = memory
      const { ends, indices, values } = placesOf(list, m, k)
      float32.fill(0, out >>> 2, (out >>> 2) + k * n)
      let at = 0
      for (let i = 0; i < m; i++) {
        const source = (b >>> 2) + i * n
        for (const end = int32[ends + i]!; at < end; at++) {
          const value = float32[values + at]!
          const target = (out >>> 2) + int32[indices + at]! * n
          for (let j = 0; j < n; j++) float32[target + j]! += value * float32[source + j]!
        }
      }
    },
  }
}

/** Where the parts of a list of non-zeros are, in entries of four bytes. */
function placesOf(list: number, rows: number, columns: number) {
  const ends = list >>> 2
  const indices = ends + rows
  return { ends, indices, values: indices + rows * columns + 4 }
}
