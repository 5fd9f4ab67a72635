// Trains the brain in a worker. Its image leads: the MLP shows the one that the brain saw last.
import { brainFrame, brainFrameBytes } from '../../experiments/learners/brainFrame.ts'
import { BrainLearner } from '../../experiments/learners/brainLearner.ts'
import { PIXELS } from '../../experiments/learners/common.ts'
import type { Shown } from './protocol.ts'
import { FRAME_INTERVAL, type Post, Trainer } from './trainer.ts'

/** Training images for each image of the test. */
const TEST_EVERY = 10

export class BrainTrainer extends Trainer<'brain'> {
  protected override readonly batch = 1
  #sinceTest = 0
  /** What the last frame showed, and whether its story can be told again. */
  #shown: Shown | null = null
  #tellable = false

  constructor(post: Post<'brain'>) {
    super(
      {
        create: (config, data) => new BrainLearner(config, data),
        frame: brainFrame,
        bytes: brainFrameBytes,
      },
      post,
    )
  }

  protected override take(): void {}

  protected override begin(): void {
    this.#shown = null
    this.#tellable = false
  }

  protected override forget(): void {
    this.#tellable = false
  }

  protected override work(learner: BrainLearner, now: number): boolean {
    if (!this.ready(learner)) {
      this.#show(learner)
      return false
    }
    if (this.oneByOne && !this.mayFrame) return false
    if (this.mayFrame && (this.oneByOne || now - this.lastFrame >= FRAME_INTERVAL)) {
      this.send(frame => {
        learner.advance(1, frame)
        this.#shown = {
          pixels: frame.pixels.slice(),
          label: frame.label,
          image: frame.image,
          samples: learner.samples,
        }
        this.#tellable = true
      })
    } else {
      learner.advance(1)
      this.#tellable = false
    }
    this.pacer.spend(1)
    this.#sinceTest += 1
    if (this.#sinceTest >= TEST_EVERY) {
      this.#sinceTest = 0
      learner.test(1)
    }
    return true
  }

  /** While it is still: shows what the last frame showed as the network is now, and to begin with the first image. */
  #show(learner: BrainLearner): void {
    if (this.stale === 'no' || !this.mayFrame) return
    if (this.stale === 'focus' && this.#tellable) {
      this.send(frame => learner.retell(frame))
      return
    }
    const shown = this.#shown ?? this.#next(learner)
    if (shown === null) return
    this.send(frame => learner.read(shown.pixels, frame, shown.label, shown.image))
    this.#shown = shown
    this.#tellable = true
  }

  #next({ order, samples }: BrainLearner): Shown | null {
    if (!this.data!.has(order, samples, 1)) return null
    const { images, labels } = this.data!.train
    const image = order.at(samples)
    return {
      pixels: images.slice(PIXELS * image, PIXELS * (image + 1)),
      label: labels[image]!,
      image,
      samples,
    }
  }
}
