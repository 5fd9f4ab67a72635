// The shell around the screens: header, notices, the canvas under the pictures, transport, dialogs.
import { useEffect, useRef } from 'preact/hooks'
import { drawing, embedded, helping, lesson, screen } from '../state/store.ts'
import { text } from '../text/text.ts'
import { Announcer, announce } from './announcer.tsx'
import { progressWords } from './commands.ts'
import { DrawSheet } from './drawSheet.tsx'
import { Header } from './header.tsx'
import { Notices } from './notices.tsx'
import { Question } from './question.tsx'
import { screenComponents } from './screens.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { startStage } from './stageHost.ts'
import { Transport } from './transport.tsx'

export function App() {
  const main = useRef<HTMLElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (main.current && canvas.current) void startStage(main.current, canvas.current)
  }, [])
  useScreenChange(main)
  const Screen = screenComponents[screen.value]
  const bare = embedded.value || screen.value === 'present'
  return (
    <div class={bare ? 'page page-bare' : 'page'} data-screen={screen.value}>
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
      <DrawSheet />
      {screen.value !== 'about' && <Transport />}
      <Announcer progress={progressWords} />
      <Question />
      {helping.value && <Shortcuts />}
    </div>
  )
}

/** A screen that opens begins at its top, takes the focus to its heading and says its name; the first one does not. */
function useScreenChange(main: { readonly current: HTMLElement | null }): void {
  const opened = useRef('')
  const name = screen.value
  const place = name === 'lesson' ? `lesson ${lesson.value}` : name
  useEffect(() => {
    const words = text.value.shell
    document.title = name === 'stage' ? words.title : `${words.screens[name]} · ${words.name}`
    const first = opened.current === ''
    opened.current = place
    if (first) return
    if (name !== 'stage' && name !== 'present') drawing.value = false
    scrollTo({ top: 0 })
    const heading = main.current?.querySelector<HTMLElement>('h1')
    heading?.setAttribute('tabindex', '-1')
    ;(heading ?? main.current)?.focus({ preventScroll: true })
    announce(words.opened(words.screens[name]))
  }, [place, text.value])
}
