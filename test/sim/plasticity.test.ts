// Plasticity against closed forms: the window of pair STDP, the triplet rule on chosen spikes, weight normalisation.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  currentLif,
  dense,
  Network,
  type PlasticityRule,
  Population,
  pairStdp,
  type SpikeTime,
  spikeTimes,
  tripletStdp,
} from '../../sim/index.ts'

const DT = 0.5

/**
 * The weight of one plastic synapse after given pre and post spikes. The post cell is driven one step ahead, through
 * a synapse strong enough that one spike makes it fire and a cell that forgets at once.
 */
function weightAfter(
  rule: PlasticityRule,
  pre: number[],
  post: number[],
  start = 0.5,
  duration = 400,
): number {
  const network = new Network()
  const at = (times: number[]): SpikeTime[] => times.map(time => ({ index: 0, time }))
  const input = network.add(spikeTimes('input', 1, at(pre)))
  const teacher = network.add(spikeTimes('teacher', 1, at(post.map(time => time - DT))))
  const cell = network.add(
    new Population('cell', 1, currentLif, { tauMem: 0.01, tauSyn: 0.01, r: 1, refractory: 0 }),
  )
  network.connect(dense({ from: teacher, to: cell, into: 'i', weights: Float32Array.of(1e30) }))
  const plastic = network.connect(
    dense({ from: input, to: cell, into: 'i', weights: Float32Array.of(start), plasticity: rule }),
  )
  const simulation = network.compile({ dt: DT, seed: 0 })
  simulation.learning = true
  simulation.run(duration / DT)
  const weight = simulation.weights(plastic).item()
  simulation.dispose()
  return weight
}

const pair = pairStdp({ potentiationRate: 0.01, depressionRate: 0.012, tauPre: 20, tauPost: 30 })

describe('pairStdp', () => {
  it('has the exponential window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), steps => {
        const delay = steps * DT
        expect(weightAfter(pair, [100], [100 + delay]) - 0.5).toBeCloseTo(0.01 * Math.exp(-delay / 20), 6)
        expect(weightAfter(pair, [100 + delay], [100]) - 0.5).toBeCloseTo(-0.012 * Math.exp(-delay / 30), 6)
      }),
      { numRuns: 20 },
    )
  })

  it('sums over all earlier spikes, or takes the nearest', () => {
    const sum = 0.01 * (Math.exp(-5 / 20) + Math.exp(-15 / 20))
    expect(weightAfter(pair, [90, 100], [105]) - 0.5).toBeCloseTo(sum, 6)
    const nearest = pairStdp({
      potentiationRate: 0.01,
      depressionRate: 0.012,
      tauPre: 20,
      tauPost: 30,
      pairing: 'nearest',
    })
    expect(weightAfter(nearest, [90, 100], [105]) - 0.5).toBeCloseTo(0.01 * Math.exp(-5 / 20), 6)
  })

  it('keeps its bounds', () => {
    expect(weightAfter(pair, [100], [101], 0.999)).toBe(1)
    expect(weightAfter(pair, [101], [100], 0.001)).toBe(0)
  })

  it('reads traces right across a silence of many time constants', () => {
    // The stored values are brought back to scale on the way.
    const pre = Array.from({ length: 12 }, (_, n) => 100 + 70 * n)
    const weight = weightAfter(pair, pre, [877], 0.2, 1000)
    const expected = pre.reduce((sum, time) => sum + 0.01 * Math.exp(-(877 - time) / 20), 0)
    expect(weight - 0.2).toBeCloseTo(expected, 6)
  })
})

describe('tripletStdp', () => {
  const rule = tripletStdp({
    potentiationRate: 0.01,
    depressionRate: 0.0001,
    tauPre: 20,
    tauPostFast: 20,
    tauPostSlow: 40,
  })

  it('does not potentiate on a first post spike, and does on a second by pre and post traces', () => {
    expect(weightAfter(rule, [100], [105])).toBe(0.5)
    const delta = weightAfter(rule, [100], [80, 105]) - 0.5
    const depression = 0.0001 * Math.exp(-20 / 20)
    expect(delta).toBeCloseTo(0.01 * Math.exp(-5 / 20) * Math.exp(-25 / 40) - depression, 6)
  })

  it('depresses on a pre spike by the nearest post spike', () => {
    expect(weightAfter(rule, [110], [90, 100]) - 0.5).toBeCloseTo(-0.0001 * Math.exp(-10 / 20), 7)
  })

  it('on spikes in the same step: depression by the trace before, potentiation with the pre spike counted', () => {
    const delta = weightAfter(rule, [100], [80, 100]) - 0.5
    expect(delta).toBeCloseTo(0.01 * Math.exp(-20 / 40) - 0.0001 * Math.exp(-20 / 20), 6)
  })
})

it('learning starts with cleared traces, however it was left before', () => {
  const network = new Network()
  const spikes = [10, 110].map(time => ({ index: 0, time }))
  const input = network.add(spikeTimes('input', 1, spikes.slice(0, 1)))
  const teacher = network.add(spikeTimes('teacher', 1, spikes.slice(1)))
  const cell = network.add(
    new Population('cell', 1, currentLif, { tauMem: 0.01, tauSyn: 0.01, r: 1, refractory: 0 }),
  )
  network.connect(dense({ from: teacher, to: cell, into: 'i', weights: Float32Array.of(1e30) }))
  // A trace that lasts: only clearing can remove it.
  const slow = pairStdp({ potentiationRate: 0.1, depressionRate: 0.1, tauPre: 1e6, tauPost: 1e6 })
  const plastic = network.connect(
    dense({ from: input, to: cell, into: 'i', weights: Float32Array.of(0.5), plasticity: slow }),
  )
  const simulation = network.compile({ dt: DT, seed: 0 })
  simulation.learning = true
  simulation.run(40 / DT)
  simulation.learning = false
  simulation.run(40 / DT)
  simulation.learning = true
  simulation.run(80 / DT)
  expect(simulation.weights(plastic).item()).toBe(0.5)
  simulation.dispose()
})

describe('a rule from a user', () => {
  it('is checked when the network is compiled, all problems at once', () => {
    const wrong: PlasticityRule = {
      ...pair,
      traces: { x: { side: 'pre', tau: -1, onSpike: 'add' } },
      minimum: 2,
    }
    expect(() => weightAfter(wrong, [], [])).toThrow(
      /"y" is not a postsynaptic trace; .*tau of trace "x" must be above 0 ms, got -1; .*minimum 2 is above maximum 1/,
    )
  })
})

it('normalisation brings every incoming sum to its total, and leaves a cell without input alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 21, maxLength: 21 }),
      fc.integer({ min: 1, max: 100 }),
      (values, total) => {
        const network = new Network()
        const input = network.add(spikeTimes('input', 7, []))
        const cells = network.add(new Population('cells', 3, currentLif))
        const weights = Float32Array.from(values)
        // Column 2 is without input.
        for (let k = 0; k < 7; k++) weights[3 * k + 2] = 0
        const projection = network.connect(
          dense({ from: input, to: cells, into: 'i', weights, incomingTotal: total }),
        )
        const simulation = network.compile({ dt: DT, seed: 0 })
        simulation.normaliseWeights()
        const scaled = simulation.weights(projection).toArray()
        simulation.dispose()
        for (let j = 0; j < 3; j++) {
          const column = (array: ArrayLike<number>) => Array.from({ length: 7 }, (_, k) => array[3 * k + j]!)
          const before = column(weights).reduce((sum, w) => sum + w, 0)
          // Sums in the range of denormals have no precise inverse.
          if (before > 0 && before < 1e-30) continue
          const after = column(scaled).reduce((sum, w) => sum + w, 0)
          expect(after / total).toBeCloseTo(before === 0 ? 0 : 1, 5)
        }
      },
    ),
  )
})
