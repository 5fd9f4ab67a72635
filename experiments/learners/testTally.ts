// How often a network was right on test images of late: each image that was shown counts once, by its last answer.
import { CLASSES } from './common.ts'

export class TestTally {
  readonly #window: number
  /** Answers by the places of their images; the one given longest ago comes first. */
  readonly #answers = new Map<number, { readonly label: number; readonly predicted: number }>()
  #correct = 0
  /** How many images of class r were named c: [10 r + c]; one that was not named stands in no column. */
  readonly confusion = new Uint32Array(CLASSES * CLASSES)

  /** @param window most images that are remembered. */
  constructor(window: number) {
    this.#window = window
  }

  /** Images that count, all of them different. */
  get images(): number {
    return this.#answers.size
  }

  /** Share of them that were named right; NaN when there are none. */
  get accuracy(): number {
    return this.#correct / this.images
  }

  /** Counts the answer to the image at a place, -1 for none, in place of its earlier one; forgets the oldest beyond the window. */
  add(place: number, label: number, predicted: number): void {
    this.#forget(place)
    const oldest = this.#answers.keys().next()
    if (this.#answers.size >= this.#window && !oldest.done) this.#forget(oldest.value)
    this.#answers.set(place, { label, predicted })
    this.#weigh(label, predicted, 1)
  }

  clear(): void {
    this.#answers.clear()
    this.#correct = 0
    this.confusion.fill(0)
  }

  #forget(place: number): void {
    const answer = this.#answers.get(place)
    if (answer === undefined) return
    this.#answers.delete(place)
    this.#weigh(answer.label, answer.predicted, -1)
  }

  #weigh(label: number, predicted: number, weight: 1 | -1): void {
    if (label === predicted) this.#correct += weight
    const cell = CLASSES * label + predicted
    if (predicted >= 0) this.confusion[cell] = this.confusion[cell]! + weight
  }
}
