// Frames for tests of recordings: made up, but of the shapes and ranges of real ones, and changing from one to the next.
import { type BrainFrame, brainFrame, MEMBRANE_SAMPLES } from '../../experiments/learners/brainFrame.ts'
import { PIXELS } from '../../experiments/learners/common.ts'
import { type MlpFrame, mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { initialConfig } from '../../experiments/learners/parameters.ts'
import { brainEncoder, mlpEncoder, usualOptions } from '../../experiments/recording/encoder.ts'
import type { RecordingInformation } from '../../experiments/recording/information.ts'
import { type Digest, RecordingWriter } from '../../experiments/recording/writer.ts'
import { loadCompressor } from '../../experiments/recording/zstd.ts'

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export const information: RecordingInformation = {
  config: { ...initialConfig, neurons: 20, hidden1: 8, hidden2: 6 },
  data: { name: 'MNIST', trainingImages: 60_000, testImages: 10_000, sha256: 'ab'.repeat(32) },
  origin: 'script',
  backend: 'wasm',
  spikegrad: '0.1.0',
  recordedAt: '',
}

/** Two networks that make up what they show. */
export class MadeUpRun {
  readonly mlp: MlpFrame
  readonly brain: BrainFrame
  readonly #random: () => number

  constructor(seed: number, neurons = 20, hidden: readonly [number, number] = [8, 6]) {
    this.#random = randomNumbers(seed)
    this.mlp = mlpFrame({ layers: [PIXELS, ...hidden, 10] })
    this.brain = brainFrame({ neurons })
    for (const weights of this.mlp.weights) this.#fill(weights, () => 40 * this.#normal())
    this.#fill(this.brain.weights, () => 60 * this.#random())
    this.brain.labels.fill(-1)
    ;[this.mlp.scale1, this.mlp.scale2, this.mlp.scale3] = [0.5, 0.6, 0.7]
  }

  /** Sees so many more images. */
  advance(images: number): void {
    this.#common(this.mlp, images)
    this.#common(this.brain, images)
    this.brain.pixels.set(this.mlp.pixels)
    this.brain.image = this.mlp.image
    this.#advanceMlp(images)
    this.#advanceBrain(images)
  }

  #common(frame: MlpFrame | BrainFrame, images: number): void {
    const random = this.#random
    frame.samples += images
    frame.image = Math.floor(60_000 * random())
    frame.label = Math.floor(10 * random())
    frame.predicted = Math.floor(10 * random())
    frame.trainAccuracy = random()
    frame.testAccuracy = frame.samples < 100 ? Number.NaN : random()
    frame.testImages = Math.min(frame.samples, 1000)
    frame.operations += 54_912 * images
    frame.seconds += 0.01 * images
    frame.weightsVersion += images
    frame.learned = 1
    frame.confusion[Math.floor(100 * random())]! += 1
    frame.pixels.fill(0)
    for (let i = 200; i < 320; i++) frame.pixels[i] = Math.floor(256 * random())
  }

  #advanceMlp(images: number): void {
    const { mlp } = this
    mlp.loss = 2 * this.#random()
    mlp.updates += images
    mlp.scale1 *= 1.005
    for (const values of [...mlp.activations, ...mlp.gradients]) {
      values.forEach((_, i) => {
        values[i] = this.#random() < 0.4 ? 0 : this.#normal()
      })
    }
    const probabilities = mlp.activations[2]!
    probabilities.fill(0.01)
    probabilities[mlp.predicted] = 0.91
    for (const weights of mlp.weights) {
      weights.forEach((weight, i) => {
        if (this.#random() < 0.05) weights[i] = Math.max(-127, Math.min(127, weight + 10 * this.#normal()))
      })
    }
  }

  #advanceBrain(images: number): void {
    const { brain } = this
    const { neurons } = brain.shape
    brain.winner = Math.floor(neurons * this.#random())
    const start = PIXELS * brain.winner
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const change = this.#random() < 0.1 ? 30 * this.#normal() : 0
      brain.winnerChange[pixel] = Math.max(-127, Math.min(127, change))
      brain.weights[start + pixel] = Math.max(0, Math.min(255, brain.weights[start + pixel]! + change))
    }
    brain.theta[brain.winner]! += 0.05 * images
    brain.thetaMaximum = Math.max(...brain.theta)
    brain.labels[brain.winner] = brain.label
    brain.intensity = 2
    brain.attempts = 1
    this.#spike()
    brain.votes[brain.label] = brain.counts[brain.winner]!
    for (let i = 0; i < MEMBRANE_SAMPLES * neurons; i++) brain.membranes[i] = 150 + 20 * this.#normal()
  }

  #spike(): void {
    const { brain } = this
    const { spikes } = brain
    const draw = (count: number, population: number, steps: number) =>
      Array.from({ length: count }, () => ({
        step: Math.floor(steps * this.#random()),
        neuron: Math.floor(population * this.#random()),
      })).sort((a, b) => a.step - b.step || a.neuron - b.neuron)
    const put = (views: typeof spikes.input, events: readonly { step: number; neuron: number }[]) => {
      events.forEach(({ step, neuron }, i) => {
        views.steps[i] = step
        views.neurons[i] = neuron
      })
      return events.length
    }
    const { neurons } = brain.shape
    const excitatory = draw(10, neurons, 1000)
    const following = excitatory.flatMap(({ step, neuron }) => [
      { step: step + 1, neuron },
      { step: step + 6, neuron },
    ])
    const inhibitory = [...following, ...draw(2, neurons, 1000)]
    inhibitory.sort((a, b) => a.step - b.step || a.neuron - b.neuron)
    brain.excitatorySpikes = put(spikes.excitatory, excitatory)
    brain.inhibitorySpikes = put(spikes.inhibitory, inhibitory)
    brain.inputSpikes = put(spikes.input, draw(300, PIXELS, 700))
    brain.counts.fill(0)
    for (const { step, neuron } of excitatory) if (step < 700) brain.counts[neuron]! += 1
  }

  #fill(values: Int8Array | Uint8Array, draw: () => number): void {
    values.forEach((_, i) => {
      values[i] = Math.max(values instanceof Int8Array ? -127 : 0, Math.min(127, draw()))
    })
  }

  /** About normally distributed. */
  #normal(): number {
    return 2 * (this.#random() + this.#random() + this.#random() - 1.5)
  }
}

export interface MadeUpOptions {
  readonly frames?: number
  readonly seconds?: number
  readonly seed?: number
  readonly keyframeSeconds?: number
  readonly digests?: readonly Digest[]
  readonly information?: Partial<RecordingInformation>
  /** Looks at the run after each frame. */
  readonly see?: (run: MadeUpRun, frame: number) => void
}

/** Bytes of a recording of a made-up run. */
export async function makeRecording(options: MadeUpOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { frames = 60, seconds = frames / 10, seed = 1, keyframeSeconds = 2, digests = [] } = options
  const parts: Uint8Array<ArrayBuffer>[] = []
  const writer = new RecordingWriter(bytes => parts.push(bytes), await loadCompressor(1))
  await writer.start({ ...information, ...options.information })
  const encoders = {
    mlp: mlpEncoder({ ...usualOptions.mlp, keyframeSeconds }),
    brain: brainEncoder({ ...usualOptions.brain, keyframeSeconds }),
  }
  const run = new MadeUpRun(seed)
  for (let frame = 0; frame < frames; frame++) {
    run.advance(5)
    const moment = { seconds: (frame * seconds) / frames }
    for (const message of encoders.brain.encode(run.brain, moment)) await writer.add(message)
    for (const message of encoders.mlp.encode(run.mlp, moment)) await writer.add(message)
    options.see?.(run, frame)
  }
  for (const digest of digests) await writer.addDigest(digest)
  await writer.end()
  return joined(parts)
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
