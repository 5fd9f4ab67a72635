// What a frame says about one excitatory neuron of the brain: its membrane, its spikes, its synapses and why they changed.
import {
  type BrainFrame,
  IMAGE_DURATION,
  MEMBRANE_INTERVAL,
  MEMBRANE_RANGE,
  MEMBRANE_SAMPLES,
  type SpikeViews,
  STEP,
} from '../../experiments/learners/brainFrame.ts'
import { PIXELS } from '../../experiments/learners/common.ts'

/** One synapse of the neuron in this image. */
export interface Synapse {
  readonly pixel: number
  readonly weight: number
  /** Spikes of the input. */
  readonly spikes: number
  /** What the image changed; NaN when nobody recorded it. */
  readonly change: number
}

export interface BrainUnit {
  readonly unit: number
  /** Whether weights, membrane and conductances are the exact ones; otherwise bytes, and no conductances. */
  readonly exact: boolean
  readonly lesioned: boolean
  /** The class it is read out as, -1 for none yet. */
  readonly label: number
  readonly theta: number
  /** Potential at which it fires, theta included, mV; NaN when nobody recorded it. */
  readonly threshold: number
  /** Spikes, ms since the image came on, blank included. */
  readonly spikeTimes: readonly number[]
  /** Spikes while the image was on. */
  readonly count: number
  /** At the end of each interval of MEMBRANE_INTERVAL, mV, and relative to the leak; null when nobody recorded them. */
  readonly v: Float32Array
  readonly gExc: Float32Array | null
  readonly gInh: Float32Array | null
  readonly weights: Float32Array
  readonly weightTotal: number
  /** Null when nobody recorded it. */
  readonly change: Float32Array | null
  readonly grown: ChangeTally
  readonly shrunk: ChangeTally
  /** Most changed first; without changes, heaviest first: `byChange` says which. */
  readonly synapses: readonly Synapse[]
  readonly byChange: boolean
}

/** How many synapses changed one way, and by how much together. */
export interface ChangeTally {
  readonly synapses: number
  readonly total: number
}

/** @returns null for a neuron that the network does not have. */
export function brainUnit(frame: BrainFrame, unit: number, most = 8): BrainUnit | null {
  const count = frame.counts[unit]
  if (count === undefined) return null
  const exact = frame.focusUnit === unit
  const weights = exact ? frame.focus.weights.slice() : bytesToWeights(frame, unit)
  const change = exact ? frame.focus.change.slice() : null
  const theta = frame.theta[unit]!
  return {
    unit,
    exact,
    lesioned: frame.lesions[unit] === 1,
    label: frame.labels[unit]!,
    theta,
    threshold: exact ? frame.focusThreshold + theta : Number.NaN,
    spikeTimes: timesOf(frame.spikes.excitatory, frame.excitatorySpikes, unit),
    count,
    v: exact ? frame.focus.v.slice() : bytesToMembrane(frame, unit),
    gExc: exact ? frame.focus.gExc.slice() : null,
    gInh: exact ? frame.focus.gInh.slice() : null,
    weights,
    weightTotal: weights.reduce((sum, weight) => sum + weight, 0),
    change,
    grown: tally(change, value => value > 0),
    shrunk: tally(change, value => value < 0),
    synapses: topSynapses(frame, weights, change, most),
    byChange: hasChanged(change),
  }
}

/** Times of one neuron's spikes, ms; `spikes` says how many there were, which may be more than were kept. */
export function timesOf(views: SpikeViews, spikes: number, neuron: number): number[] {
  const times: number[] = []
  const kept = Math.min(spikes, views.steps.length)
  for (let spike = 0; spike < kept; spike++) {
    if (views.neurons[spike] === neuron) times.push(views.steps[spike]! * STEP)
  }
  return times
}

/** The sample of the membranes that a time falls in, the last one after the image. */
export function membraneSample(time: number): number {
  return Math.max(
    0,
    Math.min(MEMBRANE_SAMPLES - 1, Math.floor(Math.min(time, IMAGE_DURATION) / MEMBRANE_INTERVAL)),
  )
}

/** The two spikes that last strengthened a synapse, and by how much the rule says they did. */
export interface Pairing {
  readonly pre: number
  readonly post: number
  /** The neuron's spike before that, NaN when it was not in this image. */
  readonly postBefore: number
  readonly tracePre: number
  readonly tracePost: number
  readonly change: number
}

export interface PairingRates {
  readonly potentiationRate: number
  readonly tauPre: number
  readonly tauPostSlow: number
}

/**
 * The last time that the neuron fired after this input had: by Pfister & Gerstner's minimal triplet rule the weight then
 * grew by the rate times the traces of both, each 1 at its last spike and decaying since. Null when it never did.
 */
export function lastPairing(
  pre: readonly number[],
  post: readonly number[],
  rates: PairingRates,
): Pairing | null {
  for (let last = post.length - 1; last >= 0; last--) {
    const time = post[last]!
    const before = pre.findLast(spike => spike <= time)
    if (before === undefined) continue
    const postBefore = post[last - 1] ?? Number.NaN
    const tracePre = Math.exp((before - time) / rates.tauPre)
    const tracePost = Number.isNaN(postBefore) ? 0 : Math.exp((postBefore - time) / rates.tauPostSlow)
    const change = rates.potentiationRate * tracePre * tracePost
    return { pre: before, post: time, postBefore, tracePre, tracePost, change }
  }
  return null
}

function tally(change: Float32Array | null, counts: (value: number) => boolean): ChangeTally {
  let [synapses, total] = [0, 0]
  for (const value of change ?? []) {
    if (!counts(value)) continue
    synapses += 1
    total += value
  }
  return { synapses, total }
}

function hasChanged(change: Float32Array | null): change is Float32Array {
  return change?.some(value => value !== 0) ?? false
}

function topSynapses(
  frame: BrainFrame,
  weights: Float32Array,
  change: Float32Array | null,
  most: number,
): Synapse[] {
  const spikes = inputSpikeCounts(frame)
  const order = Array.from(weights.keys())
  const ranks = hasChanged(change) ? change.map(Math.abs) : weights
  order.sort((a, b) => ranks[b]! - ranks[a]!)
  return order.slice(0, most).map(pixel => ({
    pixel,
    weight: weights[pixel]!,
    spikes: spikes[pixel]!,
    change: change?.[pixel] ?? Number.NaN,
  }))
}

/** Spikes of each input in this image, [784]. */
export function inputSpikeCounts(frame: BrainFrame): Uint16Array {
  const counts = new Uint16Array(PIXELS)
  const { neurons } = frame.spikes.input
  const kept = Math.min(frame.inputSpikes, neurons.length)
  for (let spike = 0; spike < kept; spike++) counts[neurons[spike]!]! += 1
  return counts
}

function bytesToWeights(frame: BrainFrame, unit: number): Float32Array {
  return Float32Array.from(frame.weights.subarray(unit * PIXELS, (unit + 1) * PIXELS), byte => byte / 255)
}

function bytesToMembrane(frame: BrainFrame, unit: number): Float32Array {
  const { low, high } = MEMBRANE_RANGE
  const neurons = frame.shape.neurons
  return Float32Array.from(
    { length: MEMBRANE_SAMPLES },
    (_, sample) => low + (frame.membranes[sample * neurons + unit]! / 255) * (high - low),
  )
}
