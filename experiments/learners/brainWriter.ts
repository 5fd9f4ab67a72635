// Writes the story of an image, and the weights it left, into a frame of the brain.
import type { SpikeEvents } from '../../sim/index.ts'
import {
  type BrainFrame,
  CHANGE_RANGE,
  MEMBRANE_RANGE,
  MEMBRANE_SAMPLES,
  type SpikeViews,
  STEP,
} from './brainFrame.ts'
import type { BrainNetwork } from './brainNetwork.ts'
import type { BrainStory } from './brainStory.ts'
import { PIXELS } from './common.ts'
import type { Focus } from './learner.ts'

/** A brain, as far as its frames show it. */
export type ShownBrain = Pick<BrainNetwork, 'neurons' | 'lesions' | 'learner' | 'theta'>

export function writeBrainFrame(
  frame: BrainFrame,
  network: ShownBrain,
  story: BrainStory,
  focus: Focus | null,
): void {
  const theta = network.theta()
  frame.image = story.image
  frame.label = story.label
  frame.predicted = story.predicted
  frame.learned = story.learned
  frame.winner = story.winner
  frame.pixels.set(story.pixels)
  frame.counts.set(story.counts)
  frame.votes.set(story.votes)
  frame.labels.set(story.labels)
  frame.lesions.set(network.lesions)
  frame.theta.set(theta)
  frame.thetaMaximum = theta.reduce((most, value) => Math.max(most, value), 0)
  writeSpikes(frame, story)
  writeMembranes(frame.membranes, story.v)
  writeWeights(frame.weights, network.learner.weights.view(), network.neurons)
  writeWinner(frame, story)
  writeFocus(frame, network, story, focus)
}

function writeSpikes(frame: BrainFrame, { raster }: BrainStory): void {
  frame.inputSpikes = raster ? writeEvents(frame.spikes.input, raster.input) : 0
  frame.excitatorySpikes = raster ? writeEvents(frame.spikes.excitatory, raster.excitatory) : 0
  frame.inhibitorySpikes = raster ? writeEvents(frame.spikes.inhibitory, raster.inhibitory) : 0
  frame.intensity = raster?.intensity ?? Number.NaN
  frame.attempts = raster?.attempts ?? 0
}

/** As many events as there is room for; returns how many there were. */
function writeEvents({ steps, neurons }: SpikeViews, { times, indices }: SpikeEvents): number {
  const room = Math.min(times.length, steps.length)
  for (let i = 0; i < room; i++) {
    steps[i] = Math.round(times[i]! / STEP)
    neurons[i] = indices[i]!
  }
  return times.length
}

function writeMembranes(into: Uint8Array, v: Float32Array): void {
  const { low, high } = MEMBRANE_RANGE
  const scale = 255 / (high - low)
  for (let i = 0; i < v.length; i++) {
    into[i] = Math.round(Math.min(Math.max((v[i]! - low) * scale, 0), 255))
  }
}

/** Weights [784, neurons] as bytes [neurons, 784], some rows at a time so that what is written stays in the cache. */
function writeWeights(into: Uint8Array, weights: ArrayLike<number>, neurons: number): void {
  const rows = 16
  for (let first = 0; first < PIXELS; first += rows) {
    for (let neuron = 0; neuron < neurons; neuron++) {
      for (let pixel = first; pixel < first + rows; pixel++) {
        // All weights are from 0 to 1.
        into[neuron * PIXELS + pixel] = (weights[pixel * neurons + neuron]! * 255 + 0.5) | 0
      }
    }
  }
}

function writeWinner({ winnerChange }: BrainFrame, story: BrainStory): void {
  const { winner, neurons, weightsBefore, weightsAfter } = story
  if (winner < 0) {
    winnerChange.fill(0)
    return
  }
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const i = pixel * neurons + winner
    const change = ((weightsAfter[i]! - weightsBefore[i]!) / CHANGE_RANGE) * 127
    winnerChange[pixel] = Math.round(Math.min(Math.max(change, -127), 127))
  }
}

function writeFocus(
  frame: BrainFrame,
  { learner }: ShownBrain,
  story: BrainStory,
  focus: Focus | null,
): void {
  const { neurons } = story
  frame.focusThreshold = learner.parameters.excitatory.vThreshold
  if (focus === null || focus.layer !== 0 || focus.unit >= neurons) {
    frame.focusUnit = -1
    frame.focusLayer = -1
    for (const values of Object.values(frame.focus)) values.fill(0)
    return
  }
  const { unit } = focus
  frame.focusUnit = unit
  frame.focusLayer = 0
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const i = pixel * neurons + unit
    frame.focus.weights[pixel] = story.weightsAfter[i]!
    frame.focus.change[pixel] = story.weightsAfter[i]! - story.weightsBefore[i]!
  }
  for (let sample = 0; sample < MEMBRANE_SAMPLES; sample++) {
    const i = sample * neurons + unit
    frame.focus.v[sample] = story.v[i]!
    frame.focus.gExc[sample] = story.gExc[i]!
    frame.focus.gInh[sample] = story.gInh[i]!
  }
}
