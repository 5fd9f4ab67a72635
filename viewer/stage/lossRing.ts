// The losses of the last frames, raw and smoothed: what the MLP's picture in time is drawn from.

/** Frames that are remembered. */
export const LOSSES = 240
/** Frames over which losses are smoothed, roughly. */
const SPAN = 24

export class LossRing {
  readonly samples = new Float64Array(LOSSES)
  readonly losses = new Float64Array(LOSSES)
  readonly smoothed = new Float64Array(LOSSES)
  #length = 0
  #head = LOSSES - 1
  #mean = 0
  #weight = 0

  get length(): number {
    return this.#length
  }

  /** Where the loss of this age lies: 0 for the newest. */
  at(age: number): number {
    return (this.#head - age + LOSSES) % LOSSES
  }

  /** Takes in a loss. One of fewer images than the last starts anew; one of as many is not learning and is left out. */
  add(samples: number, loss: number): void {
    if (!Number.isFinite(loss)) return
    if (this.#length > 0) {
      const last = this.samples[this.#head]!
      if (samples === last) return
      if (samples < last) this.clear()
    }
    this.#head = (this.#head + 1) % LOSSES
    this.#length = Math.min(this.#length + 1, LOSSES)
    // A mean that forgets, right from its first value on.
    const keep = 1 - 1 / SPAN
    this.#mean = this.#mean * keep + loss
    this.#weight = this.#weight * keep + 1
    this.samples[this.#head] = samples
    this.losses[this.#head] = loss
    this.smoothed[this.#head] = this.#mean / this.#weight
  }

  clear(): void {
    this.#length = 0
    this.#mean = 0
    this.#weight = 0
  }
}

/** The axis of losses, nats: decades, the lowest also for everything below. */
export const lossAxis = { low: 0.001, high: 10, ticks: [10, 1, 0.1, 0.01, 0.001] } as const

/** Where a loss lies on the axis, from 0 at the bottom to 1. */
export function lossHeight(loss: number): number {
  const { low, high } = lossAxis
  const inside = Math.min(Math.max(loss, low), high)
  return Math.log(inside / low) / Math.log(high / low)
}
