// The Diehl & Cook network against a slow double-precision implementation, and one backend against the other.
import { beforeAll, describe, expect, it } from 'vitest'
import { DiehlCook, diehlCookParameters } from '../../sim/index.ts'
import { availableBackends } from '../../src/backend/select.ts'
import { useBackend } from '../../src/index.ts'
import { loadMnistImages } from '../mnist.ts'
import { presentToReference, type ReferenceSpikes } from './diehlCookReference.ts'

const NEURONS = 400
const SEED = 1
const images = loadMnistImages('train', 60)
const image = (index: number) => images.subarray(784 * index, 784 * (index + 1))

/** Spike steps of each neuron, from events. */
function byNeuron(events: { times: Float64Array; indices: Int32Array }, neurons: number): number[][] {
  const steps: number[][] = Array.from({ length: neurons }, () => [])
  events.indices.forEach((index, n) => {
    steps[index]!.push(Math.round(events.times[n]! / 0.5))
  })
  return steps
}

/** One line a neuron that spiked: what the golden file holds. */
function asText({ excitatory, inhibitory }: Pick<ReferenceSpikes, 'excitatory' | 'inhibitory'>): string {
  const lines = (group: string, steps: number[][]) =>
    steps.flatMap((list, neuron) => (list.length > 0 ? [`${group} ${neuron}: ${list.join(' ')}`] : []))
  return `${[...lines('excitatory', excitatory), ...lines('inhibitory', inhibitory)].join('\n')}\n`
}

describe('one presentation', () => {
  let reference: ReferenceSpikes
  beforeAll(() => {
    reference = presentToReference(image(0), NEURONS, SEED)
  })

  it('has the golden spike times in the double-precision reference', async () => {
    expect(reference.excitatory.flat().length).toBeGreaterThan(10)
    expect(reference.inhibitory.flat().length).toBeGreaterThan(10)
    await expect(asText(reference)).toMatchFileSnapshot('../golden/diehlCookPresentation.txt')
  })

  it.each(availableBackends())('has the same spike times on %s, step for step', backend => {
    useBackend(backend)
    const model = new DiehlCook({ neurons: NEURONS, seed: SEED })
    const { excitatory, inhibitory } = model.raster(image(0), { learning: true })
    expect(
      asText({ excitatory: byNeuron(excitatory, NEURONS), inhibitory: byNeuron(inhibitory, NEURONS) }),
    ).toBe(asText(reference))
    const weights = model.weights.toArray()
    const theta = model.theta.toArray()
    let furthest = 0
    for (let k = 0; k < weights.length; k++) {
      furthest = Math.max(furthest, Math.abs(weights[k]! - reference.weights[k]!))
    }
    // Weights below 1 in float32, each changed a few dozen times.
    expect(furthest).toBeLessThan(2e-6)
    for (let j = 0; j < NEURONS; j++) expect(theta[j]).toBeCloseTo(reference.theta[j]!, 4)
    model.dispose()
  })
})

it('is bit-equal on every backend over 50 presentations', () => {
  const runs = availableBackends().map(backend => {
    useBackend(backend)
    const model = new DiehlCook({ neurons: NEURONS, seed: 2 })
    const responses: number[][] = []
    for (let n = 0; n < 40; n++) responses.push([...model.present(image(n), { learning: true }).counts])
    for (let n = 40; n < 50; n++) responses.push([...model.present(image(n), { learning: false }).counts])
    const state = { responses, weights: model.weights.toArray(), theta: model.theta.toArray() }
    model.dispose()
    return state
  })
  expect(runs.length).toBeGreaterThan(1)
  expect(runs[0]!.responses.flat().some(count => count > 0)).toBe(true)
  for (const run of runs.slice(1)) {
    expect(run.responses).toEqual(runs[0]!.responses)
    expect(Buffer.from(run.weights.buffer).equals(Buffer.from(runs[0]!.weights.buffer))).toBe(true)
    expect(Buffer.from(run.theta.buffer).equals(Buffer.from(runs[0]!.theta.buffer))).toBe(true)
  }
})

describe('DiehlCook', () => {
  it('frozen: neither weights nor thresholds change', () => {
    useBackend('wasm')
    const model = new DiehlCook({ neurons: 50, seed: 3 })
    for (let n = 0; n < 3; n++) model.present(image(n), { learning: true })
    model.present(image(3), { learning: false })
    const weights = model.weights.toArray()
    const theta = model.theta.toArray()
    for (let n = 4; n < 8; n++) model.present(image(n), { learning: false })
    expect(model.weights.toArray()).toEqual(weights)
    expect(model.theta.toArray()).toEqual(theta)
    model.dispose()
  })

  it('keeps weights in [0, 1] after each presentation, and brings incoming sums to 78 before the next', () => {
    const model = new DiehlCook({ neurons: 50, seed: 4 })
    for (let n = 0; n < 10; n++) model.present(image(n), { learning: true })
    for (const weight of model.weights.toArray()) expect(weight >= 0 && weight <= 1).toBe(true)
    model.simulation.normaliseWeights()
    const weights = model.weights.toArray()
    for (let j = 0; j < 50; j++) {
      let total = 0
      for (let k = 0; k < 784; k++) total += weights[k * 50 + j]!
      expect(total).toBeCloseTo(78, 2)
    }
    model.dispose()
  })

  it('shows a dim image again, brighter by one, until it evokes five spikes, and no longer', () => {
    const seen = new Set<number>()
    for (const dimness of [1, 2, 3, 4, 6]) {
      const model = new DiehlCook({ neurons: 50, seed: 5 })
      const dim = image(1).map(pixel => pixel / dimness)
      const { attempts, spikes } = model.present(dim, { learning: false })
      seen.add(attempts)
      expect(spikes).toBeGreaterThanOrEqual(5)
      expect(model.activity.attempts).toBe(attempts)
      // All attempts but the last evoked at most four spikes each, in the image or the blank after it.
      expect(model.activity.excitatorySpikes - spikes).toBeLessThanOrEqual(5 * attempts)
      model.dispose()
    }
    expect(seen.size).toBeGreaterThan(2)
  })

  it('a raster holds the spikes of the attempt that counted, and says how bright it was', () => {
    const model = new DiehlCook({ neurons: 50, seed: 5 })
    const dim = image(1).map(pixel => pixel / 6)
    const { intensity, excitatory, input } = model.raster(dim)
    expect(intensity).toBeGreaterThan(2)
    expect(excitatory.times.filter(time => time < 350).length).toBeGreaterThanOrEqual(5)
    expect(Math.min(...input.times)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...input.times)).toBeLessThan(350)
    model.dispose()
  })

  it('draws by stream and index alone: order does not matter, and no two presentations share their noise', () => {
    const inputSpikes = (present: (model: DiehlCook) => void) => {
      const model = new DiehlCook({ neurons: 10, seed: 6 })
      present(model)
      model.clearActivity()
      model.present(image(0), { learning: false, stream: 'testing', index: 7 })
      const spikes = model.activity.inputSpikes.slice()
      model.dispose()
      return spikes
    }
    const alone = inputSpikes(() => {})
    const after = inputSpikes(model => {
      model.raster(image(1))
      model.present(image(2), { learning: true })
    })
    expect(after).toEqual(alone)

    const model = new DiehlCook({ neurons: 10, seed: 6 })
    const draws = ['learning', 'learning', 'frozen', 'frozen'].map(mode => {
      model.clearActivity()
      model.present(image(0), { learning: mode === 'learning' })
      return model.activity.inputSpikes.join()
    })
    expect(new Set(draws).size).toBe(4)
    model.dispose()
  })

  it('normalises what learning left before it shows an image without learning', () => {
    const model = new DiehlCook({ neurons: 20, seed: 7 })
    for (let n = 0; n < 5; n++) model.present(image(n), { learning: true })
    model.present(image(5), { learning: false })
    const weights = model.weights.toArray()
    for (let j = 0; j < 20; j++) {
      let total = 0
      for (let k = 0; k < 784; k++) total += weights[k * 20 + j]!
      expect(total).toBeCloseTo(78, 2)
    }
    model.dispose()
  })

  it('keeps no events of a raster that failed', () => {
    const model = new DiehlCook({ neurons: 10, seed: 1 })
    expect(() => model.raster(image(0), { index: -1 })).toThrow(/index of a draw must be an integer/)
    model.present(image(1), { learning: false })
    const { input } = model.raster(image(0))
    expect(Math.min(...input.times)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...input.times)).toBeLessThan(350)
    model.dispose()
  })

  it('gives up on a blank image after the brightest attempt', () => {
    const model = new DiehlCook({ neurons: 10, seed: 1 })
    expect(model.present(new Uint8Array(784), { learning: true })).toMatchObject({ spikes: 0, attempts: 31 })
    model.dispose()
  })

  it('refuses an image of another size', () => {
    const model = new DiehlCook({ neurons: 10, seed: 1 })
    expect(() => model.present(new Uint8Array(100), { learning: true })).toThrow(
      'expected an image of 784 pixels, got 100',
    )
    model.dispose()
  })

  it('frees all it took', () => {
    const backend = useBackend('wasm')
    backend.arena.scratch(4 * 64)
    const before = backend.arena.allocations
    const model = new DiehlCook({ neurons: 64, seed: 1 })
    model.present(image(0), { learning: true })
    expect(backend.arena.allocations).toBeGreaterThan(before)
    model.dispose()
    expect(backend.arena.allocations).toBe(before)
  })
})

describe('parameters in place of the published ones', () => {
  it('change what they say and nothing else', () => {
    const parameters = { inhibitoryToExcitatory: 5, excitatory: { tauMem: 50 }, plasticity: { tauPre: 10 } }
    const model = new DiehlCook({ neurons: 10, seed: 1, parameters })
    expect(model.parameters).toEqual({
      ...diehlCookParameters,
      inhibitoryToExcitatory: 5,
      excitatory: { ...diehlCookParameters.excitatory, tauMem: 50 },
      plasticity: { ...diehlCookParameters.plasticity, tauPre: 10 },
    })
    expect(model.excitatory.parameters.tauMem).toBe(50)
    model.dispose()
    expect(diehlCookParameters.excitatory.tauMem).toBe(100)
  })

  it('are used: where no spike is asked for, an image is shown once', () => {
    const model = new DiehlCook({
      neurons: 10,
      seed: 1,
      parameters: { minimumSpikes: 0, initialIntensity: 0.5 },
    })
    const blank = model.raster(new Uint8Array(784))
    expect(blank).toMatchObject({ attempts: 1, intensity: 0.5 })
    model.dispose()
  })

  it('are refused all at once', () => {
    const refused = (parameters: object) => () => new DiehlCook({ neurons: 10, seed: 1, parameters })
    expect(refused({ tau: 1, excitatory: { vReset: Number.NaN, tauMen: 1 }, plasticity: 3 })).toThrow(
      'DiehlCook: unknown parameter "tau"; excitatory.vReset must be a finite number, got NaN; ' +
        'unknown parameter "excitatory.tauMen"; plasticity must be an object, got 3',
    )
    expect(refused({ dt: 0.3, initialIntensity: 0 })).toThrow(
      /imageDuration.*initialIntensity must be above 0/,
    )
    expect(refused({ maximumIntensity: 1 })).toThrow(
      'maximumIntensity must be an integer from initialIntensity',
    )
    expect(refused({ excitatory: { tauMem: 0 } })).toThrow('tauMem must be a finite number above 0')
  })
})

describe('an observer', () => {
  it('looks after each interval, and changes nothing', () => {
    const [plain, watched] = [1, 1].map(seed => new DiehlCook({ neurons: 20, seed }))
    const times: number[] = []
    let last: number[] = []
    const observer = {
      interval: 40,
      observe: (time: number) => {
        times.push(time)
        last = [...watched!.simulation.state(watched!.excitatory, 'v').view()]
      },
    }
    for (let n = 0; n < 3; n++) {
      plain!.present(image(n), { learning: true })
      times.length = 0
      watched!.normaliseWeights()
      watched!.present(image(n), { learning: true, observer })
    }
    expect(times.slice(0, 9)).toEqual([40, 80, 120, 160, 200, 240, 280, 320, 350])
    expect(last.some(v => v > -65)).toBe(true)
    expect(watched!.weights.toArray()).toEqual(plain!.weights.toArray())
    expect(watched!.theta.toArray()).toEqual(plain!.theta.toArray())
    expect(() =>
      plain!.present(image(0), { learning: false, observer: { ...observer, interval: 0.7 } }),
    ).toThrow("an observer's interval must be a multiple of 0.5 ms, got 0.7")
    plain!.dispose()
    watched!.dispose()
  })
})
