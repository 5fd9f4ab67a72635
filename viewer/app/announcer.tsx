// The page's one polite live line: what was done, and how the networks fare, at most every five seconds.
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { told } from '../state/store.ts'

/** Milliseconds between two things said. */
const PAUSE = 5000

const line = signal('')
let waiting: string | null = null
/** Notices that wait: each of them is said. */
let notices: readonly string[] = []
let last = Number.NEGATIVE_INFINITY
let due: ReturnType<typeof setTimeout> | undefined

/** Says this, or after the pause; of several that wait only the newest is said. */
export function announce(words: string): void {
  waiting = words
  plan()
}

/** Says this too, whatever else waits. */
export function announceNotice(words: string): void {
  notices = [...notices, words]
  plan()
}

function plan(): void {
  due ??= setTimeout(speak, Math.max(0, last + PAUSE - performance.now()))
}

function speak(): void {
  due = undefined
  last = performance.now()
  line.value = [...notices, ...(waiting === null ? [] : [waiting])].join(' ')
  notices = []
  waiting = null
}

/** @param progress how the networks fare, null when there is nothing to say. Said when it is new and nothing else waits. */
export function Announcer({ progress }: { readonly progress: () => string | null }) {
  useEffect(() => {
    let said: string | null = null
    // The images counted are no news by themselves.
    const news = (words: string) => words.slice(words.search(/[.。]/))
    return told.subscribe(() => {
      if (due !== undefined || performance.now() - last < PAUSE) return
      const words = progress()
      if (words === null || (said !== null && news(words) === news(said))) return
      said = words
      announce(words)
    })
  }, [progress])
  return (
    <div class="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      {line.value}
    </div>
  )
}
