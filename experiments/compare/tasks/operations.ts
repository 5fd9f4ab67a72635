// Counting what both networks compute.
import type { Tensor } from '../../../src/index.ts'

/** How many entries of each row of a matrix [rows, columns] are not 0. */
export function nonZerosByRow(matrix: Tensor): Int32Array {
  const [rows, columns] = matrix.shape as [number, number]
  const values = matrix.view()
  const counts = new Int32Array(rows)
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== 0) counts[Math.floor(i / columns)]! += 1
  }
  return counts
}
