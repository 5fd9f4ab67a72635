// Neuron models against closed forms: the charge of one spike, the rate to a constant current, refractoriness.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  conductanceLif,
  currentLif,
  dense,
  Network,
  Population,
  SpikeProbe,
  StateProbe,
  spikeTimes,
} from '../../sim/index.ts'
import { availableBackends } from '../../src/backend/select.ts'
import { useBackend } from '../../src/index.ts'

/** One spike of weight `weight` at 1 ms into one silent cell; returns what a probe saw in each step. */
function afterOneSpike(
  cell: Population,
  into: string,
  variable: string,
  weight: number,
  dt: number,
  duration: number,
) {
  const network = new Network()
  network.add(cell)
  const input = network.add(spikeTimes('input', 1, [{ index: 0, time: 1 }]))
  network.connect(dense({ from: input, to: cell, into, weights: Float32Array.of(weight) }))
  const probe = network.probe(new StateProbe(cell, variable, Math.round(duration / dt)))
  const simulation = network.compile({ dt, seed: 0 })
  simulation.run(Math.round(duration / dt))
  simulation.dispose()
  return probe.values
}

describe('the charge of one spike', () => {
  it.each([0.1, 0.5, 1])('is w (tau + dt) in a conductance, at dt %s ms', dt => {
    const cell = new Population('cell', 1, conductanceLif, { vThreshold: 1000 })
    const values = afterOneSpike(cell, 'gExc', 'gExc', 0.3, dt, 80)
    const charge = values.reduce((sum, value) => sum + value * dt, 0)
    expect(charge).toBeCloseTo(0.3 * (1 + dt), 5)
  })

  it('is 1.5 w ms at the time step of Diehl & Cook, and tends to w tau', () => {
    const charge = (dt: number) => {
      const cell = new Population('cell', 1, conductanceLif, { vThreshold: 1000 })
      return afterOneSpike(cell, 'gExc', 'gExc', 1, dt, 80).reduce((sum, value) => sum + value * dt, 0)
    }
    expect(charge(0.5)).toBeCloseTo(1.5, 5)
    expect(charge(0.01)).toBeCloseTo(1.01, 5)
  })

  it.each([0.1, 0.5, 2])('moves a current-based membrane along the exact solution, at dt %s ms', dt => {
    const tauMem = 20
    const tauSyn = 5
    const cell = new Population('cell', 1, currentLif, { tauMem, tauSyn, r: 100, vThreshold: 1000 })
    const values = afterOneSpike(cell, 'i', 'v', 0.2, dt, 40)
    const spikeStep = Math.round(1 / dt)
    values.forEach((v, step) => {
      const t = (step - spikeStep) * dt
      const rise =
        t < 0
          ? 0
          : ((100 * 0.2 * tauSyn) / (tauMem - tauSyn)) * (Math.exp(-t / tauMem) - Math.exp(-t / tauSyn))
      expect(v).toBeCloseTo(-65 + rise, 3)
    })
  })

  it('is exact too where both time constants are equal', () => {
    const cell = new Population('cell', 1, currentLif, { tauMem: 10, tauSyn: 10, r: 100, vThreshold: 1000 })
    const values = afterOneSpike(cell, 'i', 'v', 0.2, 0.5, 40)
    values.forEach((v, step) => {
      const t = Math.max(0, (step - 2) * 0.5)
      expect(v).toBeCloseTo(-65 + 100 * 0.2 * (t / 10) * Math.exp(-t / 10), 3)
    })
  })
})

it('a synapse with almost the time constant of the membrane is as strong as one with the same', () => {
  const peak = (tauSyn: number) => {
    const cell = new Population('cell', 1, currentLif, { tauMem: 10, tauSyn, r: 100, vThreshold: 1000 })
    return Math.max(...afterOneSpike(cell, 'i', 'v', 0.2, 0.5, 40))
  }
  for (const factor of [1 - 1e-9, 1 - 1e-13, 1 + Number.EPSILON, 1 + 1e-12, 1 + 1e-7]) {
    expect(peak(10 * factor)).toBeCloseTo(peak(10), 3)
  }
})

describe('currentLif', () => {
  it.each(availableBackends())('fires at the closed-form rate on %s', backend => {
    useBackend(backend)
    const dt = 0.05
    for (const iBias of [0.16, 0.2, 0.4]) {
      const network = new Network()
      const cell = network.add(new Population('cell', 5, currentLif, { iBias }))
      const probe = network.probe(new SpikeProbe(cell))
      const simulation = network.compile({ dt, seed: 0 })
      simulation.run(20_000)
      const times = probe.times.filter((_, n) => probe.indices[n] === 4)
      // From reset at -65 towards -65 + 100 iBias, through the threshold at -50, then 2 ms refractory.
      const interval = 2 + 20 * Math.log((100 * iBias) / (100 * iBias - 15))
      const measured = (times.at(-1)! - times[0]!) / (times.length - 1)
      expect(times.length).toBeGreaterThan(10)
      expect(Math.abs(measured - interval)).toBeLessThanOrEqual(2 * dt)
      simulation.dispose()
    }
  })

  it('is held for exactly its refractory period', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), steps => {
        const network = new Network()
        // Far above threshold at once: the interval is the refractory period, at least one step.
        const cell = network.add(
          new Population('cell', 1, currentLif, { iBias: 1e4, refractory: steps * 0.5 }),
        )
        const probe = network.probe(new SpikeProbe(cell))
        const simulation = network.compile({ dt: 0.5, seed: 0 })
        simulation.run(200)
        simulation.dispose()
        const { times } = probe
        for (let n = 1; n < times.length; n++)
          expect(times[n]! - times[n - 1]!).toBe(Math.max(1, steps) * 0.5)
      }),
      { numRuns: 25 },
    )
  })
})

describe('conductanceLif', () => {
  it('stays between its reversal potentials however large a conductance is', () => {
    fc.assert(
      fc.property(
        fc.float({ min: 0, max: 1e6, noNaN: true }),
        fc.float({ min: 0, max: 1e6, noNaN: true }),
        (excitation, inhibition) => {
          const network = new Network()
          const cell = network.add(new Population('cell', 1, conductanceLif, { vThreshold: 1e9 }))
          const input = network.add(spikeTimes('input', 1, [{ index: 0, time: 0 }]))
          network.connect(
            dense({ from: input, to: cell, into: 'gExc', weights: Float32Array.of(excitation) }),
          )
          network.connect(
            dense({ from: input, to: cell, into: 'gInh', name: 'inh', weights: Float32Array.of(inhibition) }),
          )
          const probe = network.probe(new StateProbe(cell, 'v', 100))
          const simulation = network.compile({ dt: 0.5, seed: 0 })
          simulation.run(100)
          simulation.dispose()
          for (const v of probe.values) expect(v >= -100.001 && v <= 0.001).toBe(true)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('settles where the currents balance', () => {
    const network = new Network()
    const cell = network.add(
      new Population('cell', 1, conductanceLif, { vThreshold: 1e9, tauExc: 1e9, tauInh: 1e9, tauMem: 10 }),
    )
    const input = network.add(spikeTimes('input', 1, [{ index: 0, time: 0 }]))
    network.connect(dense({ from: input, to: cell, into: 'gExc', weights: Float32Array.of(0.5) }))
    network.connect(
      dense({ from: input, to: cell, into: 'gInh', name: 'inh', weights: Float32Array.of(0.25) }),
    )
    const simulation = network.compile({ dt: 0.5, seed: 0 })
    simulation.run(2000)
    expect(simulation.state(cell, 'v').item()).toBeCloseTo((-65 + 0.5 * 0 + 0.25 * -100) / 1.75, 3)
    simulation.dispose()
  })

  it('adapts its threshold while learning only', () => {
    const network = new Network()
    const parameters = { thetaInitial: 2, thetaStep: 0.5, tauTheta: 1e30 }
    const cell = network.add(new Population('cell', 1, conductanceLif, parameters))
    const times = [0, 50].map(time => ({ index: 0, time }))
    const input = network.add(spikeTimes('input', 1, times))
    network.connect(dense({ from: input, to: cell, into: 'gExc', weights: Float32Array.of(100) }))
    const probe = network.probe(new SpikeProbe(cell))
    const simulation = network.compile({ dt: 0.5, seed: 0 })
    const theta = simulation.state(cell, 'theta')
    simulation.run(90)
    const frozenSpikes = probe.length
    expect(frozenSpikes).toBeGreaterThan(0)
    expect(theta.item()).toBe(2)
    simulation.learning = true
    simulation.run(90)
    expect(probe.length).toBeGreaterThan(frozenSpikes)
    expect(theta.item()).toBe(2 + 0.5 * (probe.length - frozenSpikes))
    simulation.dispose()
  })

  it.each([1, 100, 1e5, 1e7])('decays its threshold along the exponential, for tauTheta %s ms', tauTheta => {
    const network = new Network()
    const cell = network.add(new Population('cell', 3, conductanceLif, { thetaInitial: 20, tauTheta }))
    const simulation = network.compile({ dt: 0.5, seed: 0 })
    const theta = simulation.state(cell, 'theta')
    simulation.run(5000)
    expect(theta.toArray()[0]).toBe(20)
    simulation.learning = true
    // In pieces, as presentations come; ten thousand steps are a whole number of every period.
    for (const steps of [1, 2, 997, 4000, 5000]) simulation.run(steps)
    for (const value of theta.toArray()) {
      expect(Math.abs(value - 20 * Math.exp(-5000 / tauTheta))).toBeLessThan(2e-4)
    }
    simulation.dispose()
  })

  it('names every wrong parameter at once', () => {
    expect(() => new Population('cell', 1, conductanceLif, { tauMem: 0, vReset: Number.NaN })).toThrow(
      /tauMem must be a finite number above 0 ms, got 0; vReset must be a finite number, got NaN/,
    )
    // A name that TypeScript would refuse, as it may come from a file.
    expect(() => new Population('cell', 1, conductanceLif, JSON.parse('{"tau": 1}'))).toThrow(
      /unknown parameter "tau"/,
    )
    expect(() => new Population('cell', 0, conductanceLif)).toThrow(/size must be a positive integer, got 0/)
  })
})
