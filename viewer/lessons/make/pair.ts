// Both networks of one configuration, side by side on the same stream.

import { type BrainFrame, brainFrame } from '../../../experiments/learners/brainFrame.ts'
import { BrainLearner } from '../../../experiments/learners/brainLearner.ts'
import { PIXELS } from '../../../experiments/learners/common.ts'
import type { LearnerData } from '../../../experiments/learners/learner.ts'
import { type MlpFrame, mlpFrame } from '../../../experiments/learners/mlpFrame.ts'
import { MlpLearner } from '../../../experiments/learners/mlpLearner.ts'
import type { LearnerConfig } from '../../../experiments/learners/parameters.ts'
import { InvalidArgumentError } from '../../../src/index.ts'
import { accuracyOn } from '../laboratory/forgetting.ts'

/** Test images of the shipped set: a test of them all fills the window of either network. */
const TEST_IMAGES = 2000
/** As many test images as fill the window of each network. */
export const TEST_WINDOW = { mlp: TEST_IMAGES, brain: 300 } as const

export const everyDigit = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const

export class NetworkPair {
  #batch: number
  readonly data: LearnerData
  readonly mlp: MlpLearner
  readonly brain: BrainLearner
  readonly frames: { readonly mlp: MlpFrame; readonly brain: BrainFrame }

  constructor(config: LearnerConfig, data: LearnerData) {
    this.#batch = config.batchSize
    this.data = data
    this.mlp = new MlpLearner(config, data)
    this.brain = new BrainLearner(config, data)
    this.frames = { mlp: mlpFrame(this.mlp.shape), brain: brainFrame(this.brain.shape) }
  }

  configure(config: LearnerConfig): void {
    this.#batch = config.batchSize
    this.mlp.configure(config)
    this.brain.configure(config)
  }

  /**
   * Learns up to so many images, tests, and leaves the last image's story in `frames`.
   * @throws InvalidArgumentError when that is no whole number of batches: the MLP would run ahead of the brain.
   */
  advanceTo(samples: number): void {
    const images = samples - this.mlp.samples
    if (images % this.#batch !== 0 || this.mlp.samples !== this.brain.samples)
      throw new InvalidArgumentError(
        `expected whole batches of ${this.#batch} images for both networks, found ${images} images`,
      )
    this.mlp.advance(images, this.frames.mlp)
    this.brain.advance(samples - this.brain.samples, this.frames.brain)
    this.test()
  }

  /** The brain learns from one more image; the MLP only looks at it. */
  advanceBrain(): void {
    this.brain.advance(1, this.frames.brain)
    const { image, label } = this.frames.brain
    const { images } = this.data.train
    this.mlp.read(images.subarray(PIXELS * image, PIXELS * (image + 1)), this.frames.mlp, label)
  }

  test(): void {
    this.mlp.test(TEST_WINDOW.mlp)
    this.mlp.retell(this.frames.mlp)
    this.brain.test(TEST_WINDOW.brain)
    this.brain.retell(this.frames.brain)
  }

  /** Accuracy on test images of these classes: on as many as whole windows hold. */
  thorough(classes: readonly number[] = everyDigit): { mlp: number; brain: number } {
    const sums = { mlp: new Float64Array(100), brain: new Float64Array(100) }
    for (const kind of ['mlp', 'brain'] as const) {
      for (let tested = 0; tested + TEST_WINDOW[kind] <= TEST_IMAGES; tested += TEST_WINDOW[kind]) {
        this[kind].test(TEST_WINDOW[kind])
        this.mlp.retell(this.frames.mlp)
        this.brain.retell(this.frames.brain)
        this.frames[kind].confusion.forEach((count, cell) => {
          sums[kind][cell] = sums[kind][cell]! + count
        })
      }
    }
    return { mlp: accuracyOn(classes, sums.mlp), brain: accuracyOn(classes, sums.brain) }
  }

  dispose(): void {
    this.mlp.dispose()
    this.brain.dispose()
  }
}
