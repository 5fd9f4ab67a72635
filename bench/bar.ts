// A figure beside the bar that is set for it: what the bench says of a thing that has no peer.

export interface Bar {
  readonly suite: 'viewer'
  /** What was measured. */
  readonly name: string
  readonly measured: number
  readonly unit: string
  readonly target: number
  readonly sense: 'at most' | 'at least'
  readonly met: boolean
  /** How it was measured, and what else there is to say. */
  readonly note: string
}

export type BarInput = Omit<Bar, 'met' | 'suite'>

/** A figure that is not a number meets no bar. */
export function makeBar(input: BarInput): Bar {
  const { measured, target, sense } = input
  return { suite: 'viewer', ...input, met: sense === 'at most' ? measured <= target : measured >= target }
}

/** The value below which a share of the values lies: the nearest rank. NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
