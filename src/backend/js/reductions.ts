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

type ReductionKernels = Pick<
  Kernels,
  'sum' | 'max' | 'min' | 'maxGradient' | 'argmax' | 'cumulativeSum' | 'logSumExp'
>

/** Whether an entry is the result: equal to it, or NaN as it is. */
function isExtreme(value: number, extreme: number): boolean {
  return value === extreme || (Number.isNaN(value) && Number.isNaN(extreme))
}

export function reductionKernels(memory: Memory): ReductionKernels {
  return {
    sum: reduction(memory, 0, (a, b) => a + b),
    max: reduction(memory, Number.NEGATIVE_INFINITY, Math.max),
    min: reduction(memory, Number.POSITIVE_INFINITY, Math.min),
    maxGradient(x, maximum, gradient, out, outer, length, inner) {
      const { float32 } = memory
      for (let i = 0; i < outer; i++) {
        for (let column = 0; column < inner; column++) {
          const reduced = i * inner + column
          const start = i * length * inner + column
          const largest = float32[(maximum >>> 2) + reduced]!
          let ties = 0
          for (let j = 0; j < length; j++) {
            if (isExtreme(float32[(x >>> 2) + start + j * inner]!, largest)) ties++
          }
          const share = float32[(gradient >>> 2) + reduced]! / ties
          for (let j = 0; j < length; j++) {
            const at = start + j * inner
            float32[(out >>> 2) + at] = isExtreme(float32[(x >>> 2) + at]!, largest) ? share : 0
          }
        }
      }
    },
    argmax(x, out, outer, length, inner) {
      const { float32, int32 } = memory
      for (let i = 0; i < outer; i++) {
        for (let column = 0; column < inner; column++) {
          const start = (x >>> 2) + i * length * inner + column
          let best = float32[start]!
          let index = 0
          for (let j = 1; j < length; j++) {
            const value = float32[start + j * inner]!
            if (value > best || (Number.isNaN(best) && !Number.isNaN(value))) {
              best = value
              index = j
            }
          }
          int32[(out >>> 2) + i * inner + column] = index
        }
      }
    },
    cumulativeSum(x, out, outer, length, inner, reverse) {
      const { float32 } = memory
      for (let i = 0; i < outer; i++) {
        for (let column = 0; column < inner; column++) {
          let total = 0
          for (let j = 0; j < length; j++) {
            const at = (i * length + (reverse ? length - 1 - j : j)) * inner + column
            total += float32[(x >>> 2) + at]!
            float32[(out >>> 2) + at] = total
          }
        }
      }
    },
    logSumExp(x, out, outer, length, inner) {
      const { float32 } = memory
      for (let i = 0; i < outer; i++) {
        for (let column = 0; column < inner; column++) {
          const start = (x >>> 2) + i * length * inner + column
          const entries = Array.from({ length }, (_, j) => float32[start + j * inner]!)
          const largest = entries.reduce((a, b) => Math.max(a, b))
          // Infinity less itself is no number.
          const shift = Math.abs(largest) === Number.POSITIVE_INFINITY ? 0 : largest
          const total = entries.reduce((sum, entry) => sum + Math.exp(entry - shift), 0)
          float32[(out >>> 2) + i * inner + column] = Math.log(total) + shift
        }
      }
    },
  }
}
