// The sheet with the pad for a digit of one's own, below the networks that read it.
import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { IconButton } from '../controls/button.tsx'
import { drawing } from '../state/store.ts'
import { text } from '../text/text.ts'
import { lazy } from './lazy.tsx'
import { player } from './player.ts'
import { live } from './session.ts'

const DrawPad = lazy(async () => (await import('../panels/drawPad.tsx')).DrawPadPanel)

/** A picture that was dropped on the page, for the pad to take. */
export const droppedPicture = signal<Blob | null>(null)

export function DrawSheet() {
  return drawing.value ? <Sheet /> : null
}

function Sheet() {
  const element = useRef<HTMLElement>(null)
  const words = text.value.stage
  const run = live.value
  useEffect(() => {
    const before = document.activeElement
    element.current?.focus()
    return () => {
      droppedPicture.value = null
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <section ref={element} class="draw-sheet" aria-label={words.draw} tabIndex={-1}>
      <IconButton
        class="draw-sheet-close"
        icon="close"
        label={words.closeDrawing}
        onClick={() => {
          drawing.value = false
        }}
      />
      <DrawPad
        probe={run && (pixels => run.probe(pixels))}
        onReading={reading => player.show(reading)}
        picture={droppedPicture.value}
      />
    </section>
  )
}
