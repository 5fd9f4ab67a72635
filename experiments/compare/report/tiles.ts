// Draws 28 x 28 tiles in a grid as one PNG, as a data URI.
import { encode } from 'fast-png'
import { RAMP_LENGTH, type Rgb } from './palette.ts'

const SIDE = 28
const PIXELS = SIDE * SIDE
/** The picture is enlarged by a whole factor to about this width, so that a browser has no pixels to invent. */
const TARGET_WIDTH = 1160
const PLATE: Rgb = [46, 48, 58]
const PLATE_INDEX = RAMP_LENGTH

export interface Picture {
  readonly uri: string
  readonly width: number
  readonly height: number
}

export interface TileOptions {
  /** Values [784, count]: tile j is column j. */
  readonly values: ArrayLike<number>
  readonly count: number
  /** Which tile goes where, row by row. */
  readonly order: ArrayLike<number>
  readonly columns: number
  /** The values that get the first and the last colour. */
  readonly range: readonly [number, number]
  readonly ramp: readonly Rgb[]
}

function pngUri(data: Uint8Array, width: number, height: number, ramp: readonly Rgb[]): string {
  const palette = [...ramp, PLATE]
  const png = encode({ width, height, data, depth: 8, channels: 1, palette }, { zlib: { level: 9 } })
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`
}

/** Each pixel as a square of `factor` by `factor`. */
function enlarge(data: Uint8Array, width: number, height: number, factor: number): Uint8Array {
  const wide = width * factor
  const enlarged = new Uint8Array(wide * height * factor)
  for (let row = 0; row < height; row++) {
    const start = row * factor * wide
    for (let column = 0; column < width; column++) {
      const at = start + column * factor
      enlarged.fill(data[row * width + column]!, at, at + factor)
    }
    for (let copy = 1; copy < factor; copy++) {
      enlarged.copyWithin(start + copy * wide, start, start + wide)
    }
  }
  return enlarged
}

/** The grid of tiles, a pixel of plate between them. */
export function drawTiles({ values, count, order, columns, range, ramp }: TileOptions): Picture {
  const rows = Math.max(Math.ceil(order.length / columns), 1)
  const width = columns * (SIDE + 1) + 1
  const height = rows * (SIDE + 1) + 1
  const data = new Uint8Array(width * height).fill(PLATE_INDEX)
  const [least, most] = range
  const factor = (RAMP_LENGTH - 1) / (most > least ? most - least : 1)
  for (let place = 0; place < order.length; place++) {
    const tile = order[place]!
    const left = (place % columns) * (SIDE + 1) + 1
    const top = Math.floor(place / columns) * (SIDE + 1) + 1
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const level = Math.round((values[pixel * count + tile]! - least) * factor)
      const at = (top + Math.floor(pixel / SIDE)) * width + left + (pixel % SIDE)
      // A value that is not a number falls to the first colour.
      data[at] = Math.min(Math.max(level, 0), RAMP_LENGTH - 1) || 0
    }
  }
  const enlargement = Math.max(1, Math.round(TARGET_WIDTH / width))
  const enlarged = enlarge(data, width, height, enlargement)
  return {
    uri: pngUri(enlarged, width * enlargement, height * enlargement, ramp),
    width: width * enlargement,
    height: height * enlargement,
  }
}

/** The value that all but one in `oneIn` of the magnitudes stay below: a scale that a few outliers cannot spoil. */
export function robustMaximum(values: ArrayLike<number>, oneIn = 500): number {
  const magnitudes = Float64Array.from(values, Math.abs)
    .filter(value => Number.isFinite(value))
    .sort()
  return magnitudes[Math.floor((magnitudes.length - 1) * (1 - 1 / oneIn))] || 1
}
