// Lesson 4: what spikes on the two sides of one synapse change, computed by the simulator's own rules.
import {
  currentLif,
  dense,
  Network,
  oneToOne,
  type PlasticityRule,
  Population,
  pairStdp,
  spikeTimes,
  tripletStdp,
} from '../../../sim/index.ts'
import { onBench } from './bench.ts'

export const ruleNames = ['pair', 'triplet'] as const
export type RuleName = (typeof ruleNames)[number]

/** The pair rule with depression a little stronger, as in Song, Miller & Abbott 2000; the triplet rule of the network here. */
const rules: Readonly<Record<RuleName, PlasticityRule>> = {
  pair: pairStdp({
    potentiationRate: 0.01,
    depressionRate: 0.0105,
    tauPre: 20,
    tauPost: 20,
    pairing: 'nearest',
  }),
  triplet: tripletStdp({
    potentiationRate: 0.01,
    depressionRate: 0.0001,
    tauPre: 20,
    tauPostFast: 20,
    tauPostSlow: 40,
  }),
}

const STEP = 0.5
export const START_WEIGHT = 0.5
/** Largest time of a spike, ms. */
export const LATEST = 100
/** A neuron that fires in the step after each spike of its driver, and at no other time. */
const driven = { tauMem: 5, tauSyn: 0.1, r: 100, refractory: 0, vThreshold: -20 } as const
const DRIVE = 40

export interface SpikePattern {
  /** Spikes of the presynaptic and of the postsynaptic neuron, ms. */
  readonly pre: readonly number[]
  readonly post: readonly number[]
}

/** The weights of one synapse for each presynaptic train, after each step until `duration`: [step][train]. */
function weightCourses(
  rule: PlasticityRule,
  trains: readonly (readonly number[])[],
  post: readonly number[],
  duration: number,
): Float32Array[] {
  return onBench(() => {
    const network = new Network()
    const before = trains.flatMap((train, index) => train.map(time => ({ index, time })))
    const pre = network.add(spikeTimes('pre', trains.length, before))
    // The postsynaptic neuron sees a spike one step after it was sent. All times here are late enough for that.
    const driver = network.add(
      spikeTimes(
        'driver',
        1,
        post.map(time => ({ index: 0, time: time - STEP })),
      ),
    )
    const cell = network.add(new Population('post', 1, currentLif, driven))
    network.connect(oneToOne({ from: driver, to: cell, into: 'i', weight: DRIVE }))
    const weights = new Float32Array(trains.length).fill(START_WEIGHT)
    const synapse = network.connect(dense({ from: pre, to: cell, into: 'i', weights, plasticity: rule }))
    const simulation = network.compile({ dt: STEP, seed: 1 })
    simulation.learning = true
    const course = Array.from({ length: Math.round(duration / STEP) }, () => {
      simulation.run(1)
      return Float32Array.from(simulation.weights(synapse).toArray())
    })
    simulation.dispose()
    return course
  })
}

/** The weight of a synapse after each step of 0.5 ms, up to 10 ms after the last spike can come. */
export function weightCourse(rule: RuleName, { pre, post }: SpikePattern): Float64Array {
  const margin = 10
  const shift = (times: readonly number[]) => times.map(time => time + margin)
  const course = weightCourses(rules[rule], [shift(pre)], shift(post), LATEST + 2 * margin)
  return Float64Array.from(course.slice(margin / STEP), weights => weights[0]!)
}

/** What a pattern changes in the weight. */
export function weightChange(rule: RuleName, pattern: SpikePattern): number {
  return weightCourse(rule, pattern).at(-1)! - START_WEIGHT
}

/** The window of the pair rule: the change for each delay from pre to post, ms, all in one simulation. */
export function pairWindow(delays: readonly number[]): Float64Array {
  const at = LATEST
  const trains = delays.map(delay => [at - delay])
  const last = weightCourses(rules.pair, trains, [at], 2 * LATEST).at(-1)!
  return Float64Array.from(last, weight => weight - START_WEIGHT)
}
