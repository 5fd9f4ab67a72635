// A recording that is open: what it says of itself, its moments, and readers of its frames.
import type { BrainFrame } from '../learners/brainFrame.ts'
import type { FrameKind } from '../learners/frame.ts'
import type { MlpFrame } from '../learners/mlpFrame.ts'
import type { FrameIndex } from './frameIndex.ts'
import { brainReader, type FrameReader, mlpReader } from './frameReader.ts'
import type { RecordingInformation } from './information.ts'
import { findMoments, type Moment } from './moments.ts'
import type { ConfigEvent, Digest } from './writer.ts'

export interface RecordingParts
  extends Pick<Recording, 'information' | 'truncated' | 'altered' | 'damagedChunks' | 'events' | 'digests'> {
  readonly frames: Readonly<Record<FrameKind, FrameIndex>>
}

export class Recording {
  readonly information: RecordingInformation
  /** Whether the end of the file is missing; what is there can be shown. */
  readonly truncated: boolean
  /** Whether something outside the chunks, its configuration say, is not as it was written. */
  readonly altered: boolean
  /** Chunks that cannot be read and were left out. */
  readonly damagedChunks: number
  readonly events: readonly ConfigEvent[]
  readonly digests: readonly Digest[]
  readonly moments: readonly Moment[]
  readonly #frames: Readonly<Record<FrameKind, FrameIndex>>

  constructor(parts: RecordingParts) {
    this.information = parts.information
    this.truncated = parts.truncated
    this.altered = parts.altered
    this.damagedChunks = parts.damagedChunks
    this.events = parts.events
    this.digests = parts.digests
    this.#frames = parts.frames
    this.moments = findMoments(parts.frames)
  }

  /** Seconds from its beginning to its last frame. */
  get seconds(): number {
    return this.moments.at(-1)?.seconds ?? 0
  }

  /** What can be told of the frames of a network at once. */
  frames(kind: FrameKind): Pick<FrameIndex, 'length' | 'summary'> {
    return this.#frames[kind]
  }

  /** Readers of frames, each with a place of its own. */
  readers(): { readonly mlp: FrameReader<MlpFrame>; readonly brain: FrameReader<BrainFrame> } {
    return { mlp: mlpReader(this.#frames.mlp), brain: brainReader(this.#frames.brain) }
  }
}
