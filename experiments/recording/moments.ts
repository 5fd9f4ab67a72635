// Puts the frames of both networks side by side: what a replay shows together.
import type { FrameKind } from '../learners/frame.ts'
import type { FrameIndex } from './frameIndex.ts'

type Frames = Readonly<Record<FrameKind, FrameIndex>>

/** Frames of both networks that belong together: the index of each, -1 before its first. */
export interface Moment {
  readonly seconds: number
  /** Images that the slower network has seen. */
  readonly position: number
  readonly mlp: number
  readonly brain: number
}

/** A frame of one network joins one of the other when both are of the same image and come within this time, seconds. */
const TOGETHER = 0.25

/** Puts the frames of both networks in order of time, two to a moment where they are of the same image. */
export function findMoments(frames: Frames): Moment[] {
  const moments: Moment[] = []
  const next = { mlp: 0, brain: 0 }
  let alone: FrameKind | null = null
  for (;;) {
    const kind = nextKind(frames, next)
    if (kind === null) return moments
    const { seconds, image } = frames[kind].summary(next[kind])
    const last = moments.at(-1)
    const joins: boolean =
      last !== undefined &&
      alone !== null &&
      alone !== kind &&
      seconds - last.seconds <= TOGETHER &&
      frames[otherOf(kind)].summary(last[otherOf(kind)]).image === image
    const shown = { mlp: last?.mlp ?? -1, brain: last?.brain ?? -1, [kind]: next[kind] }
    next[kind] += 1
    const position = positionOf(frames, shown)
    if (joins) moments.pop()
    moments.push({ seconds, mlp: shown.mlp, brain: shown.brain, position })
    alone = joins ? null : kind
  }
}

function otherOf(kind: FrameKind): FrameKind {
  return kind === 'mlp' ? 'brain' : 'mlp'
}

function nextKind(frames: Frames, next: Readonly<Record<FrameKind, number>>): FrameKind | null {
  const time = (kind: FrameKind) =>
    next[kind] < frames[kind].length ? frames[kind].summary(next[kind]).seconds : Number.POSITIVE_INFINITY
  const [mlp, brain] = [time('mlp'), time('brain')]
  if (mlp === Number.POSITIVE_INFINITY && brain === Number.POSITIVE_INFINITY) return null
  return brain <= mlp ? 'brain' : 'mlp'
}

/** Of the slower network, of those that the recording has. */
function positionOf(frames: Frames, shown: { readonly mlp: number; readonly brain: number }): number {
  const positions = (['mlp', 'brain'] as const)
    .filter(kind => frames[kind].length > 0)
    .map(kind => (shown[kind] < 0 ? 0 : frames[kind].summary(shown[kind]).position))
  return Math.min(...positions)
}
