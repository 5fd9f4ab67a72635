// Runs a recorded run again, from its configuration, seed and data, and compares what was learned, bit by bit.
import type { FrameKind } from '../learners/frame.ts'
import type { LearnerConfig } from '../learners/parameters.ts'
import { restartsOf } from '../learners/restarts.ts'
import type { Recording } from './recording.ts'
import type { ConfigEvent, Digest } from './writer.ts'

/** What verifying needs of a learner. */
export interface Relearner {
  readonly samples: number
  configure(config: LearnerConfig): boolean
  advance(images: number): void
  digest(): Promise<string>
  dispose(): void
}

export type MakeLearner = (kind: FrameKind, config: LearnerConfig) => Relearner

export type Verification =
  /** Everything that was learned came out the same, at so many digests. */
  | { readonly outcome: 'same'; readonly digests: number }
  | { readonly outcome: 'differs'; readonly kind: FrameKind; readonly samples: number }
  /** The recording holds no digest. */
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'stopped' }

export interface VerifyOptions {
  /** Told the share that is done, from 0 to 1, after each slice of work. */
  readonly progress?: (share: number) => void
  readonly signal?: AbortSignal
}

/** Images learned from between two looks at the signal; whole batches for the MLP. */
const SLICE = 64

/** @param makeLearner makes a learner that has learned from nothing, on the data that the recording is of. */
export async function verifyRecording(
  recording: Recording,
  makeLearner: MakeLearner,
  options: VerifyOptions = {},
): Promise<Verification> {
  const { digests } = recording
  if (digests.length === 0) return { outcome: 'nothing' }
  const total = digests.reduce((sum, { samples }) => sum + samples, 0)
  let done = 0
  for (const digest of digests) {
    const { config, events } = courseOf(recording, digest)
    const learner = makeLearner(digest.kind, config)
    try {
      const reached = await relearn(learner, digest, events, options, images =>
        options.progress?.((done + images) / total),
      )
      if (!reached) return { outcome: 'stopped' }
      if (learner.samples !== digest.samples || (await learner.digest()) !== digest.sha256) {
        return { outcome: 'differs', kind: digest.kind, samples: digest.samples }
      }
    } finally {
      learner.dispose()
    }
    done += digest.samples
  }
  return { outcome: 'same', digests: digests.length }
}

/**
 * The configuration that a network began with, and what changed before its digest. It is the one after the last change whose
 * place is not known exactly, or that made the network begin anew: no digest is recorded where others would matter.
 */
function courseOf(
  { information, events }: Recording,
  { kind, samples }: Digest,
): { config: LearnerConfig; events: readonly ConfigEvent[] } {
  let { config } = information
  let later: ConfigEvent[] = []
  for (const event of events) {
    const before = later.at(-1)?.config ?? config
    if (event.exact && !restartsOf(before, event.config)[kind]) later.push(event)
    else {
      config = event.config
      later = []
    }
  }
  return { config, events: later.filter(event => samplesOf(event, kind) < samples) }
}

function samplesOf({ mlpSamples, brainSamples }: ConfigEvent, kind: FrameKind): number {
  return kind === 'mlp' ? mlpSamples : brainSamples
}

/** Learns from as many images as the digest is of. Returns false when it was stopped before. */
async function relearn(
  learner: Relearner,
  { kind, samples }: Digest,
  events: readonly ConfigEvent[],
  { signal }: VerifyOptions,
  told: (images: number) => void,
): Promise<boolean> {
  let next = 0
  while (learner.samples < samples) {
    for (; next < events.length && samplesOf(events[next]!, kind) <= learner.samples; next++) {
      learner.configure(events[next]!.config)
    }
    const end = next < events.length ? samplesOf(events[next]!, kind) : samples
    learner.advance(Math.min(SLICE, Math.max(end, learner.samples + 1) - learner.samples))
    told(learner.samples)
    await new Promise(resume => setTimeout(resume))
    if (signal?.aborted) return false
  }
  return true
}
