// Neuron steps of the js backend. Every float32 operation is rounded as it is, so that WASM gives the same bits.
import type { Kernels } from '../backend.ts'
import type { Memory } from '../memory.ts'
import { FADED, flushFaded } from './traces.ts'

const { fround } = Math

/** As `flushFaded`, of what is never negative. */
function flushFadedConductance(x: number): number {
  return x < FADED ? 0 : x
}

export function neuronKernels(
  memory: Memory,
): Pick<Kernels, 'currentLifStep' | 'conductanceLifStep' | 'resetNeurons'> {
  return {
    currentLifStep(v, i, refractory, spikes, n, vDecay, rest, gain, iDecay, threshold) {
      const { float32, int32 } = memory
      const v0 = v >>> 2
      const i0 = i >>> 2
      const refractory0 = refractory >>> 2
      const spikes0 = spikes >>> 2
      vDecay = fround(vDecay)
      rest = fround(rest)
      gain = fround(gain)
      iDecay = fround(iDecay)
      threshold = fround(threshold)
      let count = 0
      for (let j = 0; j < n; j++) {
        const current = float32[i0 + j]!
        float32[i0 + j] = flushFaded(fround(current * iDecay))
        const held = int32[refractory0 + j]!
        if (held > 0) {
          int32[refractory0 + j] = held - 1
          continue
        }
        const target = fround(rest + fround(gain * current))
        const next = fround(target + fround(fround(float32[v0 + j]! - target) * vDecay))
        float32[v0 + j] = next
        if (next > threshold) int32[spikes0 + count++] = j
      }
      return count
    },

    conductanceLifStep(
      v,
      gExc,
      gInh,
      theta,
      refractory,
      spikes,
      n,
      leakDrive,
      excDrive,
      inhDrive,
      rate,
      excDecay,
      inhDecay,
      threshold,
    ) {
      const { float32, int32 } = memory
      const v0 = v >>> 2
      const gExc0 = gExc >>> 2
      const gInh0 = gInh >>> 2
      const theta0 = theta >>> 2
      const refractory0 = refractory >>> 2
      const spikes0 = spikes >>> 2
      leakDrive = fround(leakDrive)
      excDrive = fround(excDrive)
      inhDrive = fround(inhDrive)
      rate = fround(rate)
      excDecay = fround(excDecay)
      inhDecay = fround(inhDecay)
      threshold = fround(threshold)
      let count = 0
      for (let j = 0; j < n; j++) {
        const ge = float32[gExc0 + j]!
        const gi = float32[gInh0 + j]!
        float32[gExc0 + j] = flushFadedConductance(fround(ge * excDecay))
        float32[gInh0 + j] = flushFadedConductance(fround(gi * inhDecay))
        const held = int32[refractory0 + j]!
        if (held > 0) {
          int32[refractory0 + j] = held - 1
          continue
        }
        const x = fround(rate + fround(rate * fround(ge + gi)))
        const q = fround(1 + fround(0.5 * x))
        const drive = fround(fround(leakDrive + fround(ge * excDrive)) + fround(gi * inhDrive))
        const moved = fround(float32[v0 + j]! + fround(drive * q))
        const next = fround(moved / fround(1 + fround(x * q)))
        float32[v0 + j] = next
        if (next > fround(threshold + float32[theta0 + j]!)) int32[spikes0 + count++] = j
      }
      return count
    },

    resetNeurons(spikes, count, v, refractory, vReset, steps) {
      const { float32, int32 } = memory
      for (let s = 0; s < count; s++) {
        const j = int32[(spikes >>> 2) + s]!
        float32[(v >>> 2) + j] = vReset
        int32[(refractory >>> 2) + j] = steps
      }
    },
  }
}
