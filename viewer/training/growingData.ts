// The images of a live run, as they arrive.
import { PIXELS } from '../../experiments/learners/common.ts'
import type { LabelledImages, LearnerData } from '../../experiments/learners/learner.ts'
import type { SampleOrder } from '../../experiments/learners/sampleOrder.ts'
import type { Outline, Piece } from '../data/dataSet.ts'

export class GrowingData implements LearnerData {
  readonly train: LabelledImages
  readonly parts: readonly number[]
  readonly #test: LabelledImages
  /** Images that are there, of each set. */
  readonly #there = { train: 0, test: 0 }

  constructor({ trainLabels, testLabels, parts }: Outline) {
    this.train = { images: new Uint8Array(PIXELS * trainLabels.length), labels: trainLabels }
    this.#test = { images: new Uint8Array(PIXELS * testLabels.length), labels: testLabels }
    this.parts = parts
  }

  /** The test images that are there. */
  get test(): LabelledImages {
    const { images, labels } = this.#test
    const { test } = this.#there
    return { images: images.subarray(0, PIXELS * test), labels: labels.subarray(0, test) }
  }

  add({ set, first, images }: Piece): void {
    const into = set === 'train' ? this.train : this.#test
    into.images.set(images, PIXELS * first)
    this.#there[set] = first + images.length / PIXELS
  }

  /** Whether the images from one place in the stream on are there, so many of them. */
  has(order: SampleOrder, samples: number, images: number): boolean {
    if (this.#there.train === this.train.labels.length) return true
    for (let k = 0; k < images; k++) if (order.at(samples + k) >= this.#there.train) return false
    return true
  }
}
