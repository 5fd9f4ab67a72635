// Networks: how parts fit, what a step costs in memory, and inhibition as a count against a full matrix.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allButOwn,
  conductanceLif,
  currentLif,
  dense,
  Network,
  oneToOne,
  PoissonInput,
  Population,
  pairStdp,
  SpikeCountProbe,
  SpikeProbe,
  StateProbe,
  schedule,
  spikeTimes,
} from '../../sim/index.ts'
import { availableBackends } from '../../src/backend/select.ts'
import { currentBackend, useBackend } from '../../src/index.ts'

describe('projections', () => {
  it('all-but-own is a full matrix without its diagonal, on every backend', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.infiniteStream(fc.boolean()), (size, bits) => {
        const spikes = Array.from({ length: size }, (_, index) => ({ index, time: 0 })).filter(
          () => bits.next().value,
        )
        for (const backend of availableBackends()) {
          useBackend(backend)
          const network = new Network()
          const input = network.add(spikeTimes('input', size, spikes))
          const byCount = network.add(new Population('by count', size, conductanceLif))
          const byMatrix = network.add(new Population('by matrix', size, conductanceLif))
          const weights = Float32Array.from({ length: size * size }, (_, i) =>
            i % (size + 1) === 0 ? 0 : 17,
          )
          network.connect(allButOwn({ from: input, to: byCount, into: 'gInh', weight: 17 }))
          network.connect(dense({ from: input, to: byMatrix, into: 'gInh', weights }))
          const simulation = network.compile({ dt: 0.5, seed: 0 })
          simulation.run(1)
          expect(simulation.state(byCount, 'gInh').toArray()).toEqual(
            simulation.state(byMatrix, 'gInh').toArray(),
          )
          simulation.dispose()
        }
      }),
      { numRuns: 30 },
    )
  })

  it('one-to-one reaches each partner alone', () => {
    const network = new Network()
    const input = network.add(
      spikeTimes('input', 5, [
        { index: 1, time: 0 },
        { index: 4, time: 0 },
      ]),
    )
    const cells = network.add(new Population('cells', 5, conductanceLif))
    network.connect(oneToOne({ from: input, to: cells, into: 'gExc', weight: 10.5 }))
    const simulation = network.compile({ dt: 0.5, seed: 0 })
    simulation.run(1)
    expect([...simulation.state(cells, 'gExc').toArray()]).toEqual([0, 10.5, 0, 0, 10.5])
  })

  it('say what does not fit', () => {
    const network = new Network()
    const three = network.add(new Population('three', 3, currentLif))
    const two = network.add(new Population('two', 2, currentLif))
    expect(() => oneToOne({ from: three, to: two, into: 'i', weight: 1 })).toThrow(
      /partners need equal sizes, got 3 and 2/,
    )
    expect(() => allButOwn({ from: three, to: three, into: 'i', weight: Number.NaN })).toThrow(/got NaN/)
    expect(() => dense({ from: three, to: two, into: 'gExc', weights: { low: 0, high: 1 } })).toThrow(
      /currentLif has no input "gExc", only i/,
    )
    expect(() => dense({ from: three, to: two, into: 'i', weights: new Float32Array(5) })).toThrow(
      /expected 3 x 2 = 6 weights, got 5/,
    )
    expect(() => network.add(new Population('two', 1, currentLif))).toThrow(/already has a part named "two"/)
    const cells = network.add(new Population('cells', 2, conductanceLif))
    const wrong = { from: two, to: cells, into: 'gExc', weights: { low: -1, high: -2 }, incomingTotal: 0 }
    expect(() => dense(wrong)).toThrow(
      'projection "two to cells": the lowest weight, -1, is above the highest, -2; ' +
        'incomingTotal must be a finite number above 0, got 0; weights with an incomingTotal must not be negative; ' +
        'a weight into "gExc" must be at least 0, got -1; a weight into "gExc" must be at least 0, got -2',
    )
    const stranger = new Population('stranger', 3, currentLif)
    expect(() => network.connect(oneToOne({ from: three, to: stranger, into: 'i', weight: 1 }))).toThrow(
      /"stranger" was not added/,
    )
    expect(() => network.compile({ dt: 0, seed: 0 })).toThrow(/dt must be a positive number/)
  })
})

/** A small network with one of everything. */
function everything() {
  const network = new Network()
  const input = network.add(new PoissonInput('input', 50, 4000))
  const cells = network.add(new Population('cells', 30, conductanceLif, { thetaStep: 0.05 }))
  const others = network.add(new Population('others', 30, conductanceLif))
  const plasticity = pairStdp({ potentiationRate: 0.01, depressionRate: 0.01, tauPre: 20, tauPost: 20 })
  const weights = { low: 0, high: 0.6 }
  network.connect(dense({ from: input, to: cells, into: 'gExc', weights, plasticity, incomingTotal: 15 }))
  network.connect(oneToOne({ from: cells, to: others, into: 'gExc', weight: 10 }))
  network.connect(allButOwn({ from: others, to: cells, into: 'gInh', weight: 2 }))
  network.probe(new SpikeCountProbe(cells))
  return network.compile({ dt: 0.5, seed: 5 })
}

describe('names', () => {
  it('of projections are taken once, and key their weights', () => {
    const network = new Network()
    const input = network.add(spikeTimes('input', 3, []))
    const cells = network.add(new Population('cells', 3, conductanceLif))
    const ends = { from: input, to: cells, weights: { low: 0, high: 1 } }
    const first = network.connect(dense({ ...ends, into: 'gExc' }))
    expect(() => network.connect(dense({ ...ends, into: 'gInh' }))).toThrow(
      /already has a projection named "input to cells": give this one a `name`/,
    )
    const second = network.connect(dense({ ...ends, into: 'gInh', name: 'inhibition' }))
    const simulation = network.compile({ dt: 0.5, seed: 0 })
    expect(simulation.weights(first).toArray()).not.toEqual(simulation.weights(second).toArray())
    simulation.dispose()
  })
})

describe('Simulation', () => {
  it('runs a whole number of steps', () => {
    const simulation = everything()
    for (const steps of [1.5, -1, Number.NaN, 350 / 0.3]) {
      expect(() => simulation.run(steps)).toThrow(/a number of steps is an integer from 0, got/)
    }
    simulation.run(0)
    expect(simulation.time).toBe(0)
    expect(() => new Network().compile({ dt: 0.5, seed: -3 })).toThrow(/seed must be an integer/)
  })

  it('that cannot be compiled leaves nothing behind', () => {
    const { arena } = currentBackend()
    const network = new Network()
    const cells = network.add(new Population('cells', 30, conductanceLif))
    const probe = network.probe(new SpikeCountProbe(cells))
    const simulation = network.compile({ dt: 0.5, seed: 0 })
    const before = arena.allocations
    expect(() => network.compile({ dt: 0.5, seed: 1 })).toThrow(
      /probe "spike counts of cells" records another simulation/,
    )
    expect(arena.allocations).toBe(before)
    expect(() => network.probe(probe)).toThrow(/was added to this network before/)
    simulation.dispose()
  })

  it('describes its plan in the order of the schedule', () => {
    const simulation = everything()
    simulation.learning = true
    const slots = simulation
      .describe()
      .split('\n')
      .map(line => line.split(' ')[0]!)
    const order = schedule.map(({ slot }) => slot as string)
    expect(new Set(slots)).toEqual(new Set(order))
    expect(slots.map(slot => order.indexOf(slot))).toEqual(
      slots.map(slot => order.indexOf(slot)).sort((a, b) => a - b),
    )
  })

  it('gives the same spikes for the same seed, and others for another', () => {
    const spikes = (seed: number) => {
      const network = new Network()
      const input = network.add(new PoissonInput('input', 50, 500))
      const cells = network.add(new Population('cells', 20, conductanceLif))
      network.connect(dense({ from: input, to: cells, into: 'gExc', weights: { low: 0, high: 0.6 } }))
      const probe = network.probe(new SpikeProbe(cells))
      const simulation = network.compile({ dt: 0.5, seed })
      simulation.input(input).encode(new Float32Array(50).fill(60), 500, { stream: 'test', index: 0 })
      simulation.run(500)
      simulation.dispose()
      return { times: [...probe.times], indices: [...probe.indices] }
    }
    expect(spikes(1).times.length).toBeGreaterThan(5)
    expect(spikes(1)).toEqual(spikes(1))
    expect(spikes(1)).not.toEqual(spikes(2))
  })

  it('cannot be used after it was disposed', () => {
    const simulation = everything()
    simulation.dispose()
    simulation.dispose()
    expect(() => simulation.run(1)).toThrow(/was disposed/)
    expect(() => simulation.normaliseWeights()).toThrow(/was disposed/)
  })

  it('knows its own parts only', () => {
    const simulation = everything()
    const stranger = new Population('stranger', 3, currentLif)
    expect(() => simulation.state(stranger, 'v')).toThrow(/"stranger" has no state "v"/)
    expect(() => simulation.input(new PoissonInput('input', 50, 10))).toThrow(
      /not a source of this simulation/,
    )
  })
})

describe('probes', () => {
  it('keep what they are asked to, as much as they said', () => {
    const network = new Network()
    const cells = network.add(new Population('cells', 3, currentLif, { iBias: 0.3 }))
    const v = network.probe(new StateProbe(cells, 'v', 100, [2, 0]))
    const spikes = network.probe(new SpikeProbe(cells))
    const counts = network.probe(new SpikeCountProbe(cells))
    const simulation = network.compile({ dt: 0.5, seed: 0 })
    simulation.run(400)
    expect(v.steps).toBe(100)
    expect(v.values.length).toBe(200)
    expect(spikes.length).toBeGreaterThan(10)
    expect([...counts.counts]).toEqual([0, 1, 2].map(n => spikes.indices.filter(index => index === n).length))
    spikes.recording = false
    simulation.run(100)
    counts.clear()
    expect([...counts.counts]).toEqual([0, 0, 0])
    spikes.clear()
    expect(spikes.length).toBe(0)
  })

  it('refuse what they cannot record', () => {
    const cells = new Population('cells', 3, currentLif)
    expect(() => new StateProbe(cells, 'theta', 10)).toThrow(/no state "theta", only v, i/)
    expect(() => new StateProbe(cells, 'v', 10, [3])).toThrow(/has neurons 0 to 2, not 3/)
    expect(() => new StateProbe(cells, 'v', 0)).toThrow(/maximumSteps must be a positive integer/)
  })
})
