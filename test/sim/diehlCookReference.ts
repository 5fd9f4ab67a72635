// The Diehl & Cook network once more, slowly: double precision, one synapse at a time, each trace decayed in each step.
// Shares with the simulator only the random words; it is what the golden file is made from.
import { philoxBlock } from '../../src/random/philox.ts'
import { streamKey } from '../../src/random/stream.ts'

const DT = 0.5
const INPUTS = 784
const IMAGE_STEPS = 700
const BLANK_STEPS = 300

export interface ReferenceSpikes {
  /** Steps at which each neuron spiked. */
  readonly excitatory: number[][]
  readonly inhibitory: number[][]
  readonly weights: Float64Array
  readonly theta: Float64Array
}

/** Input spikes by step: each pixel's train is drawn gap by gap. */
function drawInput(image: Uint8Array, seed: number, presentation: number): number[][] {
  const { key0, key1 } = streamKey(seed, 'input/input/raster')
  const words = new Uint32Array(4)
  const steps: number[][] = Array.from({ length: IMAGE_STEPS }, () => [])
  for (let k = 0; k < INPUTS; k++) {
    const rate = (image[k]! / 8) * 2
    const probability = (rate * DT) / 1000
    if (probability === 0) continue
    for (let step = -1, draw = 0; ; draw++) {
      philoxBlock(Math.floor(draw / 4), k, presentation, 1, key0, key1, words, 0)
      const uniform = (words[draw % 4]! + 0.5) / 2 ** 32
      step += 1 + Math.floor(Math.log(uniform) / Math.log(1 - probability))
      if (step >= IMAGE_STEPS) break
      steps[step]!.push(k)
    }
  }
  return steps
}

/** Uniform weights in [0.003, 0.303), from the words of the stream of the projection. */
function drawWeights(neurons: number, seed: number): Float64Array {
  const { key0, key1 } = streamKey(seed, 'weights/input to excitatory')
  const words = new Uint32Array(4)
  return Float64Array.from({ length: INPUTS * neurons }, (_, i) => {
    philoxBlock(Math.floor(i / 4), 0, 0, 0, key0, key1, words, 0)
    return 0.003 + 0.3 * ((words[i % 4]! >>> 8) / 2 ** 24)
  })
}

/** Presents `image` once, learning, to a fresh network. */
export function presentToReference(image: Uint8Array, neurons: number, seed: number): ReferenceSpikes {
  const w = drawWeights(neurons, seed)
  for (let j = 0; j < neurons; j++) {
    let total = 0
    for (let k = 0; k < INPUTS; k++) total += w[k * neurons + j]!
    for (let k = 0; k < INPUTS; k++) w[k * neurons + j] = (w[k * neurons + j]! * 78) / total
  }
  const input = drawInput(image, seed, 0)
  const fill = (value: number) => new Float64Array(neurons).fill(value)
  const e = { v: fill(-105), ge: fill(0), gi: fill(0), lastSpike: fill(Number.NEGATIVE_INFINITY) }
  const i = { v: fill(-100), ge: fill(0), gi: fill(0), lastSpike: fill(Number.NEGATIVE_INFINITY) }
  const theta = fill(20)
  const x = new Float64Array(INPUTS)
  const y1 = fill(0)
  const y2 = fill(0)
  const excitatory: number[][] = Array.from({ length: neurons }, () => [])
  const inhibitory: number[][] = Array.from({ length: neurons }, () => [])

  const advance = (
    cells: typeof e,
    step: number,
    p: { tau: number; leak: number; inh: number; refractory: number; limit: (j: number) => number },
  ) => {
    const spikes: number[] = []
    for (let j = 0; j < neurons; j++) {
      const ge = cells.ge[j]!
      const gi = cells.gi[j]!
      cells.ge[j] = cells.ge[j]! / (1 + DT / 1)
      cells.gi[j] = cells.gi[j]! / (1 + DT / 2)
      if ((step - cells.lastSpike[j]!) * DT < p.refractory) continue
      const a = DT / p.tau
      const x = a * (1 + ge + gi)
      cells.v[j] = (cells.v[j]! + a * (p.leak + ge * 0 + gi * p.inh) * (1 + x / 2)) / (1 + x * (1 + x / 2))
      if (cells.v[j]! > p.limit(j)) spikes.push(j)
    }
    return spikes
  }

  for (let step = 0; step < IMAGE_STEPS + BLANK_STEPS; step++) {
    const firingE = advance(e, step, {
      tau: 100,
      leak: -65,
      inh: -100,
      refractory: 5,
      limit: j => theta[j]! - 20 - 52,
    })
    const firingI = advance(i, step, { tau: 10, leak: -60, inh: -85, refractory: 2, limit: () => -40 })
    for (let k = 0; k < INPUTS; k++) x[k] = x[k]! * Math.exp(-DT / 20)
    for (let j = 0; j < neurons; j++) {
      y1[j] = y1[j]! * Math.exp(-DT / 20)
      y2[j] = y2[j]! * Math.exp(-DT / 40)
    }
    for (const k of input[step] ?? []) {
      for (let j = 0; j < neurons; j++) {
        e.ge[j] = e.ge[j]! + w[k * neurons + j]!
        w[k * neurons + j] = Math.max(0, w[k * neurons + j]! - 0.0001 * y1[j]!)
      }
      x[k] = 1
    }
    for (const j of firingE) i.ge[j] = i.ge[j]! + 10.4
    for (const from of firingI) {
      for (let j = 0; j < neurons; j++) if (j !== from) e.gi[j] = e.gi[j]! + 17
    }
    for (const j of firingE) {
      for (let k = 0; k < INPUTS; k++) {
        w[k * neurons + j] = Math.min(1, w[k * neurons + j]! + 0.01 * x[k]! * y2[j]!)
      }
      y1[j] = 1
      y2[j] = 1
    }
    for (const j of firingE) {
      e.v[j] = -65
      e.lastSpike[j] = step
      theta[j] = theta[j]! + 0.05
      excitatory[j]!.push(step)
    }
    for (const j of firingI) {
      i.v[j] = -45
      i.lastSpike[j] = step
      inhibitory[j]!.push(step)
    }
  }
  // Once a presentation, in closed form, as the model does.
  for (let j = 0; j < neurons; j++) theta[j] = theta[j]! * Math.exp(((IMAGE_STEPS + BLANK_STEPS) * -DT) / 1e7)
  return { excitatory, inhibitory, weights: w, theta }
}
