// The shell around the screens: header, notices, the canvas under the pictures, transport, dialogs.
import { useEffect, useRef, useState } from 'preact/hooks'
import { drawing, embedded, helping, lesson, screen, source } from '../state/store.ts'
import { text } from '../text/text.ts'
import { Announcer, announce } from './announcer.tsx'
import { progressWords } from './commands.ts'
import { Header } from './header.tsx'
import { lazy } from './lazy.tsx'
import { Notices } from './notices.tsx'
import { question } from './restarts.ts'
import { screenComponents } from './screens.tsx'
import { settled } from './settled.ts'
import { stageState, startStage } from './stageHost.ts'
import { Transport } from './transport.tsx'

const DrawSheet = lazy(async () => (await import('./drawSheet.tsx')).DrawSheet, 'silent')
const Question = lazy(async () => (await import('./question.tsx')).Question, 'silent')
const Shortcuts = lazy(async () => (await import('./shortcuts.tsx')).Shortcuts, 'silent')
/** Listens without showing anything: while it is fetched there is nothing to say. */
const Dropping = lazy(async () => (await import('./dropping.tsx')).Dropping, 'silent')

export function App() {
  const main = useRef<HTMLElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (main.current && canvas.current) void startStage(main.current, canvas.current)
  }, [])
  useScreenChange(main)
  const moving = useSettled()
  const Screen = screenComponents[screen.value]
  const bare = embedded.value || screen.value === 'present'
  const drawn = stageState.value === 'unavailable' ? 'page-undrawn' : ''
  return (
    <div class={`page ${bare ? 'page-bare' : ''} ${drawn}`} data-screen={screen.value}>
      {/* No link: the hash is the page's address. */}
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {text.value.shell.skip}
      </button>
      {!bare && <Header />}
      <main id="content" ref={main} tabIndex={-1}>
        <canvas ref={canvas} class="stage-canvas" />
        <div class="screen">
          <Screen />
        </div>
      </main>
      <Notices />
      {drawing.value && <DrawSheet />}
      {moving && <Dropping />}
      {showsTime() && <Transport />}
      <Announcer progress={progressWords} />
      {question.value && <Question />}
      {helping.value && <Shortcuts />}
    </div>
  )
}

/** Pages to read have nothing to play; a lesson has while its recording is open. */
function showsTime(): boolean {
  if (screen.value === 'lesson') return source.value !== null
  return screen.value !== 'about'
}

/** A screen that opens begins at its top, takes the focus to its heading and says its name; the first one does not. */
function useScreenChange(main: { readonly current: HTMLElement | null }): void {
  const opened = useRef('')
  const name = screen.value
  const place = name === 'lesson' ? `lesson ${lesson.value}` : name
  useEffect(() => {
    const words = text.value.shell
    document.title = name === 'stage' ? words.title : `${words.screens[name]} · ${words.name}`
    document.querySelector('meta[name="description"]')?.setAttribute('content', words.description)
  }, [name, text.value])
  useEffect(() => {
    const first = opened.current === ''
    opened.current = place
    if (first) return
    if (name !== 'stage' && name !== 'present') drawing.value = false
    scrollTo({ top: 0 })
    const end = whenHeading(main.current, heading => {
      heading.setAttribute('tabindex', '-1')
      heading.focus({ preventScroll: true })
    })
    const words = text.value.shell
    announce(words.opened(words.screens[name]))
    return end
  }, [place])
}

/** Whether the first pictures move. */
function useSettled(): boolean {
  const [done, setDone] = useState(false)
  useEffect(() => {
    void settled.then(() => setDone(true))
  }, [])
  return done
}

/** Calls back with the heading of the screen, which may still be on its way. Returns what ends the wait. */
function whenHeading(main: HTMLElement | null, found: (heading: HTMLElement) => void): () => void {
  const look = () => {
    const heading = main?.querySelector('h1')
    if (!heading) return
    observer.disconnect()
    found(heading)
  }
  const observer = new MutationObserver(look)
  if (main) observer.observe(main, { childList: true, subtree: true })
  look()
  return () => observer.disconnect()
}
