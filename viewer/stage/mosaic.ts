// How many equal square tiles lie in a rectangle: where each is, and which is under a point.
import type { Rectangle } from './view.ts'

export interface Mosaic {
  readonly left: number
  readonly top: number
  readonly columns: number
  readonly rows: number
  /** CSS pixels from a tile to the next, and of the gap that is part of it. */
  readonly pitch: number
  readonly gap: number
  readonly tiles: number
}

/** Lays tiles out as large as they can be, on whole canvas pixels (`pixel` wide), in the middle of the rectangle. */
export function mosaicIn(rectangle: Rectangle, tiles: number, pixel: number): Mosaic {
  const { left, top, width, height } = rectangle
  let columns = 1
  let best = 0
  // The square arrangement first, so that it wins where others fit no larger tiles.
  const square = Math.ceil(Math.sqrt(tiles))
  for (let offset = 0; offset < tiles; offset++) {
    const candidate = offset === 0 ? square : offset
    const size = Math.min(width / candidate, height / Math.ceil(tiles / candidate))
    if (size > best * 1.001) {
      best = size
      columns = candidate
    }
  }
  const rows = Math.ceil(tiles / columns)
  const gap = Math.max(Math.round((best * 0.07) / pixel), 1) * pixel
  const room = Math.min((width + gap) / columns, (height + gap) / rows)
  const pitch = Math.max(Math.floor(room / pixel + 1e-6) * pixel, pixel)
  const snap = (place: number) => Math.round(place / pixel) * pixel
  return {
    left: snap(left + (width - columns * pitch + gap) / 2),
    top: snap(top + (height - rows * pitch + gap) / 2),
    ...{ columns, rows, pitch, gap, tiles },
  }
}

/** The tile under a point, -1 for none. */
export function tileAt({ left, top, columns, pitch, tiles }: Mosaic, x: number, y: number): number {
  const column = Math.floor((x - left) / pitch)
  const row = Math.floor((y - top) / pitch)
  const tile = row * columns + column
  return column >= 0 && column < columns && row >= 0 && tile < tiles ? tile : -1
}
