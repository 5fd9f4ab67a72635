// Trains the MLP in a worker. Its frames show the image that the page says, the one the brain saw last.
import { mlpFrame, mlpFrameBytes } from '../../experiments/learners/mlpFrame.ts'
import { MlpLearner } from '../../experiments/learners/mlpLearner.ts'
import type { Shown, ToWorker } from './protocol.ts'
import { type Post, Trainer } from './trainer.ts'

/** Milliseconds between two tests, and images of each. */
const TEST_INTERVAL = 250
const TEST_IMAGES = 500

export class MlpTrainer extends Trainer<'mlp'> {
  /** An image to show that was not shown yet, and the one shown last. */
  #toShow: Shown | null = null
  #shown: Shown | null = null
  #lastTest = Number.NEGATIVE_INFINITY
  /** Images that were shown one by one since the last batch. */
  #unlearned = 0

  constructor(post: Post<'mlp'>) {
    super(
      { create: (config, data) => new MlpLearner(config, data), frame: mlpFrame, bytes: mlpFrameBytes },
      post,
    )
  }

  protected override get batch(): number {
    return this.learner?.config.batchSize ?? 1
  }

  protected override take(message: ToWorker): void {
    if (message.type === 'show') this.#toShow = message
  }

  protected override begin(): void {
    this.#lastTest = Number.NEGATIVE_INFINITY
    this.#unlearned = 0
  }

  protected override forget(): void {
    if (this.#shown !== null && this.stale === 'focus') this.stale = 'network'
  }

  protected override work(learner: MlpLearner, now: number): boolean {
    if (this.#show(learner)) return true
    if (!this.ready(learner) || (this.oneByOne && !this.#behind(learner))) return false
    this.#learn(learner, now)
    return true
  }

  /** Whether, following the brain image by image, it has more than the batch of the present image to learn from. */
  #behind({ samples }: MlpLearner): boolean {
    return this.pacer.following && samples + 2 * this.batch <= this.pacer.limit
  }

  #learn(learner: MlpLearner, now: number): void {
    const { batch } = this
    learner.advance(batch)
    this.pacer.spend(batch)
    if (now - this.#lastTest < TEST_INTERVAL) return
    this.#lastTest = now
    learner.test(TEST_IMAGES)
  }

  /** Shows a new image, or the last one again after a change. */
  #show(learner: MlpLearner): boolean {
    if (!this.mayFrame) return false
    const shown = this.#toShow
    if (shown === null) {
      if (this.stale !== 'no' && this.#shown !== null) this.#read(learner, this.#shown)
      return false
    }
    const another = shown.samples > (this.#shown?.samples ?? 0)
    if (this.oneByOne && another && this.#complete(learner)) this.#learnShown(learner, shown)
    else this.#read(learner, shown)
    this.#toShow = null
    this.#shown = shown
    return true
  }

  /** One by one, an image more is due with each that is shown: a batch is learned from when its last image is. */
  #complete({ order, samples }: MlpLearner): boolean {
    this.#unlearned += 1
    const due = this.pacer.following ? this.pacer.due(this.batch, samples) : this.#unlearned >= this.batch
    return due && !this.halted && this.data!.has(order, samples, this.batch)
  }

  #learnShown(learner: MlpLearner, shown: Shown): void {
    const { batch } = this
    const last = learner.order.at(learner.samples + batch - 1)
    this.#unlearned = 0
    if (last === shown.image) {
      this.send(frame => learner.advance(batch, frame))
      learner.test(TEST_IMAGES)
      return
    }
    learner.advance(batch)
    learner.test(TEST_IMAGES)
    this.#read(learner, shown)
  }

  #read(learner: MlpLearner, { pixels, label, image }: Shown): void {
    this.send(frame => learner.read(pixels, frame, label, image))
  }
}
