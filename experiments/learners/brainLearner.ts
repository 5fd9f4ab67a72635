// The brain as a learner: image after image of the stream, by STDP; labels serve the read-out alone.
import type { BrainFrame, BrainShape } from './brainFrame.ts'
import { BrainNetwork } from './brainNetwork.ts'
import { BrainOperations } from './brainOperations.ts'
import { BrainReadout } from './brainReadout.ts'
import { BrainStory } from './brainStory.ts'
import { writeBrainFrame } from './brainWriter.ts'
import { PIXELS } from './common.ts'
import { sha256 } from './digest.ts'
import type { Focus, Learner, LearnerData, LearnerMeasures } from './learner.ts'
import { LearnerClock } from './learnerClock.ts'
import type { LearnerConfig } from './parameters.ts'
import { addPixelNoise } from './pixelNoise.ts'
import { restartsOf } from './restarts.ts'
import { orderOf, type SampleOrder } from './sampleOrder.ts'
import { Tally } from './tally.ts'
import { TestTally } from './testTally.ts'

/** Images that the accuracies are shares of. */
const TRAIN_WINDOW = 500
const TEST_WINDOW = 300

export class BrainLearner implements Learner<BrainFrame> {
  readonly kind = 'brain'
  focus: Focus | null = null
  readonly #data: LearnerData
  readonly #clock = new LearnerClock()
  readonly #trainTally = new Tally(TRAIN_WINDOW)
  readonly #testTally = new TestTally(TEST_WINDOW)
  readonly #noisy = new Uint8Array(PIXELS)
  #config: LearnerConfig
  #order: SampleOrder
  #network: BrainNetwork
  #readout: BrainReadout
  #story: BrainStory
  #counter = new BrainOperations()
  #samples = 0
  #operations = 0
  #weightsVersion = 0
  #tested = 0
  #spikes = 0

  constructor(config: LearnerConfig, data: LearnerData) {
    this.#data = data
    this.#config = config
    this.#order = orderOf(config, data)
    this.#network = new BrainNetwork(config)
    this.#readout = new BrainReadout(config.neurons)
    this.#story = new BrainStory(config.neurons)
  }

  get config(): LearnerConfig {
    return this.#config
  }

  get shape(): BrainShape {
    return { neurons: this.#network.neurons }
  }

  get samples(): number {
    return this.#samples
  }

  get order(): SampleOrder {
    return this.#order
  }

  get measures(): LearnerMeasures {
    return {
      samples: this.#samples,
      operations: this.#operations,
      trainAccuracy: this.#trainTally.accuracy,
      testAccuracy: this.#testTally.accuracy,
      spikes: this.#spikes,
    }
  }

  configure(config: LearnerConfig): boolean {
    const before = this.#config
    this.#order = orderOf(config, this.#data)
    this.#config = config
    if (restartsOf(before, config).brain) {
      this.restart()
      return true
    }
    this.#network.configure(config)
    return false
  }

  restart(): void {
    this.#network.dispose()
    this.#network = new BrainNetwork(this.#config)
    this.#readout = new BrainReadout(this.#config.neurons)
    this.#story = new BrainStory(this.#config.neurons)
    this.#counter = new BrainOperations()
    this.#samples = 0
    this.#operations = 0
    this.#weightsVersion += 1
    this.#tested = 0
    this.#spikes = 0
    this.#trainTally.clear()
    this.#testTally.clear()
    this.#clock.seconds = 0
  }

  advance(images: number, frame?: BrainFrame): void {
    for (let image = 1; image <= images; image++) {
      const last = image === images
      this.#clock.count(() => this.#learn(last && frame !== undefined))
    }
    if (frame) this.retell(frame)
  }

  read(pixels: Uint8Array, frame: BrainFrame, label = -1, image = -1): void {
    const story = this.#story
    const looker = this.#network.looker(this.#weightsVersion)
    const { counts } = story.live(looker, pixels, { learning: false, stream: 'reading', index: 0 })
    story.label = label
    story.image = image
    story.learned = 0
    this.#readOut(counts)
    this.retell(frame)
  }

  retell(frame: BrainFrame): void {
    writeBrainFrame(frame, this.#network, this.#story, this.focus)
    frame.samples = this.#samples
    frame.trainAccuracy = this.#trainTally.accuracy
    frame.testAccuracy = this.#testTally.accuracy
    frame.testImages = this.#testTally.images
    frame.confusion.set(this.#testTally.confusion)
    frame.operations = this.#operations
    frame.seconds = this.#clock.seconds
    frame.weightsVersion = this.#weightsVersion
  }

  test(images: number): void {
    const { test } = this.#data
    if (test.labels.length === 0 || !this.#readout.ready) return
    const shown = Math.min(images, test.labels.length)
    for (let image = 0; image < shown; image++) {
      const place = this.#tested % test.labels.length
      this.#tested = place + 1
      const pixels = this.#pixelsOf(test.images, place, 'test')
      const looker = this.#network.looker(this.#weightsVersion)
      const { counts } = looker.present(pixels, { learning: false, stream: 'testing', index: place })
      this.#testTally.add(place, test.labels[place]!, this.#readout.predict(counts))
    }
  }

  digest(): Promise<string> {
    const weights = this.#network.learner.weights.toArray()
    return sha256([Float64Array.of(this.#samples), weights, this.#network.theta()])
  }

  dispose(): void {
    this.#network.dispose()
  }

  #learn(framed: boolean): void {
    const { train } = this.#data
    const learning = this.#config.brainLearning
    const image = this.#order.at(this.#samples)
    const label = train.labels[image]!
    const pixels = this.#pixelsOf(train.images, image, 'train')
    const { learner } = this.#network
    learner.clearActivity()
    const draw = { learning, stream: 'training', index: this.#samples }
    const { counts } = framed ? this.#story.live(learner, pixels, draw) : learner.present(pixels, draw)
    this.#spikes = learner.activity.excitatorySpikes
    this.#operations += this.#counter.of(learner, this.#samples, learning)
    if (framed) this.#tell(image, label, counts)
    if (this.#readout.ready) this.#trainTally.add(label, this.#readout.predict(counts))
    this.#readout.learn(label, counts)
    this.#samples += 1
    if (learning) this.#weightsVersion += 1
  }

  #tell(image: number, label: number, counts: Float32Array): void {
    this.#story.image = image
    this.#story.label = label
    this.#story.learned = this.#config.brainLearning ? 1 : 0
    this.#readOut(counts)
  }

  /** What the read-out makes of the counts, before it learns from them. */
  #readOut(counts: Float32Array): void {
    this.#story.predicted = this.#readout.predict(counts)
    this.#story.votes.set(this.#readout.votes(counts))
    this.#story.labels.set(this.#readout.labels)
  }

  /** An image with its noise: a view, good until the next one. */
  #pixelsOf(images: Uint8Array, place: number, part: 'train' | 'test'): Uint8Array {
    const { pixelNoise, seed } = this.#config
    const pixels = images.subarray(PIXELS * place, PIXELS * (place + 1))
    addPixelNoise(pixels, this.#noisy, pixelNoise, seed, `${part}/${place}`)
    return this.#noisy
  }
}
