// Watches how fast pictures come, and lowers what they cost when the machine cannot keep up: its filling of pixels is what ends first.

export interface Tier {
  readonly name: 'full' | 'reduced' | 'low'
  /** Most canvas pixels for a CSS pixel. */
  readonly pixelRatio: number
  /** Most synapses drawn between two layers. */
  readonly edges: number
}

export const tiers: readonly [Tier, ...Tier[]] = [
  { name: 'full', pixelRatio: 2, edges: Number.POSITIVE_INFINITY },
  { name: 'reduced', pixelRatio: 1, edges: 300 },
  { name: 'low', pixelRatio: 0.75, edges: 120 },
]

/** Frames whose median interval is judged. */
const WINDOW = 24
/** A median above this is slow, ms: fewer than 22 frames a second. */
const SLOW = 45
/** A longer interval is a pause and tells nothing, ms. */
const PAUSE = 400

export class TierWatch {
  readonly #intervals: number[] = []
  #last = Number.NaN
  #level = 0

  get tier(): Tier {
    return tiers[this.#level] ?? tiers[0]
  }

  /** Notes that a picture was drawn, at a time in ms. Returns true when the tier has changed. */
  note(now: number): boolean {
    const interval = now - this.#last
    this.#last = now
    if (!(interval < PAUSE)) return false
    this.#intervals.push(interval)
    if (this.#intervals.length < WINDOW) return false
    const median = this.#intervals.sort((a, b) => a - b)[WINDOW / 2]!
    this.#intervals.length = 0
    if (median <= SLOW || this.#level === tiers.length - 1) return false
    this.#level++
    // Changing over takes time itself, which is no measure of the new tier.
    this.#last = Number.NaN
    return true
  }

  /** Begins anew from the best tier: a smaller canvas, say, may do better. */
  reset(): void {
    this.#level = 0
    this.#intervals.length = 0
    this.#last = Number.NaN
  }
}
