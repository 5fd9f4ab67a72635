// How often a network was right of late: a window over what it named, with its confusion matrix.
import { CLASSES } from './common.ts'

export class Tally {
  readonly #labels: Int8Array
  readonly #predicted: Int8Array
  #count = 0
  #correct = 0
  /** How many images of class r in the window were named c: [10 r + c]; one that was not named stands in no column. */
  readonly confusion = new Uint32Array(CLASSES * CLASSES)

  /** @param window most images that are remembered. */
  constructor(window: number) {
    this.#labels = new Int8Array(window)
    this.#predicted = new Int8Array(window)
  }

  /** Images in the window. */
  get images(): number {
    return Math.min(this.#count, this.#labels.length)
  }

  /** Share of them that were named right; NaN when there are none. */
  get accuracy(): number {
    return this.#correct / this.images
  }

  /** Counts one answer, -1 for none, and forgets the oldest when the window is full. */
  add(label: number, predicted: number): void {
    const place = this.#count % this.#labels.length
    if (this.#count >= this.#labels.length) this.#weigh(place, -1)
    this.#labels[place] = label
    this.#predicted[place] = predicted
    this.#weigh(place, 1)
    this.#count += 1
  }

  clear(): void {
    this.#count = 0
    this.#correct = 0
    this.confusion.fill(0)
  }

  #weigh(place: number, weight: 1 | -1): void {
    const label = this.#labels[place]!
    const predicted = this.#predicted[place]!
    if (label === predicted) this.#correct += weight
    const cell = CLASSES * label + predicted
    if (predicted >= 0) this.confusion[cell] = this.confusion[cell]! + weight
  }
}
