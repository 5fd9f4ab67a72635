// Confusion counts of ten classes.
import { InvalidArgumentError } from '../../../src/index.ts'

export const CLASSES = 10

export class Confusion {
  /** Counts [true class][predicted class]. */
  readonly counts: number[][] = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0))
  #images = 0
  #correct = 0

  /** Counts one prediction; -1, which is no class, is wrong and stands in no column. */
  add(label: number, predicted: number): void {
    const row = this.counts[label]
    if (!row)
      throw new InvalidArgumentError(`label must be an integer from 0 to ${CLASSES - 1}, got ${label}`)
    if (predicted >= 0) row[predicted] = row[predicted]! + 1
    this.#images += 1
    if (predicted === label) this.#correct += 1
  }

  get accuracy(): number {
    return this.#images > 0 ? this.#correct / this.#images : 0
  }
}
