// Tells a reader who comes back after a long time what the networks did while the tab was hidden.
import { count } from '../panels/format.ts'
import { notify, playing, source } from '../state/store.ts'
import { text } from '../text/text.ts'

/** Milliseconds of absence from which on there is something to tell. */
const LONG = 600_000

/** Watches whether the page is hidden, from now on. */
export function tellAfterAbsence(): void {
  let left: { readonly at: number; readonly position: number } | null = null
  document.addEventListener('visibilitychange', () => {
    const { origin, position } = source.value ?? { origin: 'recording', position: 0 }
    const learning = origin === 'live' && playing.value
    if (document.visibilityState === 'hidden') {
      left = learning ? { at: Date.now(), position } : null
      return
    }
    if (left !== null && learning && Date.now() - left.at >= LONG) {
      const { learned, held } = text.value.problems.away
      notify('information', position > left.position ? learned(count(position - left.position)) : held)
    }
    left = null
  })
}
