// The Poisson input: interval statistics, independence, and the same spikes wherever it runs.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Network, PoissonInput, SpikeProbe, spikeTimes } from '../../sim/index.ts'
import { availableBackends } from '../../src/backend/select.ts'
import { useBackend } from '../../src/index.ts'

const DT = 0.5

/** Spikes of one draw, as (step, source) events. */
function draw(rates: Float32Array, steps: number, presentation = 0, seed = 1) {
  const network = new Network()
  const input = network.add(new PoissonInput('input', rates.length, steps))
  const probe = network.probe(new SpikeProbe(input))
  const simulation = network.compile({ dt: DT, seed })
  simulation.input(input).encode(rates, steps, { stream: 'test', index: presentation })
  simulation.run(steps + 10)
  simulation.dispose()
  return { steps: [...probe.times].map(time => Math.round(time / DT)), sources: [...probe.indices] }
}

describe('PoissonInput', () => {
  it('draws geometric intervals: mean 1 / p, coefficient of variation sqrt(1 - p), about 1 at low rates', () => {
    for (const rate of [2, 20, 63.75, 400]) {
      const p = (rate * DT) / 1000
      const events = draw(new Float32Array(200).fill(rate), 40_000)
      const intervals: number[] = []
      const last = new Map<number, number>()
      events.steps.forEach((step, n) => {
        const source = events.sources[n]!
        if (last.has(source)) intervals.push(step - last.get(source)!)
        last.set(source, step)
      })
      const mean = intervals.reduce((sum, x) => sum + x, 0) / intervals.length
      const variance = intervals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / intervals.length
      expect(intervals.length).toBeGreaterThan(5000)
      // Six standard errors of each, and the bias of a finite window on the mean.
      const error = 6 / Math.sqrt(intervals.length)
      expect(Math.abs(mean * p - 1)).toBeLessThan(error + 1 / (p * 40_000))
      expect(Math.abs(Math.sqrt(variance) / mean - Math.sqrt(1 - p))).toBeLessThan(error + 1 / (p * 40_000))
    }
  })

  it('spikes as often in every step, and independently of its neighbour', () => {
    const steps = 400
    const sources = 1000
    const p = 0.1
    const { steps: at, sources: who } = draw(new Float32Array(sources).fill((1000 * p) / DT), steps)
    const grid = new Uint8Array(steps * sources)
    at.forEach((step, n) => {
      grid[step * sources + who[n]!] = 1
    })
    let together = 0
    for (let step = 0; step < steps; step++) {
      const row = grid.subarray(step * sources, (step + 1) * sources)
      const count = row.reduce((sum, x) => sum + x, 0)
      expect(Math.abs(count - p * sources)).toBeLessThan(6 * Math.sqrt(sources * p * (1 - p)))
      for (let k = 1; k < sources; k++) together += row[k]! & row[k - 1]!
    }
    const pairs = steps * (sources - 1)
    expect(Math.abs(together / pairs - p * p)).toBeLessThan(6 * Math.sqrt((p * p) / pairs))
  })

  it('is silent at rate 0 and spikes in every step at a rate of 1 / dt or more', () => {
    const { steps, sources } = draw(Float32Array.of(0, 2000, 0, 5000), 50)
    expect(sources.filter(source => source === 0 || source === 2)).toEqual([])
    expect(steps).toEqual(Array.from({ length: 100 }, (_, n) => Math.floor(n / 2)))
  })

  it('draws the same spikes on every backend, and others for another presentation or seed', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ min: 0, max: 2500, noNaN: true, minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 300 }),
        fc.nat({ max: 0xffffffff }),
        (rates, steps, presentation) => {
          const draws = availableBackends().map(backend => {
            useBackend(backend)
            return draw(rates, steps, presentation)
          })
          for (const other of draws.slice(1)) expect(other).toEqual(draws[0])
        },
      ),
      { numRuns: 40 },
    )
    const rates = new Float32Array(50).fill(100)
    expect(draw(rates, 200, 1)).not.toEqual(draw(rates, 200, 2))
    expect(draw(rates, 200, 1, 1)).not.toEqual(draw(rates, 200, 1, 2))
  })

  it('refuses rates and durations it cannot draw', () => {
    const network = new Network()
    const input = network.add(new PoissonInput('input', 2, 10))
    const bound = network.compile({ dt: DT, seed: 0 }).input(input)
    expect(() => bound.encode(Float32Array.of(1), 5, { stream: 'test', index: 0 })).toThrow(
      'expected 2 rates, got 1',
    )
    expect(() => bound.encode(Float32Array.of(1, -1), 5, { stream: 'test', index: 0 })).toThrow(
      'rate 1 must be finite and not negative, got -1',
    )
    expect(() => bound.encode(Float32Array.of(1, 1), 11, { stream: 'test', index: 0 })).toThrow(
      'steps must be an integer from 0 to 10, got 11',
    )
    expect(() => bound.encode(Float32Array.of(1, 1), 5, { stream: 'test', index: -1 })).toThrow(
      'index of a draw must be an integer from 0',
    )
    expect(() => new PoissonInput('input', 0, 1)).toThrow('size must be a positive integer, got 0')
  })
})

describe('spikeTimes', () => {
  it('spikes when told, each neuron once a step', () => {
    const network = new Network()
    const input = network.add(
      spikeTimes('input', 4, [
        { index: 3, time: 2 },
        { index: 1, time: 2 },
        { index: 1, time: 2.1 },
        { index: 0, time: 7.5 },
      ]),
    )
    const probe = network.probe(new SpikeProbe(input))
    network.compile({ dt: DT, seed: 0 }).run(20)
    expect([...probe.times]).toEqual([2, 2, 7.5])
    expect([...probe.indices]).toEqual([1, 3, 0])
  })

  it('refuses an index or time outside its range', () => {
    expect(() => spikeTimes('input', 2, [{ index: 2, time: 0 }])).toThrow(/index from 0 to 1/)
    expect(() => spikeTimes('input', 2, [{ index: 0, time: -1 }])).toThrow(/time from 0 ms/)
  })
})
