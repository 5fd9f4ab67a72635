// An epoch of the 784-64-64-10 perceptron on MNIST, against PyTorch and TensorFlow.js.
import { z } from 'zod'
import type { ImageData28 } from '../../experiments/compare/outcome.ts'
import {
  Adam,
  argmax,
  batches,
  crossEntropy,
  ImageSet,
  Linear,
  Relu,
  Sequential,
  scope,
  valueAndGradients,
} from '../../src/index.ts'
import type { Comparison, Measurement, OurSide } from '../comparison.ts'
import { peerScript } from '../places.ts'
import type { SuiteContext } from './suite.ts'

const SEED = 1
const BATCH_SIZES = [32, 128]
/** Bars at batch 128: at most 2.5 times PyTorch's time, at least 5 times faster than TensorFlow.js. */
const BAR_BATCH_SIZE = 128
const PYTORCH_BAR = 2.5
const TENSORFLOW_BAR = 1 / 5

const INSTALL_PYTORCH = 'pip install torch numpy'
const INSTALL_TENSORFLOW =
  'npm install --no-save @tensorflow/tfjs-core @tensorflow/tfjs-layers @tensorflow/tfjs-backend-wasm'

/** Trains with our public API, epoch after epoch; making it trains the first, as a warm-up. */
export class PerceptronSide implements OurSide {
  readonly #batchSize: number
  readonly #train: ImageSet
  readonly #test: ImageSet
  readonly #model: Sequential
  readonly #optimiser: Adam
  #epochs = 0

  constructor(train: ImageData28, test: ImageData28, batchSize: number) {
    this.#batchSize = batchSize
    this.#train = new ImageSet({ ...train, rows: 28, columns: 28 })
    this.#test = new ImageSet({ ...test, rows: 28, columns: 28 })
    this.#model = new Sequential([
      new Linear(784, 64, { seed: SEED, name: 'hidden1', sparseInput: true }),
      new Relu(),
      new Linear(64, 64, { seed: SEED, name: 'hidden2' }),
      new Relu(),
      new Linear(64, 10, { seed: SEED, name: 'output' }),
    ])
    this.#optimiser = new Adam(this.#model.parameters(), { learningRate: 1e-3 })
    this.#epoch()
  }

  measure(): Measurement {
    const started = performance.now()
    this.#epoch()
    const seconds = (performance.now() - started) / 1e3
    return { seconds, work: `${percent(this.#accuracy())} on the test images after ${this.#epochs} epochs` }
  }

  dispose(): void {
    this.#optimiser.dispose()
    for (const parameter of this.#model.parameters()) parameter.dispose()
    this.#train.dispose()
    this.#test.dispose()
  }

  #epoch(): void {
    const parameters = this.#model.parameters()
    const options = { batchSize: this.#batchSize, seed: SEED, epoch: this.#epochs++ }
    for (const { images, labels } of batches(this.#train, options)) {
      scope(() => {
        const { gradients } = valueAndGradients(
          () => crossEntropy(this.#model.forward(images), labels),
          parameters,
        )
        this.#optimiser.step(gradients)
      })
    }
  }

  #accuracy(): number {
    let correct = 0
    for (const { images, labels } of batches(this.#test, { batchSize: 1000, shuffle: false })) {
      scope(() => {
        const expected = labels.toArray()
        const predicted = argmax(this.#model.forward(images)).toArray()
        for (let i = 0; i < expected.length; i++) correct += predicted[i] === expected[i] ? 1 : 0
      })
    }
    return correct / this.#test.count
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

const replySchema = z.object({
  secondsPerEpoch: z.number().positive(),
  testAccuracy: z.number(),
  epochs: z.number().optional(),
  updates: z.number().optional(),
})

function readReply(reply: unknown): Measurement {
  const { secondsPerEpoch, testAccuracy, epochs, updates } = replySchema.parse(reply)
  const trained = epochs === undefined ? `${updates} updates` : `${epochs} epochs`
  return { seconds: secondsPerEpoch, work: `${percent(testAccuracy)} after ${trained}` }
}

export function mlpSuite({ dataset, dataFolder, python, nodeModules }: SuiteContext): Comparison[] {
  return BATCH_SIZES.flatMap(batchSize => {
    const shared = {
      suite: 'mlp' as const,
      name: `epoch at batch ${batchSize}`,
      unit: 's' as const,
      readReply,
      prepare: () => new PerceptronSide(dataset.train, dataset.test, batchSize),
    }
    const bar = (ratio: number) => (batchSize === BAR_BATCH_SIZE ? ratio : null)
    const options = ['--data', dataFolder, '--batch', String(batchSize)]
    return [
      {
        ...shared,
        peer: 'PyTorch',
        target: bar(PYTORCH_BAR),
        install: INSTALL_PYTORCH,
        command: { command: python, args: ['-B', peerScript('pytorchMlp.py'), ...options] },
      },
      {
        ...shared,
        peer: 'TensorFlow.js wasm',
        target: bar(TENSORFLOW_BAR),
        install: INSTALL_TENSORFLOW,
        command: {
          command: process.execPath,
          args: [peerScript('tfjsMlp.mjs'), ...options, '--node-modules', nodeModules],
        },
      },
    ]
  })
}
