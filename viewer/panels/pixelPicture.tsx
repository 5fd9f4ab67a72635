// Small pictures of 28 x 28 values, or a mosaic of many: grey, by the palette, or blue and vermillion for sign.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { PIXELS, SIDE } from '../../experiments/learners/common.ts'
import { paletteColour, signedColour } from '../stage/palettes.ts'
import type { Palette, Theme } from '../stage/view.ts'
import { palette, theme } from '../state/store.ts'

/** `grey` and `magnitude` show values from 0 to `most`; `sign` shows them from -most to most. */
export type Colouring = 'grey' | 'magnitude' | 'sign'

interface Properties {
  /** One tile after another, [784] each. */
  readonly values: ArrayLike<number>
  readonly most: number
  readonly colouring: Colouring
  readonly label: string
  readonly tiles?: number
  /** What changes when the values do; without it they are drawn at each rendering. */
  readonly version?: string
}

/** A canvas of `tiles` tiles in a square grid; CSS gives its size. */
export function PixelPicture({ values, most, colouring, label, tiles = 1, version }: Properties) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const columns = Math.ceil(Math.sqrt(tiles))
  const rows = Math.ceil(tiles / columns)
  const gap = tiles > 1 ? 1 : 0
  const width = columns * (SIDE + gap) - gap
  const height = rows * (SIDE + gap) - gap
  const drawn = useRef<unknown>(undefined)
  const look = `${theme.value} ${palette.value} ${version}`
  // At once: a frame's arrays may move to another thread before the next picture.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || (version !== undefined && drawn.current === look)) return
    drawn.current = look
    const image = context.createImageData(width, height)
    const colours = tableOf(colouring, palette.value, theme.value)
    const pixels = new Uint32Array(image.data.buffer)
    for (let tile = 0; tile < tiles; tile++) {
      const left = (tile % columns) * (SIDE + gap)
      const top = Math.floor(tile / columns) * (SIDE + gap)
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        const place = (top + Math.floor(pixel / SIDE)) * width + left + (pixel % SIDE)
        pixels[place] = colours[stepOf(values[tile * PIXELS + pixel]!, most, colouring)]!
      }
    }
    context.putImageData(image, 0, 0)
  })
  return (
    <canvas
      ref={canvas}
      class={tiles > 1 ? 'pixel-picture pixel-mosaic' : 'pixel-picture'}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    />
  )
}

/** Colours of a table: value 0 (or -most) to most in equal steps. */
const STEPS = 256

/** The colours of a colouring, as four bytes each. */
function tableOf(colouring: Colouring, palette: Palette, look: Theme): Uint32Array {
  return Uint32Array.from({ length: STEPS }, (_, step) => {
    const share = step / (STEPS - 1)
    if (colouring === 'sign') return signedColour(look, 2 * share - 1)
    return paletteColour(colouring === 'grey' ? 'grey' : palette, share)
  })
}

/** The place of a value in the table. */
function stepOf(value: number, most: number, colouring: Colouring): number {
  const share = colouring === 'sign' ? (value / most + 1) / 2 : value / most
  return Math.round((STEPS - 1) * Math.max(0, Math.min(1, share)))
}
