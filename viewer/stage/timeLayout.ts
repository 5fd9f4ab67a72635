// Where the parts of the spikes' picture lie: labels left, the raster, a thin strip below it, and the rate at the bottom.
import type { Rectangle } from './view.ts'

/** CSS pixels left of the raster, for digits. */
const GUTTER = 16
const STRIP = 4
const GAP = 4

export interface TimeLayout {
  readonly raster: Rectangle
  readonly strip: Rectangle
  readonly rate: Rectangle
  /** Where the labels begin. */
  readonly gutter: number
  readonly digitHeight: number
}

export function timeLayout({ left, top, width, height }: Rectangle, pixel: number): TimeLayout {
  const snap = (place: number) => Math.round(place / pixel) * pixel
  const from = snap(left + GUTTER)
  const across = Math.max(snap(left + width - 1) - from, pixel)
  const rateHeight = Math.min(Math.max(snap(height * 0.2), 12), 44)
  const below = STRIP + 2 * GAP + rateHeight + 1
  const start = snap(top + 1)
  const rasterHeight = Math.max(snap(height - below - 1), pixel)
  const stripTop = start + rasterHeight + GAP
  return {
    raster: { left: from, top: start, width: across, height: rasterHeight },
    strip: { left: from, top: stripTop, width: across, height: STRIP },
    rate: { left: from, top: stripTop + STRIP + GAP, width: across, height: rateHeight },
    gutter: left,
    digitHeight: Math.min(Math.max(height / 14, 8), 12),
  }
}
