// Turns what somebody drew into an image like those of MNIST: 20 pixels high or wide, its centre of mass in the middle of 28 x 28.
import { PIXELS, SIDE } from '../../experiments/learners/common.ts'

/** A line drawn without lifting the pen; coordinates from 0 to 1 over the pad. */
export type Stroke = readonly { readonly x: number; readonly y: number }[]

/** MNIST's digits were scaled to fit a box of this many pixels. */
const BOX = 20
/** Half the width of a pen stroke in MNIST, pixels of 28 x 28. */
const PEN_RADIUS = 1.1
/** Something smaller than this share of the pad is not blown up to the whole box: a dot stays a dot. */
const SMALLEST = 0.12
/** An image's pixels darker than this share of its darkest are its paper. */
const PAPER = 0.15

/** An image of ink, 0 to 255, [height, width]. */
export interface Ink {
  readonly width: number
  readonly height: number
  readonly values: Uint8Array
}

interface Point {
  readonly x: number
  readonly y: number
}

/** The strokes as an image [784], null when there are none. */
export function drawStrokes(strokes: readonly Stroke[]): Uint8Array | null {
  const points = strokes.flat()
  if (points.length === 0) return null
  const box = boundsOf(points)
  const scale = (BOX - 2 * PEN_RADIUS) / Math.max(box.width, box.height, SMALLEST)
  const lines = strokes.map(stroke => stroke.map(({ x, y }) => ({ x: x * scale, y: y * scale })))
  const margin = PEN_RADIUS + 0.5
  const field = {
    left: box.left * scale - margin,
    top: box.top * scale - margin,
    width: box.width * scale + 2 * margin,
    height: box.height * scale + 2 * margin,
  }
  // Once to weigh it, once where its weight tells it to lie: an image moved afterwards would be blurred.
  const rough = new Float64Array(PIXELS)
  paint(
    lines,
    { x: SIDE / 2 - field.left - field.width / 2, y: SIDE / 2 - field.top - field.height / 2 },
    rough,
  )
  const centre = centreOfMass(rough)
  const origin = {
    x: within(SIDE - centre.x - field.width / 2, field.width),
    y: within(SIDE - centre.y - field.height / 2, field.height),
  }
  const image = new Float64Array(PIXELS)
  paint(lines, { x: origin.x - field.left, y: origin.y - field.top }, image)
  return Uint8Array.from(image, value => Math.round(255 * value))
}

/** An image of any size as one of 28 x 28, null when there is no ink in it. */
export function shrinkInk({ width, height, values }: Ink): Uint8Array | null {
  const strongest = values.reduce((most, value) => Math.max(most, value), 0)
  const inked: Point[] = []
  let [mass, massX, massY] = [0, 0, 0]
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (strongest === 0 || value <= PAPER * strongest) continue
    const [x, y] = [index % width, Math.floor(index / width)]
    inked.push({ x, y })
    mass += value
    massX += value * (x + 0.5)
    massY += value * (y + 0.5)
  }
  if (inked.length === 0) return null
  const box = boundsOf(inked)
  const [inkWidth, inkHeight] = [box.width + 1, box.height + 1]
  const scale = BOX / Math.max(inkWidth, inkHeight, SMALLEST * Math.max(width, height))
  const origin = {
    x: within(SIDE / 2 - (massX / mass - box.left) * scale, inkWidth * scale),
    y: within(SIDE / 2 - (massY / mass - box.top) * scale, inkHeight * scale),
  }
  const image = new Float64Array(PIXELS)
  for (const { x, y } of inked) {
    const value = values[y * width + x]! / strongest
    const left = origin.x + (x - box.left) * scale
    const top = origin.y + (y - box.top) * scale
    spread(image, { left, top, size: scale }, value)
  }
  return Uint8Array.from(image, value => Math.round(255 * Math.min(value, 1)))
}

/**
 * How much ink there is in each pixel of a photograph or drawing, from its colours [height, width, 4]: whatever stands out
 * from its border, dark on light or light on dark.
 */
export function inkOf(width: number, height: number, rgba: Uint8ClampedArray): Ink {
  const light = new Float64Array(width * height)
  for (let index = 0; index < light.length; index++) {
    const [red, green, blue, alpha] = rgba.subarray(4 * index, 4 * index + 4)
    const luminance = 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
    light[index] = 255 + (luminance - 255) * (alpha! / 255)
  }
  const border: number[] = []
  for (let x = 0; x < width; x++) border.push(light[x]!, light[(height - 1) * width + x]!)
  for (let y = 0; y < height; y++) border.push(light[y * width]!, light[y * width + width - 1]!)
  border.sort((a, b) => a - b)
  const paper = border[border.length >> 1] ?? 255
  const sign = paper > 127 ? -1 : 1
  return { width, height, values: Uint8Array.from(light, value => Math.max(0, sign * (value - paper))) }
}

function boundsOf(points: readonly Point[]) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { left, top, width: right - left, height: bottom - top }
}

/** Where something of a size may begin so that it stays within the image. */
function within(start: number, size: number): number {
  return Math.max(0, Math.min(start, SIDE - size))
}

/** Paints lines of the pen's width, moved by `shift`, edges softened over a pixel. */
function paint(lines: readonly Stroke[], shift: Point, image: Float64Array): void {
  for (const line of lines) {
    for (let index = 0; index < line.length; index++) {
      const from = line[Math.max(index - 1, 0)]!
      const to = line[index]!
      if (index === 0 && line.length > 1) continue
      paintSegment(
        { x: from.x + shift.x, y: from.y + shift.y },
        { x: to.x + shift.x, y: to.y + shift.y },
        image,
      )
    }
  }
}

function paintSegment(from: Point, to: Point, image: Float64Array): void {
  const reach = PEN_RADIUS + 1
  const firstRow = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach))
  const lastRow = Math.min(SIDE - 1, Math.ceil(Math.max(from.y, to.y) + reach))
  const firstColumn = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach))
  const lastColumn = Math.min(SIDE - 1, Math.ceil(Math.max(from.x, to.x) + reach))
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const distance = distanceTo({ x: column + 0.5, y: row + 0.5 }, from, to)
      const value = Math.max(0, Math.min(1, PEN_RADIUS + 0.5 - distance))
      const index = row * SIDE + column
      image[index] = Math.max(image[index]!, value)
    }
  }
}

/** Distance from a point to a segment. */
function distanceTo(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length
  const share = Math.max(0, Math.min(1, along))
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy)
}

function centreOfMass(image: Float64Array): Point {
  let [mass, x, y] = [0, 0, 0]
  image.forEach((value, index) => {
    mass += value
    x += value * ((index % SIDE) + 0.5)
    y += value * (Math.floor(index / SIDE) + 0.5)
  })
  return mass === 0 ? { x: SIDE / 2, y: SIDE / 2 } : { x: x / mass, y: y / mass }
}

/** Adds a square of ink to the pixels it covers, each by the share that is covered. */
function spread(
  image: Float64Array,
  { left, top, size }: { left: number; top: number; size: number },
  value: number,
): void {
  for (let row = Math.max(0, Math.floor(top)); row < Math.min(SIDE, top + size); row++) {
    const tall = Math.min(row + 1, top + size) - Math.max(row, top)
    for (let column = Math.max(0, Math.floor(left)); column < Math.min(SIDE, left + size); column++) {
      const wide = Math.min(column + 1, left + size) - Math.max(column, left)
      image[row * SIDE + column]! += value * wide * tall
    }
  }
}
