// Our side of training a classifier of MNIST's images, through the public API.
import type { Dataset } from '../../experiments/data/dataset.ts'
import {
  Adam,
  argmax,
  batches,
  crossEntropy,
  ImageSet,
  type Sequential,
  scope,
  type Tensor,
  valueAndGradients,
} from '../../src/index.ts'
import type { Measurement, OurSide } from '../comparison.ts'

/** Of the initial weights and the order of the images. */
export const SEED = 1

/** What the sides need of a data set. */
export type SideData = Pick<Dataset, 'train' | 'test'>

export interface TrainingOptions {
  readonly batchSize: number
  /** Batches that a measurement trains on; its time is scaled to a whole epoch. By default an epoch. */
  readonly batches?: number
}

/** Trains a classifier of MNIST's images; making it trains the first batches, as a warm-up. */
export abstract class TrainingSide implements OurSide {
  readonly #batchSize: number
  readonly #batches: number
  readonly #epochBatches: number
  readonly #train: ImageSet
  readonly #test: ImageSet
  readonly #model: Sequential
  readonly #optimiser: Adam
  #order: ReturnType<typeof batches> | undefined
  #epochs = 0
  #updates = 0

  constructor({ train, test }: SideData, model: Sequential, options: TrainingOptions) {
    this.#batchSize = options.batchSize
    this.#train = new ImageSet({ ...train, rows: 28, columns: 28 })
    this.#test = new ImageSet({ ...test, rows: 28, columns: 28 })
    this.#epochBatches = Math.ceil(this.#train.count / this.#batchSize)
    this.#batches = Math.min(options.batches ?? this.#epochBatches, this.#epochBatches)
    this.#model = model
    this.#optimiser = new Adam(model.parameters(), { learningRate: 1e-3 })
    this.#trainSome()
  }

  /** What the model takes of a batch's images [b, 784]. */
  protected abstract inputOf(images: Tensor): Tensor

  /** The seconds of an epoch. */
  measure(): Measurement {
    const started = performance.now()
    this.#trainSome()
    const seconds = (performance.now() - started) / 1e3
    return {
      seconds: (seconds * this.#epochBatches) / this.#batches,
      work: `${percent(this.#accuracy())} on the test images after ${this.#updates} updates`,
    }
  }

  dispose(): void {
    this.#order?.return()
    this.#optimiser.dispose()
    this.#model.dispose()
    this.#train.dispose()
    this.#test.dispose()
  }

  #trainSome(): void {
    const parameters = this.#model.parameters()
    for (let i = 0; i < this.#batches; i++) {
      const { images, labels } = this.#nextBatch()
      scope(() => {
        const { gradients } = valueAndGradients(
          () => crossEntropy(this.#model.forward(this.inputOf(images)), labels),
          parameters,
        )
        this.#optimiser.step(gradients)
      })
      this.#updates++
    }
  }

  #nextBatch() {
    for (;;) {
      this.#order ??= batches(this.#train, { batchSize: this.#batchSize, seed: SEED, epoch: this.#epochs++ })
      const next = this.#order.next()
      if (!next.done) return next.value
      this.#order = undefined
    }
  }

  #accuracy(): number {
    let correct = 0
    for (const { images, labels } of batches(this.#test, { batchSize: 500, shuffle: false })) {
      scope(() => {
        const expected = labels.toArray()
        const predicted = argmax(this.#model.forward(this.inputOf(images))).toArray()
        for (let i = 0; i < expected.length; i++) correct += predicted[i] === expected[i] ? 1 : 0
      })
    }
    return correct / this.#test.count
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
