// Reductions of the reference backend over the middle axis of [outer, length, inner]; sums run in float64.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

/** A kernel that folds the middle axis, starting from `identity`. */
function reduction(
  memory: Memory,
  identity: number,
  merge: (a: number, b: number) => number,
): Kernels['sum'] {
  return (x, out, outer, length, inner) => {
    const { float32 } = memory
    for (let i = 0; i < outer; i++) {
      for (let column = 0; column < inner; column++) {
        let result = identity
        let at = (x >>> 2) + i * length * inner + column
        for (let j = 0; j < length; j++, at += inner) result = merge(result, float32[at]!)
        float32[(out >>> 2) + i * inner + column] = result
      }
    }
  }
}

export function reductionKernels(memory: Memory): Pick<Kernels, 'sum' | 'max' | 'maxGradient' | 'argmax'> {
  return {
    sum: reduction(memory, 0, (a, b) => a + b),
    max: reduction(memory, Number.NEGATIVE_INFINITY, Math.max),
    maxGradient(x, maximum, gradient, out, outer, length, inner) {
      const { float32 } = memory
      for (let i = 0; i < outer; i++) {
        for (let column = 0; column < inner; column++) {
          const reduced = i * inner + column
          const start = i * length * inner + column
          const largest = float32[(maximum >>> 2) + reduced]!
          let ties = 0
          for (let j = 0; j < length; j++) {
            if (float32[(x >>> 2) + start + j * inner] === largest) ties++
          }
          const share = float32[(gradient >>> 2) + reduced]! / ties
          for (let j = 0; j < length; j++) {
            const at = start + j * inner
            float32[(out >>> 2) + at] = float32[(x >>> 2) + at] === largest ? share : 0
          }
        }
      }
    },
    argmax(x, out, rows, columns) {
      const { float32, int32 } = memory
      for (let row = 0; row < rows; row++) {
        let best = Number.NEGATIVE_INFINITY
        let index = 0
        for (let column = 0; column < columns; column++) {
          const value = float32[(x >>> 2) + row * columns + column]!
          if (value > best) {
            best = value
            index = column
          }
        }
        int32[(out >>> 2) + row] = index
      }
    },
  }
}
