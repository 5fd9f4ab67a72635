// The unsupervised digit network of Diehl & Cook 2015, wired from the parts of this simulator.
import { InvalidArgumentError, type Tensor } from '../../src/index.ts'
import { type Draw, PoissonInput } from '../encoders/poissonInput.ts'
import { Network } from '../network.ts'
import { conductanceLif } from '../neurons/conductanceLif.ts'
import { tripletStdp } from '../plasticity/tripletStdp.ts'
import { Population } from '../population.ts'
import { SpikeCountProbe } from '../probes/spikeCountProbe.ts'
import { SpikeProbe } from '../probes/spikeProbe.ts'
import type { Simulation } from '../simulation.ts'
import { allButOwn } from '../synapses/allButOwn.ts'
import { dense } from '../synapses/dense.ts'
import { oneToOne } from '../synapses/oneToOne.ts'
import type { Projection } from '../synapses/projection.ts'
import { type DiehlCookChanges, type DiehlCookParameters, withChanges } from './diehlCookParameters.ts'

/**
 * What one network of Diehl & Cook differs in from another.
 *
 * @example
 * ```ts
 * import { DiehlCook, type DiehlCookOptions } from 'spikegrad/sim'
 * const options: DiehlCookOptions = { neurons: 10, seed: 1 }
 * new DiehlCook(options).weights.shape // [784, 10]
 * ```
 */
export interface DiehlCookOptions {
  /** Excitatory neurons; there are as many inhibitory ones. */
  readonly neurons: number
  readonly seed: number
  /** What differs from `diehlCookParameters`; nothing unless told. */
  readonly parameters?: DiehlCookChanges
}

/**
 * How the network answered an image.
 *
 * @example
 * ```ts
 * import { DiehlCook, type Presentation } from 'spikegrad/sim'
 * const network = new DiehlCook({ neurons: 10, seed: 1 })
 * const { counts, attempts }: Presentation = network.present(new Uint8Array(784).fill(255), { learning: false })
 * counts.length // 10
 * attempts // 1
 * ```
 */
export interface Presentation {
  /** Spikes of each excitatory neuron while the image was on, float32 [neurons]: a view, good until the next one. */
  readonly counts: Float32Array
  /** Their sum. */
  readonly spikes: number
  /** How often the image was shown: more than once when it evoked too few spikes. */
  readonly attempts: number
}

/**
 * What happened since the last `clearActivity`, over images and blanks, repeated ones included.
 *
 * @example
 * ```ts
 * import { type Activity, DiehlCook } from 'spikegrad/sim'
 * const network = new DiehlCook({ neurons: 10, seed: 1 })
 * const activity: Activity = network.activity
 * network.present(new Uint8Array(784).fill(255), { learning: false })
 * activity.excitatorySpikes > 0 // true
 * ```
 */
export interface Activity {
  attempts: number
  /** Spikes of each input. */
  readonly inputSpikes: Float64Array
  excitatorySpikes: number
  inhibitorySpikes: number
}

/**
 * Spikes as events.
 *
 * @example
 * ```ts
 * import { DiehlCook, type SpikeEvents } from 'spikegrad/sim'
 * const network = new DiehlCook({ neurons: 10, seed: 1 })
 * const { times, indices }: SpikeEvents = network.raster(new Uint8Array(784).fill(255)).excitatory
 * times.length === indices.length // true
 * ```
 */
export interface SpikeEvents {
  /** Time since the image came on, ms. */
  readonly times: Float64Array
  readonly indices: Int32Array
}

/**
 * Somebody who looks at the network while an image is on.
 *
 * @example
 * ```ts
 * import { DiehlCook, type Observer } from 'spikegrad/sim'
 * const times: number[] = []
 * const observer: Observer = { interval: 100, observe: time => void times.push(time) }
 * const network = new DiehlCook({ neurons: 10, seed: 1 })
 * network.present(new Uint8Array(784).fill(255), { learning: false, observer })
 * times // [100, 200, 300, 350]
 * ```
 */
export interface Observer {
  /** Time between two looks, ms: a multiple of the time step. */
  readonly interval: number
  /** Called after each interval and at the image's end, with the time since it came on, ms; in every attempt anew. */
  readonly observe: (time: number) => void
}

/**
 * One presentation, with its spikes.
 *
 * @example
 * ```ts
 * import { DiehlCook, type Raster } from 'spikegrad/sim'
 * const network = new DiehlCook({ neurons: 10, seed: 1 })
 * const raster: Raster = network.raster(new Uint8Array(784).fill(255))
 * raster.intensity // 2
 * ```
 */
export interface Raster extends Presentation {
  /** Brightness at which the image was shown: input rate = pixel / 8 * intensity, Hz. */
  readonly intensity: number
  readonly input: SpikeEvents
  readonly excitatory: SpikeEvents
  readonly inhibitory: SpikeEvents
}

/**
 * Which random spikes an image is shown with: those of the same stream and index are the same, whatever came before.
 * By default each image takes the next index of the stream "learning" or "frozen".
 *
 * @example
 * ```ts
 * import { DiehlCook, type DrawOptions } from 'spikegrad/sim'
 * const draw: DrawOptions = { stream: 'demo', index: 7 }
 * const image = new Uint8Array(784).fill(128)
 * const answer = () => new DiehlCook({ neurons: 10, seed: 1 }).present(image, { learning: false, ...draw }).spikes
 * answer() === answer() // true
 * ```
 */
export interface DrawOptions {
  readonly stream?: string
  readonly index?: number
}

/**
 * How to show an image.
 *
 * @example
 * ```ts
 * import { DiehlCook, type PresentOptions } from 'spikegrad/sim'
 * const options: PresentOptions = { learning: true, stream: 'demo', index: 0 }
 * const network = new DiehlCook({ neurons: 10, seed: 1 })
 * network.present(new Uint8Array(784).fill(255), options).spikes > 0 // true
 * ```
 */
export interface PresentOptions extends DrawOptions {
  readonly learning: boolean
  readonly observer?: Observer
}

/**
 * By default the next index of the stream "raster".
 *
 * @example
 * ```ts
 * import { DiehlCook, type RasterOptions } from 'spikegrad/sim'
 * const options: RasterOptions = { stream: 'demo', index: 0 }
 * const network = new DiehlCook({ neurons: 10, seed: 1 })
 * network.raster(new Uint8Array(784).fill(255), options).inhibitory.times.length > 0 // true
 * ```
 */
export interface RasterOptions extends DrawOptions {
  readonly learning?: boolean
  readonly observer?: Observer
}

/**
 * The network of Diehl & Cook 2015, as `diehlCookParameters` has it unless told otherwise.
 *
 * @example
 * ```ts
 * import { DiehlCook } from 'spikegrad/sim'
 * const network = new DiehlCook({ neurons: 10, seed: 1 })
 * const image = new Uint8Array(784).fill(255, 300, 500)
 * network.present(image, { learning: true }).spikes >= 5 // true
 * network.theta.shape // [10]
 * network.dispose()
 * ```
 */
export class DiehlCook {
  readonly neurons: number
  readonly parameters: DiehlCookParameters
  readonly simulation: Simulation
  readonly input: PoissonInput
  readonly excitatory: Population<string, string>
  readonly inhibitory: Population<string, string>
  readonly inputToExcitatory: Projection
  readonly activity: Activity
  readonly #excitatoryCounts: SpikeCountProbe
  readonly #inhibitoryCounts: SpikeCountProbe
  readonly #events: readonly SpikeProbe[]
  readonly #response: Float32Array
  readonly #rates: Float32Array
  readonly #nextIndex = new Map<string, number>()
  #weightsChanged = true

  /**
   * Builds the network on the current backend.
   * @throws InvalidArgumentError naming what is wrong with the parameters.
   */
  constructor({ neurons, seed, parameters = {} }: DiehlCookOptions) {
    const p = withChanges(parameters)
    const network = new Network()
    this.neurons = neurons
    this.parameters = p
    this.input = network.add(new PoissonInput('input', p.inputs, p.imageDuration / p.dt))
    this.excitatory = network.add(new Population('excitatory', neurons, conductanceLif, p.excitatory))
    this.inhibitory = network.add(new Population('inhibitory', neurons, conductanceLif, p.inhibitory))
    this.inputToExcitatory = network.connect(
      dense({
        from: this.input,
        to: this.excitatory,
        into: 'gExc',
        weights: p.initialWeights,
        incomingTotal: p.incomingTotal,
        plasticity: tripletStdp(p.plasticity),
      }),
    )
    const [excitatory, inhibitory] = [this.excitatory, this.inhibitory]
    network.connect(
      oneToOne({ from: excitatory, to: inhibitory, into: 'gExc', weight: p.excitatoryToInhibitory }),
    )
    network.connect(
      allButOwn({ from: inhibitory, to: excitatory, into: 'gInh', weight: p.inhibitoryToExcitatory }),
    )
    this.#excitatoryCounts = network.probe(new SpikeCountProbe(excitatory))
    this.#inhibitoryCounts = network.probe(new SpikeCountProbe(inhibitory))
    this.#events = [this.input, excitatory, inhibitory].map(group =>
      network.probe(new SpikeProbe(group, { recording: false })),
    )
    this.simulation = network.compile({ dt: p.dt, seed })
    this.#response = new Float32Array(neurons)
    this.#rates = new Float32Array(p.inputs)
    this.activity = {
      attempts: 0,
      inputSpikes: new Float64Array(p.inputs),
      excitatorySpikes: 0,
      inhibitorySpikes: 0,
    }
  }

  /** Input weights, float32 [784, neurons]. */
  get weights(): Tensor {
    return this.simulation.weights(this.inputToExcitatory)
  }

  /** Adaptive thresholds, float32 [neurons], mV. */
  get theta(): Tensor {
    return this.simulation.state(this.excitatory, 'theta')
  }

  /**
   * Shows an image (uint8 [784]) for 350 ms and then nothing for 150 ms, again and brighter while it evokes too little.
   * @throws InvalidArgumentError for an image of another size.
   */
  present(image: Uint8Array, options: PresentOptions): Presentation {
    const { initialIntensity, maximumIntensity, minimumSpikes } = this.parameters
    const { learning, observer, stream = learning ? 'learning' : 'frozen' } = options
    this.#check(image, observer)
    const index = options.index ?? this.#nextIndex.get(stream) ?? 0
    this.#nextIndex.set(stream, index + 1)
    this.simulation.learning = learning
    let intensity = initialIntensity
    let attempts = 0
    let spikes = 0
    do {
      // Every attempt has a draw of its own: an image is given up before it could reach those of the next.
      spikes = this.#show(image, intensity, { stream, index: index * maximumIntensity + attempts }, observer)
      intensity += 1
      attempts += 1
    } while (spikes < minimumSpikes && intensity <= maximumIntensity)
    return { counts: this.#response, spikes, attempts }
  }

  /**
   * Shows an image as `present` does, and returns every spike of the last attempt, blank included, as events. Does not
   * learn unless asked to.
   * @throws InvalidArgumentError for an image of another size.
   */
  raster(image: Uint8Array, options: RasterOptions = {}): Raster {
    const { learning = false, stream = 'raster' } = options
    for (const probe of this.#events) probe.recording = true
    try {
      const { imageDuration, blankDuration, initialIntensity } = this.parameters
      const presentation = this.present(image, { ...options, learning, stream })
      const start = this.simulation.time - imageDuration - blankDuration
      const [input, excitatory, inhibitory] = this.#events.map(probe => eventsSince(probe, start))
      const intensity = initialIntensity + presentation.attempts - 1
      return { ...presentation, intensity, input: input!, excitatory: excitatory!, inhibitory: inhibitory! }
    } finally {
      for (const probe of this.#events) {
        probe.recording = false
        probe.clear()
      }
    }
  }

  clearActivity(): void {
    const { activity } = this
    activity.attempts = 0
    activity.inputSpikes.fill(0)
    activity.excitatorySpikes = 0
    activity.inhibitorySpikes = 0
  }

  dispose(): void {
    this.simulation.dispose()
  }

  /**
   * Restores the sums of incoming weights after learning, and after the weights were written, as `force` says. Every
   * presentation begins with it; doing it before one changes nothing.
   */
  normaliseWeights({ force = false } = {}): void {
    if (this.#weightsChanged || force) this.simulation.normaliseWeights()
    this.#weightsChanged = false
  }

  /** One image and one blank; leaves the response to the image in `#response` and returns its sum. */
  #show(image: Uint8Array, intensity: number, draw: Draw, observer: Observer | undefined): number {
    const { dt, imageDuration, blankDuration, pixelsPerHertz } = this.parameters
    const { simulation } = this
    this.normaliseWeights()
    this.#weightsChanged = simulation.learning
    for (let k = 0; k < image.length; k++) this.#rates[k] = (image[k]! / pixelsPerHertz) * intensity
    const input = simulation.input(this.input)
    input.encode(this.#rates, imageDuration / dt, draw)
    this.#excitatoryCounts.clear()
    this.#inhibitoryCounts.clear()
    if (observer) this.#runObserved(imageDuration / dt, observer)
    else simulation.run(imageDuration / dt)
    this.#response.set(this.#excitatoryCounts.counts)
    simulation.run(blankDuration / dt)
    this.#tally(input.encodedSpikes())
    return sum(this.#response)
  }

  #runObserved(steps: number, { interval, observe }: Observer): void {
    const { dt } = this.parameters
    const stride = Math.round(interval / dt)
    for (let step = 0; step < steps; step += stride) {
      const stretch = Math.min(stride, steps - step)
      this.simulation.run(stretch)
      observe((step + stretch) * dt)
    }
  }

  #tally(inputSpikes: Int32Array): void {
    const { activity } = this
    activity.attempts += 1
    for (const k of inputSpikes) activity.inputSpikes[k] = activity.inputSpikes[k]! + 1
    activity.excitatorySpikes += sum(this.#excitatoryCounts.counts)
    activity.inhibitorySpikes += sum(this.#inhibitoryCounts.counts)
  }

  #check(image: Uint8Array, observer: Observer | undefined): void {
    const { inputs, dt } = this.parameters
    if (image.length !== inputs) {
      throw new InvalidArgumentError(`expected an image of ${inputs} pixels, got ${image.length}`)
    }
    if (observer && !(Number.isInteger(observer.interval / dt) && observer.interval > 0)) {
      throw new InvalidArgumentError(
        `an observer's interval must be a multiple of ${dt} ms, got ${observer.interval}`,
      )
    }
  }
}

/** The events of a probe from a time on, their times counted from it. */
function eventsSince(probe: SpikeProbe, start: number): SpikeEvents {
  const { times, indices } = probe
  const first = times.findIndex(time => time >= start)
  if (first < 0) return { times: new Float64Array(0), indices: new Int32Array(0) }
  return { times: times.subarray(first).map(time => time - start), indices: indices.subarray(first) }
}

function sum(values: Float32Array): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]!
  return total
}
