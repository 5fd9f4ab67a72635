// Spikes as columns of cells: one column for each few milliseconds of a sample, or for each of the last samples.
import { type BrainFrame, PRESENTATION_DURATION, STEP } from '../../experiments/learners/brainFrame.ts'
import { groupOf, MOST_ROWS } from './rasterRows.ts'

/** Milliseconds of a column while a sample is shown: less than a neuron's refractory time, so that none fires twice in it. */
export const COLUMN_DURATION = 4
export const SAMPLE_COLUMNS = PRESENTATION_DURATION / COLUMN_DURATION
/** Samples that are looked back on at full speed, a column for each. */
export const RECENT_COLUMNS = 96

/** Levels of a cell: 0 is empty. */
const LEVELS = 15
/** Spikes of a sample that make a cell strongest. */
const STRONG = 12

/** A cell as a byte: the group of its neuron, and its level from 0 to 15. */
function addTo(cells: Uint8Array, at: number, group: number, level: number): void {
  const before = cells[at]!
  if (level > (before & LEVELS)) cells[at] = (group << 4) | level
}

/**
 * Fills the columns of one sample, [SAMPLE_COLUMNS, MOST_ROWS], and counts its spikes in each, [SAMPLE_COLUMNS].
 * @param rowOf the row of each neuron.
 */
export function fillSample(
  { spikes, excitatorySpikes, labels, shape }: BrainFrame,
  rowOf: Uint16Array,
  cells: Uint8Array,
  rates: Float32Array,
): void {
  cells.fill(0, 0, SAMPLE_COLUMNS * MOST_ROWS)
  rates.fill(0)
  const { steps, neurons } = spikes.excitatory
  const count = Math.min(excitatorySpikes, steps.length)
  for (let spike = 0; spike < count; spike++) {
    const neuron = neurons[spike]!
    const column = Math.floor((steps[spike]! * STEP) / COLUMN_DURATION)
    if (neuron >= shape.neurons || column >= SAMPLE_COLUMNS) continue
    rates[column]!++
    addTo(cells, column * MOST_ROWS + rowOf[neuron]!, groupOf(labels[neuron]!), LEVELS)
  }
}

/** Smooths counts over a window of three columns to each side, the nearest weighing most; into spikes a millisecond. */
export function smoothRates(counts: Float32Array, rates: Float32Array): void {
  for (let column = 0; column < counts.length; column++) {
    let sum = 0
    for (let offset = -3; offset <= 3; offset++)
      sum += (counts[column + offset] ?? 0) * (4 - Math.abs(offset))
    rates[column] = sum / 16 / COLUMN_DURATION
  }
}

/** The last samples: how often each neuron fired in each, oldest first overwritten. */
export class RecentSamples {
  /** A row for each sample. */
  readonly counts: Uint8Array
  /** The same, four neurons at once: most of them did not fire. */
  readonly words: Uint32Array
  /** Bytes from a row to the next: whole words. */
  readonly stride: number
  readonly totals = new Float32Array(RECENT_COLUMNS)
  readonly labels = new Int8Array(RECENT_COLUMNS)
  readonly predicted = new Int8Array(RECENT_COLUMNS)
  readonly neurons: number
  /** Where the newest sample lies, and how many there are. */
  head = RECENT_COLUMNS - 1
  length = 0

  constructor(neurons: number) {
    this.neurons = neurons
    this.stride = 4 * Math.ceil(neurons / 4)
    this.counts = new Uint8Array(RECENT_COLUMNS * this.stride)
    this.words = new Uint32Array(this.counts.buffer)
  }

  add({ counts, label, predicted }: BrainFrame): void {
    this.head = (this.head + 1) % RECENT_COLUMNS
    this.length = Math.min(this.length + 1, RECENT_COLUMNS)
    let total = 0
    const start = this.head * this.stride
    for (let neuron = 0; neuron < this.neurons; neuron++) {
      const count = counts[neuron]!
      this.counts[start + neuron] = Math.min(count, 255)
      total += count
    }
    this.totals[this.head] = total
    this.labels[this.head] = label
    this.predicted[this.head] = predicted
  }

  clear(): void {
    this.head = RECENT_COLUMNS - 1
    this.length = 0
    this.counts.fill(0)
    this.totals.fill(0)
  }
}

/** Fills the column of one of the last samples, [MOST_ROWS], at `offset` of the cells. */
export function fillRecent(
  recent: RecentSamples,
  slot: number,
  labels: Int8Array,
  rowOf: Uint16Array,
  cells: Uint8Array,
  offset: number,
): void {
  cells.fill(0, offset, offset + MOST_ROWS)
  const { counts, words, stride } = recent
  const start = slot * stride
  for (let four = 0; four < stride; four += 4) {
    if (words[(start + four) / 4] === 0) continue
    for (let neuron = four; neuron < four + 4; neuron++) {
      const count = counts[start + neuron]!
      if (count === 0) continue
      const level = Math.max(Math.round(LEVELS * Math.sqrt(Math.min(count / STRONG, 1))), 4)
      addTo(cells, offset + rowOf[neuron]!, groupOf(labels[neuron]!), level)
    }
  }
}
