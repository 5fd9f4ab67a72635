// Watches how long pictures take, and lowers what they cost when the machine cannot keep up: its filling of pixels is what ends first.

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

/** Pictures whose median is judged: few, since a page that begins too fine is slow until it is known. */
const WINDOW = 6
/** A median above this is slow, ms; above twice that, the next tier would not do either. */
const SLOW = 45

export class TierWatch {
  readonly #durations: number[] = []
  #level = 0

  get tier(): Tier {
    return tiers[this.#level] ?? tiers[0]
  }

  /** Notes how long a picture took until the graphics side was done, ms. Returns true when the tier has changed. */
  note(duration: number): boolean {
    this.#durations.push(duration)
    if (this.#durations.length < WINDOW) return false
    const median = this.#durations.sort((a, b) => a - b)[WINDOW / 2]!
    this.#durations.length = 0
    if (median <= SLOW || this.#level === tiers.length - 1) return false
    this.#level = Math.min(this.#level + (median > 2 * SLOW ? 2 : 1), tiers.length - 1)
    return true
  }

  /** Begins anew from the best tier: a smaller canvas, say, may do better. */
  reset(): void {
    this.#level = 0
    this.#durations.length = 0
  }
}
