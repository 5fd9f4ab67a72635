// Frames of the MLP of the comparison, for a recording: looked at between two batches, in loops of its own.
import type { Linear, Sequential } from '../../../src/index.ts'
import { CLASSES, PIXELS } from '../../learners/common.ts'
import { mlpFrame } from '../../learners/mlpFrame.ts'
import { MlpStory, type ShownMlp } from '../../learners/mlpStory.ts'
import { writeMlpFrame } from '../../learners/mlpWriter.ts'
import type { Tape, TaskContext } from '../outcome.ts'
import type { Confusion } from './confusion.ts'
import { imageAt } from './spikingReadout.ts'

/** No unit is focused, so nobody asks for it. */
const noUpdate = { before: [], sinceStory: false } as const

export class MlpFrames {
  readonly #tape: Tape
  readonly #train: TaskContext['train']
  readonly #network: ShownMlp
  readonly #story: MlpStory
  readonly #frame: ReturnType<typeof mlpFrame>
  readonly #startedAt = performance.now()
  /** Whether there is an image's story to tell. */
  #shown = false

  constructor(tape: Tape, model: Sequential, train: TaskContext['train']) {
    this.#tape = tape
    this.#train = train
    this.#network = shownMlp(model)
    this.#story = new MlpStory(this.#network)
    this.#frame = mlpFrame(this.#network.shape)
  }

  get due(): boolean {
    return this.#tape.due
  }

  /** Records what the network makes of a training image, having learned from `samples`. */
  show(image: number, samples: number, updates: number, accuracy: number | undefined): void {
    this.#story.tell(this.#network, imageAt(this.#train, image), this.#train.labels[image]!)
    const frame = this.#frame
    frame.image = image
    frame.samples = samples
    frame.updates = updates
    frame.learned = 1
    frame.trainAccuracy = accuracy ?? Number.NaN
    frame.testAccuracy = Number.NaN
    // Not counted while it trains.
    frame.operations = Number.NaN
    frame.seconds = (performance.now() - this.#startedAt) / 1000
    frame.weightsVersion = updates
    this.#add()
  }

  /** Records what came of it all. */
  finish(samples: number, test: Confusion): void {
    const frame = this.#frame
    if (!this.#shown) return
    frame.samples = samples
    frame.testAccuracy = test.accuracy
    frame.testImages = test.counts.flat().reduce((total, count) => total + count, 0)
    frame.confusion.set(test.counts.flat())
    this.#add()
  }

  #add(): void {
    this.#shown = true
    writeMlpFrame(this.#frame, this.#network, this.#story, noUpdate, null)
    this.#tape.add(this.#frame)
  }
}

/** The classifier of the comparison as frames show it: 784-64-64-10 with relu between. */
function shownMlp(model: Sequential): ShownMlp {
  const [hidden1, , hidden2, , output] = model.layers as unknown as [Linear, object, Linear, object, Linear]
  const none = (layer: Linear) => new Uint8Array(layer.outputs)
  return {
    shape: { layers: [PIXELS, hidden1.outputs, hidden2.outputs, CLASSES] },
    layers: [hidden1, hidden2, output],
    activation: 'relu',
    lesions: [none(hidden1), none(hidden2), none(output)],
  }
}
