// A pad to draw a digit on, by mouse, finger, pen or keys: both networks read it.
import './panels.css'
import { useEffect, useState } from 'preact/hooks'
import { SIDE } from '../../experiments/learners/common.ts'
import { announce } from '../app/announcer.tsx'
import type { Reading } from '../app/player.ts'
import { Button } from '../controls/button.tsx'
import { text } from '../text/text.ts'
import { shrinkInk } from './drawing.ts'
import { PictureError, readPicture } from './imageFile.ts'
import { Pad } from './pad.tsx'
import { PixelPicture } from './pixelPicture.tsx'
import { readingSentences } from './readingSentences.ts'
import { sampleDigits } from './sampleDigits.ts'
import { useDrawing } from './useDrawing.ts'

interface Properties {
  /** Has both networks read an image [784] without learning; null while they cannot. */
  readonly probe: ((pixels: Uint8Array) => Promise<Reading>) | null
  /** Takes what they read, for the stage to show. */
  readonly onReading: (reading: Reading) => void
  /** A picture that was dropped elsewhere on the page. */
  readonly picture?: Blob | null
}

const empty = new Uint8Array(SIDE * SIDE)

export function DrawPadPanel({ probe, onReading, picture = null }: Properties) {
  const words = text.value.panels.drawPad
  const drawing = useDrawing()
  const [said, setSaid] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const { image } = drawing

  const read = async (pixels: Uint8Array | null) => {
    if (pixels === null) return setSaid([words.empty])
    if (probe === null) return setSaid([words.notLive])
    setBusy(true)
    setSaid([words.reading])
    try {
      const reading = await probe(pixels)
      // Before anything else: the frames' buffers go back to their networks.
      setSaid(readingSentences(reading, words))
      onReading(reading)
    } catch {
      setSaid([words.failed])
    } finally {
      setBusy(false)
    }
  }

  const open = async (file: Blob) => {
    try {
      const ink = await readPicture(file)
      const pixels = shrinkInk(ink)
      if (pixels === null) return setSaid([words.blank])
      drawing.takeInk(ink)
      setSaid([])
    } catch (error) {
      setSaid([error instanceof PictureError ? words[error.code] : words.failed])
    }
  }

  useEffect(() => {
    if (picture !== null) void open(picture)
  }, [picture])
  useEffect(() => {
    if (said.length > 0) announce(said.join(' '))
  }, [said])

  return (
    <section
      class="panel draw-panel"
      aria-labelledby="draw-title"
      onPaste={event => {
        const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'))
        if (file !== undefined) void open(file)
      }}
    >
      <header class="panel-header">
        <h3 id="draw-title">{words.title}</h3>
        <p class="panel-quiet">{words.description}</p>
      </header>
      <div class="draw-columns">
        <Pad drawing={drawing} onRead={() => void read(image)} onChange={() => setSaid([])} />
        <div class="draw-side">
          <figure class="draw-preview">
            <PixelPicture values={image ?? empty} most={255} colouring="grey" label={words.preview} />
            <figcaption>{words.previewShort}</figcaption>
          </figure>
          <fieldset class="draw-samples">
            <legend>{words.samples}</legend>
            {sampleDigits.map((strokes, digit) => (
              <button
                key={words.sample(digit)}
                type="button"
                class="button button-plain"
                aria-label={words.sample(digit)}
                onClick={() => {
                  drawing.take(strokes)
                  setSaid([])
                }}
              >
                {digit}
              </button>
            ))}
          </fieldset>
        </div>
      </div>
      <div class="draw-actions">
        <Button kind="primary" disabled={busy} onClick={() => void read(image)}>
          {words.read}
        </Button>
        <Button
          onClick={() => {
            drawing.clear()
            setSaid([])
          }}
        >
          {words.clear}
        </Button>
        <label class="button button-plain panel-file">
          {words.picture}
          <input
            type="file"
            accept="image/*"
            onChange={event => {
              const file = event.currentTarget.files?.[0]
              event.currentTarget.value = ''
              if (file !== undefined) void open(file)
            }}
          />
        </label>
      </div>
      <p class="draw-result">
        {said.map(sentence => (
          <span key={sentence}>{sentence}</span>
        ))}
      </p>
    </section>
  )
}
