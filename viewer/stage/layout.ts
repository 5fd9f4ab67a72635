// Where the parts of the two network panels lie: the input picture and the blocks of units, as pure functions of a place.
import { CLASSES, SIDE } from '../../experiments/learners/common.ts'
import type { Rectangle } from './view.ts'

/** Units in rows, from the upper left corner on; a cell is `pitch` wide and high. */
export interface Grid {
  readonly left: number
  readonly top: number
  readonly columns: number
  readonly rows: number
  readonly pitch: number
  readonly count: number
  /** Whether it is the image, whose pixels lie on a plate. */
  readonly plate?: true
}

export interface MlpLayout {
  readonly input: Grid
  /** Of layers 1, 2 and 3. */
  readonly layers: readonly [Grid, Grid, Grid]
}

export interface BrainLayout {
  readonly input: Grid
  readonly excitatory: Grid
  /** Null where there is no room for it. */
  readonly inhibitory: Grid | null
}

/** A panel's margin, CSS pixels. */
const MARGIN = 6
/** Cells are never further apart than this. */
const WIDEST_PITCH = { hidden: 30, output: 30, excitatory: 56 } as const
/** Room on the right of the outputs for their digits. */
const DIGITS = 18
/** Below this width the inhibitory neurons are left out. */
const NARROW = 320
/** A grid without a partly filled row may be this much finer than the coarsest one. */
const TIDY = 0.72

export function centreX(grid: Grid, index: number): number {
  return grid.left + ((index % grid.columns) + 0.5) * grid.pitch
}

export function centreY(grid: Grid, index: number): number {
  return grid.top + (Math.floor(index / grid.columns) + 0.5) * grid.pitch
}

/** Where a synapse's line begins: those of the image leave its plate side by side, all others the middle of their unit. */
export function edgeStart(grid: Grid, index: number): number {
  return grid.plate ? grid.left + gridWidth(grid) : centreX(grid, index)
}

/** The unit whose cell holds a point, -1 for none. */
export function unitAt(grid: Grid, x: number, y: number): number {
  const column = Math.floor((x - grid.left) / grid.pitch)
  const row = Math.floor((y - grid.top) / grid.pitch)
  if (column < 0 || column >= grid.columns || row < 0 || row >= grid.rows) return -1
  const index = row * grid.columns + column
  return index < grid.count ? index : -1
}

/** The columns that make cells largest, or nearly so without a partly filled row. */
function bestColumns(count: number, width: number, height: number, widest: number): number {
  const pitch = (columns: number) => Math.min(width / columns, height / Math.ceil(count / columns), widest)
  let best = 1
  for (let columns = 2; columns <= count; columns++) if (pitch(columns) > pitch(best) * 1.001) best = columns
  let tidy = best
  let tidyPitch = pitch(best) * TIDY
  for (let columns = 1; columns <= count; columns++) {
    if (count % columns === 0 && pitch(columns) > tidyPitch) {
      tidy = columns
      tidyPitch = pitch(columns)
    }
  }
  return tidy
}

/** A grid in the middle of an area, its cells as large as they can be. */
function gridIn(area: Rectangle, count: number, widest: number, columns?: number): Grid {
  const across = columns ?? bestColumns(count, area.width, area.height, widest)
  const rows = Math.ceil(count / across)
  const pitch = Math.max(Math.min(area.width / across, area.height / rows, widest), 0.5)
  return {
    left: area.left + (area.width - across * pitch) / 2,
    top: area.top + (area.height - rows * pitch) / 2,
    columns: across,
    rows,
    pitch,
    count,
  }
}

function inset({ left, top, width, height }: Rectangle): Rectangle {
  return {
    left: left + MARGIN,
    top: top + MARGIN,
    width: Math.max(width - 2 * MARGIN, 1),
    height: Math.max(height - 2 * MARGIN, 1),
  }
}

/** The input picture at the left of a network; its pixels are whole pixels of the canvas, so that they join without seams. */
function inputGrid(area: Rectangle, pixel: number): Grid {
  const side = Math.min(area.height * 0.72, area.width * 0.27)
  const pitch = Math.max(Math.floor(side / SIDE / pixel), 1) * pixel
  const snapped = (place: number) => Math.round(place / pixel) * pixel
  const top = snapped(area.top + (area.height - SIDE * pitch) / 2)
  return { left: snapped(area.left), top, columns: SIDE, rows: SIDE, pitch, count: SIDE * SIDE, plate: true }
}

export function gridWidth({ columns, pitch }: Grid): number {
  return columns * pitch
}

/** `pixel`: CSS pixels that a pixel of the canvas is wide. */
export function layOutMlp(
  place: Rectangle,
  units: readonly [number, number, number],
  pixel: number,
): MlpLayout {
  const area = inset(place)
  const input = inputGrid(area, pixel)
  const across = area.width - DIGITS
  const block = (count: number, share: number): Grid =>
    gridIn(
      { left: 0, top: area.top, width: across * share, height: area.height },
      count,
      count === CLASSES ? WIDEST_PITCH.output : WIDEST_PITCH.hidden,
      count === CLASSES ? 1 : undefined,
    )
  const blocks = [block(units[0], 0.17), block(units[1], 0.17), block(units[2], 0.12)] as const
  const taken = gridWidth(input) + blocks.reduce((sum, grid) => sum + gridWidth(grid), 0)
  const gap = (across - taken) / blocks.length
  let left = area.left + gridWidth(input)
  const [first, second, third] = blocks.map(grid => {
    const placed = { ...grid, left: left + gap }
    left = placed.left + gridWidth(grid)
    return placed
  })
  return { input, layers: [first!, second!, third!] }
}

export function layOutBrain(place: Rectangle, neurons: number, pixel: number): BrainLayout {
  const area = inset(place)
  const input = inputGrid(area, pixel)
  const room = area.width - gridWidth(input)
  const small = area.width < NARROW ? 0 : Math.min(room * 0.15, area.height * 0.3)
  const leastGap = Math.max(room * 0.05, 8)
  const columns = Math.ceil(Math.sqrt(neurons))
  const side = Math.min(area.height, room - small - (small > 0 ? 2 : 1) * leastGap)
  const gaps = room - small - side
  const gap = small > 0 ? gaps * 0.6 : gaps
  const left = area.left + gridWidth(input) + gap
  const square = (from: number, size: number): Rectangle => ({
    left: from,
    top: area.top + (area.height - size) / 2,
    width: size,
    height: size,
  })
  return {
    input,
    excitatory: gridIn(square(left, side), neurons, WIDEST_PITCH.excitatory, columns),
    inhibitory:
      small > 0 ? gridIn(square(area.left + area.width - small, small), neurons, small, columns) : null,
  }
}
