// The surface that a digit is drawn on, by pointer or by keys.
import { useEffect, useRef, useState } from 'preact/hooks'
import { SIDE } from '../../experiments/learners/common.ts'
import { text } from '../text/text.ts'
import type { Ink, Stroke } from './drawing.ts'
import type { Drawing } from './useDrawing.ts'

interface Pen {
  readonly column: number
  readonly row: number
  readonly down: boolean
}

/** Pixels of the canvas: twice what it usually takes up. */
const PAD = 560
/** The arrow keys draw here, as they do in no other widget. */
const keyed: { readonly role?: 'application'; readonly tabIndex?: number } = {
  role: 'application',
  tabIndex: 0,
}
const middle: Pen = { column: 13, row: 13, down: false }
const centre = (place: number) => (place + 0.5) / SIDE

interface PadProperties {
  readonly drawing: Drawing
  readonly onRead: () => void
  readonly onChange: () => void
}

export function Pad({ drawing, onRead, onChange }: PadProperties) {
  const words = text.value.panels.drawPad
  const canvas = useRef<HTMLCanvasElement>(null)
  const surface = useRef<HTMLDivElement>(null)
  const [pen, setPen] = useState<Pen | null>(null)
  const { strokes, ink } = drawing
  useEffect(() => {
    if (canvas.current !== null) paintPad(canvas.current, strokes, ink, pen)
  })

  const at = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const { left, top, width, height } = surface.current!.getBoundingClientRect()
    return { x: (clientX - left) / width, y: (clientY - top) / height }
  }

  const press = (event: KeyboardEvent) => {
    const before = pen ?? middle
    const next = moved(event.key, before)
    if (next !== null) {
      setPen(next)
      if (next.down) drawing.go([{ x: centre(next.column), y: centre(next.row) }])
    } else if (event.key === ' ') {
      setPen({ ...before, down: !before.down })
      if (!before.down) drawing.begin(centre(before.column), centre(before.row))
    } else if (event.key === 'Backspace' || event.key === 'Delete') {
      drawing.undo()
      setPen({ ...before, down: false })
    } else if (event.key === 'Enter') onRead()
    else return
    if (event.key !== 'Enter') onChange()
    event.preventDefault()
    event.stopPropagation()
  }

  const place = pen === null ? '' : (pen.down ? words.penDown : words.penUp)(pen.column + 1, pen.row + 1)
  return (
    <div class="draw-pad">
      <div
        ref={surface}
        class="draw-surface"
        role="img"
        aria-label={words.pad}
        aria-describedby="draw-instructions"
        {...keyed}
        onKeyDown={press}
        onBlur={() => setPen(null)}
        onPointerDown={event => {
          if (event.button !== 0) return
          event.preventDefault()
          event.currentTarget.setPointerCapture(event.pointerId)
          event.currentTarget.focus({ preventScroll: true })
          setPen(null)
          const { x, y } = at(event)
          drawing.begin(x, y)
          onChange()
        }}
        onPointerMove={event => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
          // A fast pen moves many times between two pictures.
          const events = event.getCoalescedEvents()
          drawing.go((events.length > 0 ? events : [event]).map(at))
        }}
      >
        <canvas ref={canvas} width={PAD} height={PAD} />
      </div>
      <p id="draw-instructions" class="panel-quiet">
        {words.instructions}
      </p>
      <p class="visually-hidden" aria-live="polite">
        {place}
      </p>
    </div>
  )
}

/** The pen after an arrow key, null for another key. */
function moved(key: string, pen: Pen): Pen | null {
  const bounded = (value: number) => Math.max(0, Math.min(SIDE - 1, value))
  switch (key) {
    case 'ArrowLeft':
      return { ...pen, column: bounded(pen.column - 1) }
    case 'ArrowRight':
      return { ...pen, column: bounded(pen.column + 1) }
    case 'ArrowUp':
      return { ...pen, row: bounded(pen.row - 1) }
    case 'ArrowDown':
      return { ...pen, row: bounded(pen.row + 1) }
    default:
      return null
  }
}

function paintPad(
  canvas: HTMLCanvasElement,
  strokes: readonly Stroke[],
  ink: Ink | null,
  pen: Pen | null,
): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const style = getComputedStyle(canvas)
  context.clearRect(0, 0, PAD, PAD)
  if (ink !== null) paintInk(context, ink)
  context.strokeStyle = style.color
  context.lineWidth = PAD / 14
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const stroke of strokes) {
    context.beginPath()
    stroke.forEach(({ x, y }, index) => {
      if (index === 0) context.moveTo(x * PAD, y * PAD)
      context.lineTo(x * PAD, y * PAD)
    })
    context.stroke()
  }
  if (pen === null) return
  const cell = PAD / SIDE
  context.lineWidth = 3
  context.strokeStyle = style.outlineColor
  context.fillStyle = style.outlineColor
  context.beginPath()
  context.arc(centre(pen.column) * PAD, centre(pen.row) * PAD, cell, 0, 2 * Math.PI)
  if (pen.down) context.fill()
  context.stroke()
}

/** A picture's ink in the colour of the pen, as large as fits. */
function paintInk(context: CanvasRenderingContext2D, { width, height, values }: Ink): void {
  const small = document.createElement('canvas')
  small.width = width
  small.height = height
  const image = new ImageData(width, height)
  const strongest = values.reduce((most, value) => Math.max(most, value), 1)
  const [red, green, blue] = (getComputedStyle(context.canvas).color.match(/[\d.]+/g) ?? []).map(Number)
  values.forEach((value, index) => {
    image.data.set([red ?? 0, green ?? 0, blue ?? 0, (255 * value) / strongest], 4 * index)
  })
  small.getContext('2d')?.putImageData(image, 0, 0)
  const scale = PAD / Math.max(width, height)
  context.drawImage(
    small,
    (PAD - width * scale) / 2,
    (PAD - height * scale) / 2,
    width * scale,
    height * scale,
  )
}
