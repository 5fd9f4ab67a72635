// The sheet with the pad for a digit of one's own, below the networks that read it.
import './drawSheet.css'
import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Button, IconButton } from '../controls/button.tsx'
import { drawing } from '../state/store.ts'
import { text } from '../text/text.ts'
import { lazy } from './lazy.tsx'
import { player, reading } from './player.ts'
import { live } from './session.ts'

const DrawPad = lazy(async () => (await import('../panels/drawPad.tsx')).DrawPadPanel)

/** A picture that was dropped on the page, for the pad to take. */
export const droppedPicture = signal<Blob | null>(null)

export function DrawSheet() {
  const element = useRef<HTMLElement>(null)
  const words = text.value.stage
  const run = live.value
  useEffect(() => {
    const before = document.activeElement
    element.current?.focus()
    return () => {
      droppedPicture.value = null
      player.endReading()
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
        onReading={read => {
          // It may come after the sheet was closed.
          if (drawing.value) player.show(read)
        }}
        picture={droppedPicture.value}
      />
      {reading.value !== null && <Button onClick={() => player.endReading()}>{words.endReading}</Button>}
    </section>
  )
}
