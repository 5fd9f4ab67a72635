// Lesson 2: the same inputs and weights for a rectified sum and for a leaky membrane.
import {
  currentLif,
  dense,
  Network,
  Population,
  SpikeProbe,
  type SpikeTime,
  StateProbe,
  spikeTimes,
} from '../../../sim/index.ts'
import { onBench } from './bench.ts'

export const DURATION = 350
const STEP = 0.5
const FIRST_SPIKE = 20
/** Spikes that an input of strength 1 sends. */
export const MOST_SPIKES = 10
/** Current that a spike brings through a weight of 1, nA. */
const CURRENT_PER_WEIGHT = 0.2
/** nF. */
const CAPACITY = 0.2
export const REST = currentLif.parameters.vLeak.default
export const THRESHOLD = currentLif.parameters.vThreshold.default

export interface UnitInputs {
  /** Each from 0 to 1. */
  readonly strengths: readonly number[]
  /** Each from -1 to 1. */
  readonly weights: readonly number[]
  /** Time in which the spikes of all inputs come, ms. */
  readonly spread: number
  /** Membrane time constant, ms. */
  readonly tauMem: number
}

export interface MembraneCourse {
  /** After each step of 0.5 ms, mV. */
  readonly potential: Float32Array
  /** Spikes of the membrane, ms. */
  readonly spikes: readonly number[]
  readonly arriving: readonly SpikeTime[]
}

/** Time of a value of `potential`, ms. */
export const timeOf = (step: number): number => step * STEP

/** max(0, w x): what a rectified unit without a bias puts out. */
export function rectifiedSum({ strengths, weights }: UnitInputs): number {
  return Math.max(0, weightedSum({ strengths, weights }))
}

export function weightedSum({ strengths, weights }: Pick<UnitInputs, 'strengths' | 'weights'>): number {
  return strengths.reduce((sum, strength, input) => sum + strength * (weights[input] ?? 0), 0)
}

/** Each input's spikes, evenly in the time given, the inputs in turn. */
export function arrivals({ strengths, spread }: Pick<UnitInputs, 'strengths' | 'spread'>): SpikeTime[] {
  const times = strengths.flatMap((strength, index) => {
    const count = Math.round(strength * MOST_SPIKES)
    const place = (spike: number) => (spike + (index + 0.5) / strengths.length) / count
    return Array.from({ length: count }, (_, spike) => ({
      index,
      time: FIRST_SPIKE + place(spike) * spread,
    }))
  })
  return times.sort((a, b) => a.time - b.time)
}

/** Only the leak changes: the capacity tauMem / r stays, so that a spike lifts the membrane as far. */
const leaky = (tauMem: number) => ({ tauMem, r: tauMem / CAPACITY })

/** What a leaky integrate-and-fire neuron makes of the same inputs. */
export function membraneCourse(inputs: UnitInputs): MembraneCourse {
  const arriving = arrivals(inputs)
  return onBench(() => {
    const network = new Network()
    const source = network.add(spikeTimes('inputs', inputs.strengths.length, arriving))
    const cell = network.add(new Population('cell', 1, currentLif, leaky(inputs.tauMem)))
    const weights = Float32Array.from(inputs.weights, weight => weight * CURRENT_PER_WEIGHT)
    network.connect(dense({ from: source, to: cell, into: 'i', weights }))
    const steps = DURATION / STEP
    const potential = network.probe(new StateProbe(cell, 'v', steps))
    const spikes = network.probe(new SpikeProbe(cell))
    const simulation = network.compile({ dt: STEP, seed: 1 })
    simulation.run(steps)
    const course = { potential: potential.values, spikes: [...spikes.times], arriving }
    simulation.dispose()
    return course
  })
}
