// What the bench finds out: one row for each comparison, and what there is to say of a peer that gave none.
import { InvalidArgumentError } from '../src/index.ts'
import type { Bar } from './bar.ts'

export const suiteNames = ['core', 'mlp', 'snn', 'viewer'] as const
export type SuiteName = (typeof suiteNames)[number]

/** One comparison: the same work on both sides, timed in turns in the same run on the same machine. */
export interface Row {
  readonly suite: SuiteName
  /** The work that was timed. */
  readonly name: string
  readonly peer: string
  readonly peerVersion: string
  /** Of each side's times, which one stands for it: the best where a limit of the engine is sought, else the median. */
  readonly statistic: 'median' | 'best'
  /** The time of our side, in `unit`. */
  readonly ours: number
  /** The time of the peer, in `unit`. */
  readonly theirs: number
  readonly unit: Unit
  /** ours / theirs: below 1, we are faster. */
  readonly ratio: number
  /** The bar: the ratio is to be at most this. Null where none is set. */
  readonly target: number | null
  /** Whether the ratio meets the bar; null where none is set. */
  readonly met: boolean | null
  /** Every time that was measured, in `unit`, in the order of measuring. */
  readonly samples: { readonly ours: readonly number[]; readonly theirs: readonly number[] }
  /** How the peer ran, and a figure from each side that shows they did the same work. */
  readonly note: string
}

export type Unit = 's' | 'ms' | 'µs'

/** A peer that is not installed, or cannot do the work. */
export interface Skipped {
  readonly suite: SuiteName
  readonly name: string
  readonly peer: string
  readonly reason: string
  /** The command that installs it; none where that would not help. */
  readonly install?: string
}

/** A peer that broke down. */
export interface Failed {
  readonly suite: SuiteName
  readonly name: string
  readonly peer: string
  /** Why, with the last lines that the peer wrote. */
  readonly reason: string
}

export type Outcome =
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'bar'; readonly bar: Bar }
  | { readonly kind: 'skipped'; readonly skipped: Skipped }
  | { readonly kind: 'failed'; readonly failed: Failed }

export interface RowInput
  extends Pick<Row, 'suite' | 'name' | 'peer' | 'peerVersion' | 'statistic' | 'unit' | 'target' | 'note'> {
  readonly oursSeconds: readonly number[]
  readonly theirsSeconds: readonly number[]
}

/**
 * A row from the seconds that each side took.
 * @throws InvalidArgumentError when a side has no times, or one that is not positive and finite.
 */
export function makeRow(input: RowInput): Row {
  const { oursSeconds, theirsSeconds, unit, target, ...labels } = input
  const scale = { s: 1, ms: 1e3, µs: 1e6 }[unit]
  const ours = checked(oursSeconds, `${input.name}: our times`).map(seconds => seconds * scale)
  const theirs = checked(theirsSeconds, `${input.name}: times of ${input.peer}`).map(
    seconds => seconds * scale,
  )
  const timeOf = (times: readonly number[]) =>
    input.statistic === 'best' ? Math.min(...times) : median(times)
  const ratio = timeOf(ours) / timeOf(theirs)
  return {
    ...labels,
    ours: timeOf(ours),
    theirs: timeOf(theirs),
    unit,
    ratio,
    target,
    met: target === null ? null : ratio <= target,
    samples: { ours, theirs },
  }
}

function checked(seconds: readonly number[], what: string): readonly number[] {
  const wrong = seconds.find(value => !(value > 0 && Number.isFinite(value)))
  if (seconds.length > 0 && wrong === undefined) return seconds
  throw new InvalidArgumentError(`${what}: expected positive seconds, got ${wrong ?? 'none'}`)
}

/** The middle value; of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  if (upper === undefined) throw new InvalidArgumentError('median: expected at least one value, got none')
  return sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2
}
