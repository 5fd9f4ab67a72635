// Where frames come from: a live run, a recording or a lesson look the same to whatever shows them.

import type { BrainFrame } from '../../experiments/learners/brainFrame.ts'
import type { FrameKind } from '../../experiments/learners/frame.ts'
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import type { History } from './history.ts'

/** Images a second at which a source moves on: 0 is still, Infinity as fast as it can. */
export type Speed = number

/** At or below this speed a sample is shown phase by phase; above it only its end. */
export const SLOW_SPEED = 2

export interface FrameOf {
  readonly mlp: MlpFrame
  readonly brain: BrainFrame
}

/** A place in a recording that is worth going to. */
export interface Mark {
  readonly samples: number
  readonly text: string
}

export interface FrameSource {
  readonly origin: 'live' | 'recording'
  /** Of what is shown: in a recording it changes with the place. */
  readonly config: LearnerConfig
  /**
   * The newest frame of each network, null before the first; the object changes when the frame does. Its buffer may move to
   * another thread when the next one has come: good until the page next waits.
   */
  current<Kind extends FrameKind>(kind: Kind): FrameOf[Kind] | null
  /** What was measured until now (live, since a network last began anew) or over the whole recording. */
  readonly history: History
  /** Where it is, in images: of a live run, of the slower network. */
  readonly position: number
  /** Images in a recording, null for a live run. */
  readonly length: number | null
  readonly marks: readonly Mark[]
  /** Moves on by itself at this speed. */
  run(speed: Speed): void
  /** Moves one frame on (1) or back (-1; a live run cannot go back and returns false). */
  step(direction: 1 | -1): boolean
  /** Goes to the frame at or before this place; a live run returns false. */
  seek(samples: number): boolean
  /** Which unit's exact values frames should carry; recordings have none. */
  setFocus(kind: FrameKind, focus: { layer: number; unit: number } | null): void
  /** Calls back after `current`, `history` or `position` have changed. Returns what ends it. */
  subscribe(listener: () => void): () => void
  dispose(): void
}
