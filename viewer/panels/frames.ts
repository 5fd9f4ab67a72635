// The frames that panels read: a drawn digit's while one is shown, else the source's newest.
import { reading } from '../app/player.ts'
import type { FrameOf } from '../frames/source.ts'
import { source, told } from '../state/store.ts'

export type Frames = { readonly [Kind in keyof FrameOf]: FrameOf[Kind] | null }

/** The frames shown; whoever asks while rendering is rendered again when the page is told of new ones. */
export function shownFrames(): Frames {
  if (reading.value !== null) return reading.value
  return newestFrames()
}

/** The source's newest frames, whatever is shown. */
export function newestFrames(): Frames {
  // Frames are no signals: `told` is what says that there are new ones, four times a second at most.
  void told.value
  const from = source.value
  return { mlp: from?.current('mlp') ?? null, brain: from?.current('brain') ?? null }
}
