// Synapses of the js backend. Sums run over spikes and rows in ascending order, as in WASM, so the bits agree.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'

const { fround } = Math

type SynapseKernelName =
  | 'propagateDense'
  | 'propagateDenseDepressing'
  | 'propagateOneToOne'
  | 'propagateAllButOwn'
  | 'potentiateColumns'
  | 'normaliseColumns'

export function synapseKernels(memory: Memory): Pick<Kernels, SynapseKernelName> {
  return {
    propagateDense(weights, columns, spikes, count, target) {
      const { float32, int32 } = memory
      const target0 = target >>> 2
      for (let s = 0; s < count; s++) {
        const row = (weights >>> 2) + int32[(spikes >>> 2) + s]! * columns
        for (let j = 0; j < columns; j++) float32[target0 + j] = float32[target0 + j]! + float32[row + j]!
      }
    },

    propagateDenseDepressing(weights, columns, spikes, count, target, trace, rate, minimum) {
      const { float32, int32 } = memory
      const target0 = target >>> 2
      const trace0 = trace >>> 2
      rate = fround(rate)
      minimum = fround(minimum)
      for (let s = 0; s < count; s++) {
        const row = (weights >>> 2) + int32[(spikes >>> 2) + s]! * columns
        for (let j = 0; j < columns; j++) {
          const weight = float32[row + j]!
          float32[target0 + j] = float32[target0 + j]! + weight
          const depressed = fround(weight - fround(rate * float32[trace0 + j]!))
          float32[row + j] = depressed < minimum ? minimum : depressed
        }
      }
    },

    propagateOneToOne(spikes, count, target, weight) {
      const { float32, int32 } = memory
      const rounded = fround(weight)
      for (let s = 0; s < count; s++) {
        const j = (target >>> 2) + int32[(spikes >>> 2) + s]!
        float32[j] = float32[j]! + rounded
      }
    },

    propagateAllButOwn(spikes, count, target, n, weight, scratch) {
      const { float32, int32 } = memory
      const spikes0 = spikes >>> 2
      const target0 = target >>> 2
      const scratch0 = scratch >>> 2
      const fromAll = fround(fround(weight) * count)
      const fromOthers = fround(fround(weight) * (count - 1))
      for (let s = 0; s < count; s++) {
        float32[scratch0 + s] = float32[target0 + int32[spikes0 + s]!]! + fromOthers
      }
      for (let j = 0; j < n; j++) float32[target0 + j] = float32[target0 + j]! + fromAll
      for (let s = 0; s < count; s++) float32[target0 + int32[spikes0 + s]!] = float32[scratch0 + s]!
    },

    potentiateColumns(weights, rows, columns, spikes, count, trace, factor, rate, maximum) {
      const { float32, int32 } = memory
      const trace0 = trace >>> 2
      rate = fround(rate)
      maximum = fround(maximum)
      for (let s = 0; s < count; s++) {
        const j = int32[(spikes >>> 2) + s]!
        const step = fround(rate * float32[(factor >>> 2) + j]!)
        const column = (weights >>> 2) + j
        for (let k = 0; k < rows; k++) {
          const x = float32[trace0 + k]!
          if (x === 0) continue
          const at = column + k * columns
          const potentiated = fround(float32[at]! + fround(step * x))
          float32[at] = potentiated > maximum ? maximum : potentiated
        }
      }
    },

    normaliseColumns(weights, rows, columns, total, scratch) {
      const { float32 } = memory
      const weights0 = weights >>> 2
      const scale0 = scratch >>> 2
      total = fround(total)
      float32.fill(0, scale0, scale0 + columns)
      for (let k = 0; k < rows; k++) {
        const row = weights0 + k * columns
        for (let j = 0; j < columns; j++) float32[scale0 + j] = float32[scale0 + j]! + float32[row + j]!
      }
      for (let j = 0; j < columns; j++) {
        const sum = float32[scale0 + j]!
        float32[scale0 + j] = sum === 0 ? 1 : total / sum
      }
      for (let k = 0; k < rows; k++) {
        const row = weights0 + k * columns
        for (let j = 0; j < columns; j++) float32[row + j] = float32[row + j]! * float32[scale0 + j]!
      }
    },
  }
}
