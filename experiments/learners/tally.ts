// How often a network was right of late: a window over the training images that it named before it learned from them.

export class Tally {
  /** Of each of the last answers, 1 for a right one. */
  readonly #right: Uint8Array
  #count = 0
  #correct = 0

  /** @param window most answers that are remembered. */
  constructor(window: number) {
    this.#right = new Uint8Array(window)
  }

  /** Share of the answers in the window that were right; NaN when there are none. */
  get accuracy(): number {
    return this.#correct / Math.min(this.#count, this.#right.length)
  }

  /** Counts one answer, -1 for none, and forgets the oldest when the window is full. */
  add(label: number, predicted: number): void {
    const place = this.#count % this.#right.length
    const right = label === predicted ? 1 : 0
    // Before the window is full, what is forgotten is a 0.
    this.#correct += right - this.#right[place]!
    this.#right[place] = right
    this.#count += 1
  }

  clear(): void {
    this.#right.fill(0)
    this.#count = 0
    this.#correct = 0
  }
}
