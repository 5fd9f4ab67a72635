// What the brain did while it saw one image, kept so that a frame can tell it, and tell it again for another neuron.
import type { DiehlCook, Observer, Raster } from '../../sim/index.ts'
import { IMAGE_DURATION, MEMBRANE_INTERVAL, MEMBRANE_SAMPLES } from './brainFrame.ts'
import { PIXELS } from './common.ts'

export class BrainStory {
  readonly neurons: number
  readonly pixels = new Uint8Array(PIXELS)
  label = -1
  image = -1
  learned = 0
  predicted = -1
  raster: Raster | null = null
  /** Spikes of each neuron while the image was on. */
  readonly counts: Float32Array
  readonly votes = new Float64Array(10)
  readonly labels: Int32Array
  /** Of all neurons at each sample, [MEMBRANE_SAMPLES, neurons]. */
  readonly v: Float32Array
  readonly gExc: Float32Array
  readonly gInh: Float32Array
  /** Weights [784, neurons] as the image met them, and as it left them. */
  readonly weightsBefore: Float32Array
  readonly weightsAfter: Float32Array
  /** Neuron that fired most, -1 when none did. */
  winner = -1

  constructor(neurons: number) {
    this.neurons = neurons
    this.counts = new Float32Array(neurons)
    this.labels = new Int32Array(neurons).fill(-1)
    this.v = new Float32Array(MEMBRANE_SAMPLES * neurons)
    this.gExc = new Float32Array(MEMBRANE_SAMPLES * neurons)
    this.gInh = new Float32Array(MEMBRANE_SAMPLES * neurons)
    this.weightsBefore = new Float32Array(PIXELS * neurons)
    this.weightsAfter = new Float32Array(PIXELS * neurons)
  }

  /** Shows an image to a network and keeps all of it; the reading-out is left to the caller. */
  live(
    network: DiehlCook,
    pixels: Uint8Array,
    draw: { learning: boolean; stream: string; index: number },
  ): Raster {
    this.pixels.set(pixels)
    network.normaliseWeights()
    this.weightsBefore.set(network.weights.view())
    const raster = network.raster(pixels, { ...draw, observer: this.#watch(network) })
    this.raster = raster
    this.counts.set(raster.counts)
    this.weightsAfter.set(network.weights.view())
    this.winner = busiest(raster.counts)
    return raster
  }

  /** The last of each interval, in step with `membranes` of a frame; an attempt overwrites the one before. */
  #watch({ simulation, excitatory }: DiehlCook): Observer {
    const v = simulation.state(excitatory, 'v')
    const gExc = simulation.state(excitatory, 'gExc')
    const gInh = simulation.state(excitatory, 'gInh')
    return {
      interval: MEMBRANE_INTERVAL,
      observe: time => {
        const row = (Math.min(time, IMAGE_DURATION) / MEMBRANE_INTERVAL - 1) * this.neurons
        this.v.set(v.view(), row)
        this.gExc.set(gExc.view(), row)
        this.gInh.set(gInh.view(), row)
      },
    }
  }
}

function busiest(counts: Float32Array): number {
  let best = -1
  let most = 0
  counts.forEach((count, neuron) => {
    if (count > most) {
      most = count
      best = neuron
    }
  })
  return best
}
