// Two-dimensional convolution and its gradient by the input: windows slid over a padded copy of one image at a time.
import { tile4, tile8 } from './convolutionTiles'
import { clearFrame, fillFrame, Frame, frameOffset, Geometry, rowBytes, setInputFrame } from './geometry'

export * from './convolutionWeights'

/** Room for a tile that is not stored as it is computed. */
const SPILL_BYTES: usize = 128

const frame = changetype<Frame>(memory.data(offsetof<Frame>(), 16))
/** Taps of the current window, four filters' weights for each, the biases, and a spilled tile. */
let offsets: usize = 0
let taps: i32 = 0
/** Taps that a group of four filters has room for. */
let room: i32 = 0
let packed: usize = 0
let biases: usize = 0
let spill: usize = 0

/** Where a result goes: sizes of the part that is computed, and its strides in bytes. */
let filters: i32 = 0
let outRows: i32 = 0
let outColumns: i32 = 0
let outPlane: usize = 0
let outRow: usize = 0
let outColumn: usize = 0

/** Divides scratch for up to `most` taps and `count` filters; returns where the frame may start. */
function layOut(scratch: usize, most: i32, count: i32): usize {
  room = most
  const groups = <usize>(count + 3) >> 2
  spill = scratch
  biases = spill + SPILL_BYTES
  packed = biases + (groups << 4)
  offsets = packed + ((groups * <usize>most) << 4)
  filters = count
  return (offsets + (<usize>most << 2) + 15) & ~15
}

/** Stores part of a spilled tile of 4 by `width`: `height` filters, the first `columns`, at the result's strides. */
function unspill(out: usize, height: i32, width: i32, columns: i32): void {
  for (let filter = 0; filter < height; filter++, out += outPlane) {
    const from = spill + ((<usize>filter * <usize>width) << 2)
    for (let column = 0; column < columns; column++) {
      store<f32>(out + outColumn * <usize>column, load<f32>(from + (<usize>column << 2)))
    }
  }
}

/** One row of four filters. A last tile that would reach beyond the row starts earlier and computes some entries again. */
function convolveRow(base: usize, weights: usize, bias: usize, out: usize, height: i32): void {
  const direct = height == 4 && outColumn == 4
  let column = 0
  while (column < outColumns) {
    const left = outColumns - column
    const width = left > 4 && outColumns >= 8 ? 8 : 4
    if (left < width && outColumns >= width) column = outColumns - width
    const at = base + (<usize>column << 2)
    const target = out + outColumn * <usize>column
    const whole = direct && outColumns >= width
    const place = whole ? target : spill
    const plane = whole ? outPlane : <usize>width << 2
    if (width == 8) tile8(at, offsets, taps, weights, bias, place, plane)
    else tile4(at, offsets, taps, weights, bias, place, plane)
    if (!whole) unspill(target, height, width, min(width, outColumns))
    column += width
  }
}

/** All filters and rows of one image; `step`: bytes from the frame's row for one output row to that for the next. */
function convolveImage(step: usize, out: usize): void {
  for (let filter = 0; filter < filters; filter += 4, out += outPlane * 4) {
    const weights = packed + ((<usize>filter * <usize>room) << 2)
    const bias = biases + (<usize>filter << 2)
    const height = min(4, filters - filter)
    let base = frame.start
    let target = out
    for (let row = 0; row < outRows; row++, base += step, target += outRow) {
      convolveRow(base, weights, bias, target, height)
    }
  }
}

/** Packs one tap: the weights at `weight`, `step` bytes apart for each of the filters, four filters side by side. */
function packTap(tap: i32, weight: usize, step: usize, offset: usize): void {
  store<i32>(offsets + (<usize>tap << 2), <i32>offset)
  for (let filter = 0; filter < filters; filter++, weight += step) {
    const group = <usize>(filter >> 2) * <usize>room
    store<f32>(packed + ((group + <usize>tap) << 4) + (<usize>(filter & 3) << 2), load<f32>(weight))
  }
}

export function convolve2d(
  x: usize,
  weight: usize,
  bias: usize,
  out: usize,
  geometry: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry>(geometry)
  const windowSize = g.windowRows * g.windowColumns
  taps = g.channels * windowSize
  frame.start = layOut(scratch, taps, g.filters)
  memory.fill(scratch, 0, frame.start - scratch)
  setInputFrame(frame, g)
  outRows = g.outRows
  outColumns = g.outColumns
  outColumn = 4
  outRow = <usize>outColumns << 2
  outPlane = outRow * <usize>outRows
  packForward(g, weight)
  if (bias != 0) memory.copy(biases, bias, <usize>filters << 2)
  clearFrame(frame)
  const imageBytes = <usize>(g.channels * g.rows * g.columns) << 2
  const step = rowBytes(frame) * <usize>g.strideRows
  for (let image = 0; image < g.images; image++, x += imageBytes, out += outPlane * <usize>filters) {
    fillFrame(frame, x)
    convolveImage(step, out)
  }
}

function packForward(g: Geometry, weight: usize): void {
  let tap = 0
  const step = <usize>taps << 2
  for (let channel = 0; channel < g.channels; channel++) {
    for (let r = 0; r < g.windowRows; r++) {
      for (let c = 0; c < g.windowColumns; c++, tap++, weight += 4) {
        packTap(tap, weight, step, frameOffset(frame, channel, r * g.dilationRows, c * g.dilationColumns))
      }
    }
  }
}

/** ceil(a / b) where that is positive, else 0. */
function ceilDivide(a: i32, b: i32): i32 {
  return a > 0 ? (a + b - 1) / b : 0
}

/** Makes the frame one of the gradient, with room for every window's reach. */
function frameGradient(g: Geometry): void {
  frame.planes = g.filters
  frame.rows = g.outRows
  frame.columns = g.outColumns
  frame.top = ceilDivide((g.windowRows - 1) * g.dilationRows - g.padTop, g.strideRows)
  frame.left = ceilDivide((g.windowColumns - 1) * g.dilationColumns - g.padLeft, g.strideColumns)
  frame.phases = 1
  frame.frameRows = frame.top + max(g.outRows, (g.rows - 1 + g.padTop) / g.strideRows + 1)
  frame.phaseLength = frame.left + max(g.outColumns, (g.columns - 1 + g.padLeft) / g.strideColumns + 1)
}

/**
 * Packs the taps that reach input rows `phaseRow`, `phaseRow` + stride, ... (columns likewise): output [row, column] takes
 * part in input [row * stride - pad + r * dilation, ...].
 */
function packBackward(g: Geometry, weight: usize, phaseRow: i32, phaseColumn: i32): void {
  const windowSize = g.windowRows * g.windowColumns
  const step = <usize>windowSize << 2
  taps = 0
  for (let filter = 0; filter < g.filters; filter++) {
    for (let r = 0; r < g.windowRows; r++) {
      const row = phaseRow + g.padTop - r * g.dilationRows
      if (row % g.strideRows != 0) continue
      for (let c = 0; c < g.windowColumns; c++) {
        const column = phaseColumn + g.padLeft - c * g.dilationColumns
        if (column % g.strideColumns != 0) continue
        const from = weight + (<usize>(filter * g.channels * windowSize + r * g.windowColumns + c) << 2)
        const framedRow = frame.top + row / g.strideRows
        const framedColumn = frame.left + column / g.strideColumns
        packTap(taps++, from, step, frameOffset(frame, filter, framedRow, framedColumn))
      }
    }
  }
}

/** The input's rows and columns of one phase at a time: all windows that reach them do so by the same taps. */
export function convolve2dInputGradient(
  gradient: usize,
  weight: usize,
  out: usize,
  geometry: usize,
  scratch: usize,
): void {
  const g = changetype<Geometry>(geometry)
  const most = g.filters * g.windowRows * g.windowColumns
  frame.start = layOut(scratch, most, g.channels)
  memory.fill(scratch, 0, frame.start - scratch)
  frameGradient(g)
  clearFrame(frame)
  outPlane = <usize>(g.rows * g.columns) << 2
  outRow = <usize>(g.columns * g.strideRows) << 2
  outColumn = <usize>g.strideColumns << 2
  for (let phaseRow = 0; phaseRow < min(g.strideRows, g.rows); phaseRow++) {
    for (let phaseColumn = 0; phaseColumn < min(g.strideColumns, g.columns); phaseColumn++) {
      outRows = (g.rows - phaseRow + g.strideRows - 1) / g.strideRows
      outColumns = (g.columns - phaseColumn + g.strideColumns - 1) / g.strideColumns
      packBackward(g, weight, phaseRow, phaseColumn)
      const first = out + (<usize>(phaseRow * g.columns + phaseColumn) << 2)
      inputGradientPhase(g, gradient, first)
    }
  }
}

function inputGradientPhase(g: Geometry, gradient: usize, out: usize): void {
  const gradientBytes = <usize>(g.filters * g.outRows * g.outColumns) << 2
  for (let image = 0; image < g.images; image++, gradient += gradientBytes, out += outPlane * <usize>g.channels) {
    fillFrame(frame, gradient)
    convolveImage(rowBytes(frame), out)
  }
}
