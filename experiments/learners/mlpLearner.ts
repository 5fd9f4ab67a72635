// The deep network as a learner: batches of the stream, by backpropagation.
import {
  Adam,
  argmax,
  NonFiniteError,
  type Optimiser,
  RmsProp,
  Sgd,
  scope,
  Tensor,
  tensor,
  valueAndGradients,
} from '../../src/index.ts'
import { PIXELS } from './common.ts'
import { sha256 } from './digest.ts'
import type { Focus, Learner, LearnerData, LearnerMeasures } from './learner.ts'
import { LearnerClock } from './learnerClock.ts'
import type { MlpFrame, MlpShape } from './mlpFrame.ts'
import { MlpNetwork, type Passed } from './mlpNetwork.ts'
import { learningOperations, updateOperations } from './mlpOperations.ts'
import { MlpStory } from './mlpStory.ts'
import { writeMlpFrame } from './mlpWriter.ts'
import type { LearnerConfig } from './parameters.ts'
import { addPixelNoise } from './pixelNoise.ts'
import { restartsOf } from './restarts.ts'
import { orderOf, type SampleOrder } from './sampleOrder.ts'
import { Tally } from './tally.ts'
import { TestTally } from './testTally.ts'

/** Images that the accuracies are shares of. */
const TRAIN_WINDOW = 500
const TEST_WINDOW = 2000

export class MlpLearner implements Learner<MlpFrame> {
  readonly kind = 'mlp'
  focus: Focus | null = null
  readonly #data: LearnerData
  readonly #clock = new LearnerClock()
  readonly #trainTally = new Tally(TRAIN_WINDOW)
  readonly #testTally = new TestTally(TEST_WINDOW)
  readonly #noisy = new Uint8Array(PIXELS)
  #config: LearnerConfig
  #order: SampleOrder
  #network: MlpNetwork
  #optimiser: Optimiser
  #story: MlpStory
  /** The parameters before the last update. */
  #before: readonly Float32Array[] = []
  #samples = 0
  #updates = 0
  #operations = 0
  #weightsVersion = 0
  /** Mean loss of the last batch that was learned from. */
  #loss = Number.NaN
  #tested = 0
  /** What a frame says beside the last story, and how many updates there had been when that was told. */
  #told = { image: -1, learned: 0, updates: 0 }

  constructor(config: LearnerConfig, data: LearnerData) {
    this.#data = data
    this.#config = config
    this.#order = orderOf(config, data)
    this.#network = new MlpNetwork(config)
    this.#optimiser = optimiserOf(config, this.#network)
    this.#story = new MlpStory(this.#network)
    this.#begin()
  }

  get config(): LearnerConfig {
    return this.#config
  }

  get shape(): MlpShape {
    return this.#network.shape
  }

  get samples(): number {
    return this.#samples
  }

  get order(): SampleOrder {
    return this.#order
  }

  configure(config: LearnerConfig): boolean {
    const before = this.#config
    const order = orderOf(config, this.#data)
    this.#config = config
    this.#order = order
    if (restartsOf(before, config).mlp) {
      this.restart()
      return true
    }
    if (config.optimiser !== before.optimiser || changesState(before, config)) {
      this.#optimiser.dispose()
      this.#optimiser = optimiserOf(config, this.#network)
    }
    this.#optimiser.learningRate = config.learningRate
    this.#network.activation = config.activation
    if (config.mlpLesion !== before.mlpLesion) this.#network.setLesion(config.mlpLesion, config.seed)
    return false
  }

  restart(): void {
    this.#optimiser.dispose()
    this.#network.dispose()
    this.#network = new MlpNetwork(this.#config)
    this.#optimiser = optimiserOf(this.#config, this.#network)
    this.#story = new MlpStory(this.#network)
    this.#begin()
  }

  advance(images: number, frame?: MlpFrame): void {
    const { batchSize } = this.#config
    const batches = Math.max(1, Math.floor(images / batchSize))
    for (let batch = 1; batch <= batches; batch++) {
      this.#clock.count(() => this.#learn(batch === batches ? frame : undefined))
    }
    if (frame) this.retell(frame)
  }

  read(pixels: Uint8Array, frame: MlpFrame, label = -1, image = -1): void {
    this.#tell(pixels, label, image, false)
    this.retell(frame)
  }

  retell(frame: MlpFrame): void {
    const updatesSince = this.#updates - this.#told.updates
    // Nobody has kept the weights that the image met before more than one update.
    const focus = updatesSince > 1 ? null : this.focus
    const lastUpdate = { before: this.#before, sinceStory: updatesSince === 1 }
    writeMlpFrame(frame, this.#network, this.#story, lastUpdate, focus)
    frame.samples = this.#samples
    frame.updates = this.#updates
    frame.image = this.#told.image
    frame.learned = this.#told.learned
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
    const count = test.labels.length
    const shown = Math.min(images, count)
    if (shown === 0) return
    const places = Int32Array.from({ length: shown }, (_, k) => (this.#tested + k) % count)
    this.#tested = (this.#tested + shown) % count
    const predicted = scope(() => {
      const batch = new Tensor([shown, PIXELS])
      this.#fill(batch, test.images, places, 'test')
      return argmax(this.#network.forward(batch).logits).toArray()
    })
    places.forEach((place, k) => {
      this.#testTally.add(place, test.labels[place]!, predicted[k]!)
    })
  }

  get measures(): LearnerMeasures {
    return {
      samples: this.#samples,
      operations: this.#operations,
      trainAccuracy: this.#trainTally.accuracy,
      testAccuracy: this.#testTally.accuracy,
      loss: this.#loss,
    }
  }

  digest(): Promise<string> {
    const { tensors, steps } = this.#optimiser.stateDictionary()
    const state = [...this.#network.parameters, ...tensors.values()]
    return sha256([Float64Array.of(this.#samples, steps), ...state.map(part => part.toArray())])
  }

  dispose(): void {
    this.#optimiser.dispose()
    this.#network.dispose()
  }

  #begin(): void {
    const { activation, mlpLesion, seed } = this.#config
    this.#network.activation = activation
    this.#network.setLesion(mlpLesion, seed)
    this.#before = this.#network.parameters.map(parameter => parameter.toArray() as Float32Array)
    this.#samples = 0
    this.#updates = 0
    this.#operations = 0
    this.#loss = Number.NaN
    this.#weightsVersion += 1
    this.#tested = 0
    this.#trainTally.clear()
    this.#testTally.clear()
    this.#clock.seconds = 0
    this.#told = { image: -1, learned: 0, updates: 0 }
  }

  /** Learns from a batch, and tells the story of its last image before the weights change. */
  #learn(frame: MlpFrame | undefined): void {
    const { batchSize, mlpLearning } = this.#config
    const { train } = this.#data
    const places = Int32Array.from({ length: batchSize }, (_, k) => this.#order.at(this.#samples + k))
    const predicted = scope(() => {
      const images = new Tensor([batchSize, PIXELS])
      const pixels = this.#fill(images, train.images, places, 'train')
      const last = places.at(-1)!
      if (frame) this.#tell(this.#noisy, train.labels[last]!, last, mlpLearning)
      const labels = tensor(Int32Array.from(places, place => train.labels[place]!))
      return mlpLearning ? this.#update(images, labels, pixels) : this.#look(images, pixels)
    })
    places.forEach((place, k) => {
      this.#trainTally.add(train.labels[place]!, predicted[k]!)
    })
    this.#samples += batchSize
  }

  #tell(pixels: Uint8Array, label: number, image: number, learned: boolean): void {
    this.#story.tell(this.#network, pixels, label)
    this.#told = { image, learned: learned ? 1 : 0, updates: this.#updates }
  }

  /** One step of the optimiser; returns what was named before it. */
  #update(images: Tensor, labels: Tensor, pixels: Int32Array): ArrayLike<number> {
    const { parameters } = this.#network
    let predicted: ArrayLike<number> = []
    let operations = 0
    const { value, gradients } = valueAndGradients(() => {
      const passed = this.#network.forward(images)
      predicted = argmax(passed.logits).toArray()
      operations = operationsOf(passed, pixels, true)
      return this.#network.loss(passed, labels)
    }, parameters)
    if (!Number.isFinite(value)) {
      throw new NonFiniteError(`the loss stopped being finite at update ${this.#updates + 1}`)
    }
    // After all checks: what was remembered before the last good step stays, if this one fails.
    this.#optimiser.checkFinite(gradients)
    parameters.forEach((parameter, index) => {
      this.#before[index]!.set(parameter.view() as Float32Array)
    })
    this.#optimiser.step(gradients)
    const size = parameters.reduce((total, parameter) => total + parameter.size, 0)
    this.#operations += operations + updateOperations[this.#config.optimiser] * size
    this.#updates += 1
    this.#weightsVersion += 1
    this.#loss = value
    return predicted
  }

  #look(images: Tensor, pixels: Int32Array): ArrayLike<number> {
    const passed = this.#network.forward(images)
    this.#operations += operationsOf(passed, pixels, false)
    return argmax(passed.logits).toArray()
  }

  /** Writes images into a batch, with their noise; returns how many pixels of each are not zero. The last one stays in `#noisy`. */
  #fill(batch: Tensor, images: Uint8Array, places: Int32Array, part: 'train' | 'test'): Int32Array {
    const { pixelNoise, seed } = this.#config
    const values = batch.view()
    const counts = new Int32Array(places.length)
    places.forEach((place, row) => {
      const pixels = images.subarray(PIXELS * place, PIXELS * (place + 1))
      addPixelNoise(pixels, this.#noisy, pixelNoise, seed, `${part}/${place}`)
      let count = 0
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        const value = this.#noisy[pixel]!
        if (value !== 0) count += 1
        values[PIXELS * row + pixel] = value / 255
      }
      counts[row] = count
    })
    return counts
  }
}

function operationsOf({ hidden: [first, second] }: Passed, pixels: Int32Array, backward: boolean): number {
  return learningOperations(pixels, [first.view(), second.view()], backward)
}

/** Whether an optimiser of one configuration cannot go on under another. */
function changesState(before: LearnerConfig, after: LearnerConfig): boolean {
  return before.momentum !== after.momentum || before.weightDecay !== after.weightDecay
}

/** Momentum is that of SGD, and Adam's first decay. */
function optimiserOf(config: LearnerConfig, { parameters }: MlpNetwork): Optimiser {
  const { optimiser, learningRate, momentum, weightDecay } = config
  const options = { learningRate, weightDecay }
  if (optimiser === 'adam') return new Adam(parameters, { ...options, beta1: momentum })
  if (optimiser === 'rmsProp') return new RmsProp(parameters, options)
  return new Sgd(parameters, optimiser === 'sgd' ? { ...options, momentum } : options)
}
