// Softmax and cross-entropy of the reference backend, shifted by the row's maximum so that nothing overflows.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

type LossKernels = Pick<Kernels, 'softmax' | 'softmaxGradient' | 'crossEntropy' | 'crossEntropyGradient'>

/** Writes the softmax of n numbers; returns the logarithm of the sum of their exponentials. */
function softmaxRow(float32: Float32Array, source: number, target: number, n: number): number {
  let shift = Number.NEGATIVE_INFINITY
  for (let i = 0; i < n; i++) shift = Math.max(shift, float32[source + i]!)
  let total = 0
  for (let i = 0; i < n; i++) total += Math.exp(float32[source + i]! - shift)
  for (let i = 0; i < n; i++) float32[target + i] = Math.exp(float32[source + i]! - shift) / total
  return shift + Math.log(total)
}

export function lossKernels(memory: Memory): LossKernels {
  return {
    softmax(x, out, rows, columns) {
      for (let row = 0; row < rows; row++) {
        softmaxRow(memory.float32, (x >>> 2) + row * columns, (out >>> 2) + row * columns, columns)
      }
    },
    softmaxGradient(y, gradient, out, rows, columns) {
      const { float32 } = memory
      for (let row = 0; row < rows; row++) {
        const start = row * columns
        let dot = 0
        for (let j = start; j < start + columns; j++)
          dot += float32[(y >>> 2) + j]! * float32[(gradient >>> 2) + j]!
        for (let j = start; j < start + columns; j++) {
          float32[(out >>> 2) + j] = float32[(y >>> 2) + j]! * (float32[(gradient >>> 2) + j]! - dot)
        }
      }
    },
    crossEntropy(logits, labels, probabilities, losses, rows, columns) {
      const { float32, int32 } = memory
      for (let row = 0; row < rows; row++) {
        const source = (logits >>> 2) + row * columns
        const total = softmaxRow(float32, source, (probabilities >>> 2) + row * columns, columns)
        float32[(losses >>> 2) + row] = total - float32[source + int32[(labels >>> 2) + row]!]!
      }
    },
    crossEntropyGradient(probabilities, labels, gradient, out, rows, columns) {
      const { float32, int32 } = memory
      for (let row = 0; row < rows; row++) {
        const label = int32[(labels >>> 2) + row]!
        const factor = float32[(gradient >>> 2) + row]!
        for (let column = 0; column < columns; column++) {
          const at = row * columns + column
          const difference = Math.fround(float32[(probabilities >>> 2) + at]! - (column === label ? 1 : 0))
          float32[(out >>> 2) + at] = factor * difference
        }
      }
    },
  }
}
