// What the brain does at a time of a sample: traces of spikes, levels of cells, and the inhibition that runs through the layer.
import {
  type BrainFrame,
  IMAGE_DURATION,
  MEMBRANE_INTERVAL,
  MEMBRANE_SAMPLES,
  PRESENTATION_DURATION,
  type SpikeViews,
  STEP,
} from '../../experiments/learners/brainFrame.ts'

/** A trace falls to a third in this time, ms; slower than the membrane's own, so that it is a decay and no blink. */
export const GLOW_DECAY = 30
export const INPUT_DECAY = 20
/** Light of a single spike. */
export const GLOW_STEP = 1
export const INPUT_STEP = 0.5
/** Older spikes have left no trace, in decays. */
const FORGOTTEN = 4
/** Bytes of MEMBRANE_RANGE that fill a cell from bottom to top: the reversal of inhibition and a little under the highest. */
const EMPTY = 50
const FULL = 235
/** Inhibition crosses the layer in this time, ms: in truth half a millisecond, too fast to be seen. */
const CROSSING = 25

/** The first spike at or after a step. */
export function firstSpike({ steps }: SpikeViews, count: number, step: number): number {
  let low = 0
  let high = Math.min(count, steps.length)
  while (low < high) {
    const middle = (low + high) >> 1
    if (steps[middle]! < step) low = middle + 1
    else high = middle
  }
  return low
}

/** Adds up the decaying traces of the spikes until `time`, ms, into `traces`, from 0 to 1. */
export function spikeTraces(
  spikes: SpikeViews,
  count: number,
  time: number,
  decay: number,
  step: number,
  traces: Float32Array,
): void {
  traces.fill(0)
  const until = firstSpike(spikes, count, time / STEP + 1e-6)
  for (let spike = firstSpike(spikes, count, (time - FORGOTTEN * decay) / STEP); spike < until; spike++) {
    const neuron = spikes.neurons[spike]!
    if (neuron >= traces.length) continue
    const trace = traces[neuron]! + step * Math.exp((spikes.steps[spike]! * STEP - time) / decay)
    traces[neuron] = Math.min(trace, 1)
  }
}

/** How far the sample's end is shown, when cells tell how often each neuron fired: 0 while the image is on. */
export function ending(time: number): number {
  const share = (time - IMAGE_DURATION) / (0.5 * (PRESENTATION_DURATION - IMAGE_DURATION))
  const inside = Math.min(Math.max(share, 0), 1)
  return inside * inside * (3 - 2 * inside)
}

/** How full each cell is, from 0 to 1: its membrane while the image is on, then its share of the most spikes. */
export function cellLevels(frame: BrainFrame, time: number, levels: Float32Array): void {
  const { neurons } = frame.shape
  const { membranes, counts } = frame
  const end = ending(time)
  // The sample numbered s is the last step of its interval; between two, a straight line.
  const place = Math.min(Math.max(time / MEMBRANE_INTERVAL - 1, 0), MEMBRANE_SAMPLES - 1)
  const before = Math.floor(place)
  const share = place - before
  const first = before * neurons
  const second = Math.min(before + 1, MEMBRANE_SAMPLES - 1) * neurons
  const most = mostSpikes(frame)
  for (let neuron = 0; neuron < neurons; neuron++) {
    const byte = membranes[first + neuron]! * (1 - share) + membranes[second + neuron]! * share
    const membrane = Math.min(Math.max((byte - EMPTY) / (FULL - EMPTY), 0), 1)
    levels[neuron] = membrane + (counts[neuron]! / most - membrane) * end
  }
}

/** Most spikes of a neuron; a single spike is not shown as a full cell. */
export function mostSpikes({ counts }: BrainFrame): number {
  let most = 5
  for (let neuron = 0; neuron < counts.length; neuron++) most = Math.max(most, counts[neuron]!)
  return most
}

/** How much the inhibition that a spike at (0, 0) caused dims a cell at a distance, as a share of the layer's width. */
export function inhibitionAt(distance: number, age: number): number {
  const front = (age / CROSSING) * 1.5
  const behind = front - distance
  if (behind < 0) return 0
  return Math.exp(-behind * 2.2)
}

/** Inhibition has left the picture after this time, ms. */
export const INHIBITION_SHOWN = 3 * CROSSING
