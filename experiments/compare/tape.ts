// Takes frames of one network while it trains, seldom enough to cost next to nothing, and turns them into messages.
import type { BrainFrame } from '../learners/brainFrame.ts'
import type { MlpFrame } from '../learners/mlpFrame.ts'
import { brainEncoder, mlpEncoder, type RecordingMessage } from '../recording/encoder.ts'
import type { Tape } from './outcome.ts'

/** Seconds from one frame to the next, at least. */
const INTERVAL = 0.5
/** A frame may take this share of the time; where it takes longer, they come less often. */
const MOST_SHARE = 0.02
/** Frames after which it is known how long one takes. */
const WARMING_UP = 3

const options = { framesPerSecond: 15, keyframeSeconds: 10, bytesPerSecond: 30_000 } as const

export class ThrottledTape implements Tape {
  readonly #since: number
  readonly #send: (messages: readonly RecordingMessage[]) => void
  readonly #now: () => number
  readonly #mlp = mlpEncoder(options)
  readonly #brain = brainEncoder(options)
  #dueAt = 0
  #askedAt = 0
  #took = Number.POSITIVE_INFINITY
  #frames = 0

  /**
   * @param since when the recording began, ms since 1970.
   * @param now milliseconds since 1970, finer than `Date.now`.
   */
  constructor(
    since: number,
    send: (messages: readonly RecordingMessage[]) => void,
    now = () => performance.timeOrigin + performance.now(),
  ) {
    this.#since = since
    this.#send = send
    this.#now = now
  }

  get due(): boolean {
    this.#askedAt = this.#now()
    return this.#askedAt >= this.#dueAt
  }

  add(frame: MlpFrame | BrainFrame): void {
    const moment = { seconds: Math.max(this.#now() - this.#since, 0) / 1000, keep: true }
    const messages =
      frame.kind === 'mlp' ? this.#mlp.encode(frame, moment) : this.#brain.encode(frame, moment)
    this.#send(messages)
    // All that was done since it was asked for, the image's own presentation included, which had to be done anyway. The
    // quickest frame counts: the first ones, of code that is not yet compiled, say little.
    this.#took = Math.min(this.#took, this.#now() - this.#askedAt)
    this.#frames += 1
    const wait = this.#frames < WARMING_UP ? 0 : this.#took / MOST_SHARE
    this.#dueAt = this.#askedAt + Math.max(1000 * INTERVAL, wait)
  }
}
