// The conventional side: an MLP 784-64-64-10 trained by backpropagation and Adam.
import {
  Adam,
  argmax,
  batches,
  createBackend,
  crossEntropy,
  currentBackend,
  ImageSet,
  Linear,
  Relu,
  Sequential,
  scope,
  type Tensor,
  useBackend,
  valueAndGradients,
} from '../../../src/index.ts'
import type { ImageData28, MlpOutcome, TaskContext } from '../outcome.ts'
import { Clock } from './clock.ts'
import { CLASSES, Confusion } from './confusion.ts'
import { LearningCurve } from './learningCurve.ts'
import { MlpFrames } from './mlpFrames.ts'
import { nonZerosByRow } from './operations.ts'

const PIXELS = 784
export const HIDDEN = 64
export const BATCH_SIZE = 32
export const LEARNING_RATE = 1e-3
const TEST_BATCH_SIZE = 100

/** What training leaves: how it ended, and what it took. */
interface Training {
  readonly status: MlpOutcome['status']
  readonly message?: string
  readonly epochs: number
  readonly seconds: number
  readonly memoryAfterEpoch: number[]
}

export function runMlp(context: TaskContext): MlpOutcome {
  useBackend(createBackend(context.config.backend))
  return trainAndTest(createClassifier(context.config.seed), context)
}

/** Trains and tests a classifier of 784 inputs and ten classes, in the current backend. */
export function trainAndTest(model: Sequential, context: TaskContext): MlpOutcome {
  const curve = new LearningCurve(context.train.count)
  const frames = context.tape ? new MlpFrames(context.tape, model, context.train) : null
  const training = train(model, context, curve, frames)
  const test = training.status === 'complete' ? evaluate(model, context) : null
  if (test && !test.stopped) frames?.finish(curve.images, test.confusion)
  return {
    status: test?.stopped ? 'stopped' : training.status,
    ...(training.message !== undefined && { message: training.message }),
    backend: currentBackend().name,
    testAccuracy: test && !test.stopped ? test.confusion.accuracy : null,
    trainSeconds: training.seconds,
    epochs: training.epochs,
    parameters: model.parameters().reduce((total, { size }) => total + size, 0),
    effectiveMacsPerImage: test && !test.stopped ? test.macsPerImage : null,
    curve: curve.points,
    confusion: test && !test.stopped ? test.confusion.counts : null,
    weights: model.parameters().map(parameter => ({
      name: parameter.name,
      shape: [...parameter.shape],
      data: parameter.toArray() as Float32Array,
    })),
    firstLayer: model.parameters()[0]!.toArray() as Float32Array,
    memoryAfterEpoch: training.memoryAfterEpoch,
  }
}

/** 784-64-64-10 with relu between, He initialisation; most pixels of a digit are zero, and are skipped. */
export function createClassifier(seed: number): Sequential {
  return new Sequential([
    new Linear(PIXELS, HIDDEN, { seed, name: 'hidden1', sparseInput: true }),
    new Relu(),
    new Linear(HIDDEN, HIDDEN, { seed, name: 'hidden2' }),
    new Relu(),
    new Linear(HIDDEN, CLASSES, { seed, name: 'output', initialisation: 'glorotNormal' }),
  ])
}

function imageSet({ images, labels }: ImageData28): ImageSet {
  return new ImageSet({ images, labels, rows: 28, columns: 28 })
}

function train(
  model: Sequential,
  context: TaskContext,
  curve: LearningCurve,
  frames: MlpFrames | null,
): Training {
  const { config, shouldStop, progress, metric } = context
  const { seed, epochs } = config
  const parameters = model.parameters()
  const optimiser = new Adam(parameters, { learningRate: LEARNING_RATE })
  const set = imageSet(context.train)
  const clock = new Clock()
  const total = epochs * set.count
  const memoryAfterEpoch: number[] = []
  const end = (status: Training['status'], message?: string): Training => {
    optimiser.dispose()
    set.dispose()
    const finished = memoryAfterEpoch.length
    return { status, ...(message && { message }), epochs: finished, seconds: clock.seconds, memoryAfterEpoch }
  }
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { images, labels, indices } of batches(set, { batchSize: BATCH_SIZE, seed, epoch })) {
      if (shouldStop()) return end('stopped')
      if (frames?.due) frames.show(indices.at(-1)!, curve.images, optimiser.steps, curve.accuracy)
      const predicted = scope(() => {
        let classes: ArrayLike<number> = []
        const { value, gradients } = valueAndGradients(() => {
          const logits = model.forward(images)
          classes = argmax(logits).toArray()
          return crossEntropy(logits, labels)
        }, parameters)
        if (!Number.isFinite(value)) return null
        optimiser.step(gradients)
        return classes
      })
      if (predicted === null) {
        const step = optimiser.steps + 1
        return end(
          'failed',
          `the loss stopped being finite at step ${step}; the weights from before it are kept`,
        )
      }
      for (let i = 0; i < indices.length; i++) {
        const point = curve.add(predicted[i] === set.labels[indices[i]!])
        if (point) metric({ ...point, epoch })
      }
      progress({
        phase: 'training',
        done: curve.images,
        total,
        imagesPerSecond: clock.rate(curve.images),
        ...(curve.accuracy !== undefined && { accuracy: curve.accuracy }),
      })
    }
    memoryAfterEpoch.push(process.memoryUsage.rss())
    metric({ epoch, residentBytes: memoryAfterEpoch.at(-1)!, seconds: clock.seconds })
  }
  return end('complete')
}

function evaluate(model: Sequential, context: TaskContext) {
  const set = imageSet(context.test)
  const confusion = new Confusion()
  const clock = new Clock()
  const macs = new MacCounter(model)
  let done = 0
  let stopped = false
  for (const { images, indices } of batches(set, { batchSize: TEST_BATCH_SIZE, shuffle: false })) {
    stopped = context.shouldStop()
    if (stopped) break
    const predicted = scope(() => argmax(macs.forward(images)).toArray())
    for (let i = 0; i < indices.length; i++) confusion.add(set.labels[indices[i]!]!, predicted[i]!)
    done += indices.length
    context.progress({
      phase: 'testing',
      done,
      total: set.count,
      accuracy: confusion.accuracy,
      imagesPerSecond: clock.rate(done),
    })
  }
  set.dispose()
  return { stopped, confusion, macsPerImage: macs.total / Math.max(done, 1) }
}

/**
 * Counts effective multiply-accumulates, as NeuroBench defines them (Yik et al. 2025, doi 10.1038/s41467-025-56739-4):
 * non-zero input times non-zero weight, in linear layers.
 */
class MacCounter {
  total = 0
  readonly #model: Sequential
  /** Non-zero weights that leave each input of each linear layer. */
  readonly #fanOut: readonly (Int32Array | null)[]

  constructor(model: Sequential) {
    this.#model = model
    this.#fanOut = model.layers.map(layer => (layer instanceof Linear ? nonZerosByRow(layer.weight) : null))
  }

  /** The model's forward pass, counted. */
  forward(images: Tensor): Tensor {
    let x = images
    this.#model.layers.forEach((layer, index) => {
      const fanOut = this.#fanOut[index]
      if (fanOut) this.#count(x, fanOut)
      x = layer.forward(x)
    })
    return x
  }

  #count(x: Tensor, fanOut: Int32Array): void {
    const values = x.view()
    for (let i = 0; i < values.length; i++) {
      if (values[i] !== 0) this.total += fanOut[i % fanOut.length]!
    }
  }
}
