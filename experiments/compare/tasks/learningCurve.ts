// Accuracy while training: each image is predicted before it is learned from, and counted in windows.
import type { CurvePoint } from '../outcome.ts'

/** Points that one pass over the training images gives. */
const POINTS_PER_PASS = 60
const SMALLEST_WINDOW = 100

export class LearningCurve {
  readonly points: CurvePoint[] = []
  readonly window: number
  #images = 0
  #inWindow = 0
  #judged = 0
  #correct = 0

  /** @param images training images of one pass. */
  constructor(images: number) {
    this.window = Math.min(images, Math.max(SMALLEST_WINDOW, Math.round(images / POINTS_PER_PASS)))
  }

  /** Images counted so far. */
  get images(): number {
    return this.#images
  }

  /** Accuracy of the last full window, or of the images so far; undefined before any prediction. */
  get accuracy(): number | undefined {
    return this.points.at(-1)?.accuracy ?? (this.#judged > 0 ? this.#correct / this.#judged : undefined)
  }

  /**
   * Counts an image; `correct` is null where nothing could be predicted yet.
   * @returns the point that this image completes, if it does.
   */
  add(correct: boolean | null): CurvePoint | undefined {
    this.#images += 1
    this.#inWindow += 1
    if (correct !== null) this.#judged += 1
    if (correct) this.#correct += 1
    if (this.#inWindow < this.window) return undefined
    const point =
      this.#judged > 0 ? { images: this.#images, accuracy: this.#correct / this.#judged } : undefined
    if (point) this.points.push(point)
    this.#inWindow = 0
    this.#judged = 0
    this.#correct = 0
    return point
  }
}
