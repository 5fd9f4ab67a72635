// When the page's first pictures move: what nobody needs before is fetched then.
import { told } from '../state/store.ts'
import { player } from './player.ts'

/** So many different frames of the brain have been seen when the picture has moved. */
const FRAMES = 3
/** Milliseconds after which nothing waits any longer: where nothing moves, say. */
const PATIENCE = 10_000

export const settled = new Promise<void>(resolve => {
  setTimeout(resolve, PATIENCE)
  const seen = new Set<object>()
  const end = told.subscribe(() => {
    const { brain } = player.frames
    if (brain !== null) seen.add(brain)
    if (seen.size < FRAMES) return
    resolve()
    seen.clear()
    end()
  })
})
