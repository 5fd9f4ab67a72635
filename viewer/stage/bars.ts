// Ten bars, one for each digit, side by side: what both networks' outputs are drawn as.
import { CLASSES } from '../../experiments/learners/common.ts'
import { stageColours, withAlpha } from './colours.ts'
import { classColour } from './palettes.ts'
import type { QuadBatch } from './quads.ts'
import type { Rectangle, Theme } from './view.ts'

/** A bar's share of its tenth of the width. */
const SHARE = 0.62
const MOST_WIDTH = 40

export interface Bars {
  /** From 0 to 1, [10]. */
  readonly values: Float32Array
  /** The true digit, the one that was named: -1 for none. */
  readonly label: number
  readonly named: number
  readonly round: boolean
}

export interface BarLayout {
  readonly top: number
  readonly height: number
  readonly width: number
  readonly digits: { readonly middle: number; readonly height: number }
  /** The middle of a digit's bar. */
  readonly middle: (digit: number) => number
}

/** Ten equal columns over the whole width: digits below, bars above. */
export function barLayout({ left, top, width, height }: Rectangle, pixel: number): BarLayout {
  const snap = (place: number) => Math.round(place / pixel) * pixel
  const digitHeight = Math.min(Math.max(height * 0.16, 11), 18)
  const column = width / CLASSES
  const barTop = snap(top + 3)
  return {
    top: barTop,
    height: Math.max(snap(top + height - digitHeight - 7) - barTop, pixel),
    width: Math.max(snap(Math.min(column * SHARE, MOST_WIDTH)), 2 * pixel),
    digits: { middle: top + height - digitHeight / 2 - 1, height: digitHeight },
    middle: digit => left + (digit + 0.5) * column,
  }
}

/** The digit under a point of the place. */
export function barAt({ left, width }: Rectangle, x: number): number {
  return Math.min(Math.max(Math.floor(((x - left) / width) * CLASSES), 0), CLASSES - 1)
}

export function drawBars(batch: QuadBatch, layout: BarLayout, theme: Theme, bars: Bars): void {
  const colours = stageColours[theme]
  const { top, height, width, digits } = layout
  const corner = bars.round ? width / 2 : 2
  for (let digit = 0; digit < CLASSES; digit++) {
    const middle = layout.middle(digit)
    const start = middle - width / 2
    const right = digit === bars.label
    const named = digit === bars.named
    batch.box(start, top, width, height, corner, withAlpha(colours.well, 0.8))
    const value = Math.min(Math.max(bars.values[digit]!, 0), 1)
    // A round bar is never flatter than it is wide, except where there is nothing at all.
    const tall = bars.round && value > 0 ? Math.max(value * height, Math.min(width, 6)) : value * height
    const hue = withAlpha(classColour(theme, digit), named ? 1 : 0.6)
    if (tall > 0.3) batch.box(start, top + height - tall, width, tall, Math.min(corner, tall / 2), hue)
    if (right) batch.box(start - 2.5, top - 2.5, width + 5, height + 5, corner + 2.5, 0, 1.5, colours.ink)
    batch.digit(
      middle,
      digits.middle,
      digits.height,
      digit,
      withAlpha(colours.ink, right || named ? 1 : 0.55),
    )
  }
}
