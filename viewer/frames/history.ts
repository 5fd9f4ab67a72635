// What was measured on the way, for charts and for CSV: columns that grow, one row for each point.
import type { Frame, FrameKind } from '../../experiments/learners/frame.ts'

/** The measures that are kept, by their names in a CSV file. */
export const measures = ['samples', 'operations', 'trainAccuracy', 'testAccuracy', 'loss', 'spikes'] as const
export type Measure = (typeof measures)[number]

/** Most points of a series; beyond it every second one is dropped, so that a run of any length fits. */
const MOST_POINTS = 4096

export class Series {
  readonly #columns: Record<Measure, Float64Array>
  #length = 0
  /** Points come at least this many images apart. */
  #spacing = 0

  constructor() {
    this.#columns = Object.fromEntries(
      measures.map(measure => [measure, new Float64Array(MOST_POINTS)]),
    ) as Record<Measure, Float64Array>
  }

  get length(): number {
    return this.#length
  }

  /** A column's values so far: a view, good until the next `add`. NaN where nothing was measured. */
  column(measure: Measure): Float64Array {
    return this.#columns[measure].subarray(0, this.#length)
  }

  /** Adds a point, unless it is too close to the one before; a point of fewer images than the last starts anew. */
  add(point: Readonly<Partial<Record<Measure, number>>> & { readonly samples: number }): void {
    const last = this.#length > 0 ? this.#columns.samples[this.#length - 1]! : Number.NEGATIVE_INFINITY
    if (point.samples < last) this.clear()
    else if (point.samples < last + Math.max(this.#spacing, 1)) return
    if (this.#length === MOST_POINTS) this.#thin()
    for (const measure of measures) this.#columns[measure][this.#length] = point[measure] ?? Number.NaN
    this.#length++
  }

  clear(): void {
    this.#length = 0
    this.#spacing = 0
  }

  #thin(): void {
    for (const measure of measures) {
      const column = this.#columns[measure]
      for (let i = 0; 2 * i < MOST_POINTS; i++) column[i] = column[2 * i]!
    }
    this.#length = MOST_POINTS / 2
    const samples = this.#columns.samples
    this.#spacing = (samples[this.#length - 1]! - samples[0]!) / this.#length
  }
}

/** The series of both networks. */
export class History {
  readonly mlp = new Series()
  readonly brain = new Series()

  add(frame: Frame): void {
    const { samples, operations, trainAccuracy, testAccuracy } = frame
    const point = { samples, operations, trainAccuracy, testAccuracy }
    if (frame.kind === 'mlp') this.mlp.add({ ...point, loss: frame.loss })
    else this.brain.add({ ...point, spikes: frame.excitatorySpikes })
  }

  of(kind: FrameKind): Series {
    return this[kind]
  }
}
