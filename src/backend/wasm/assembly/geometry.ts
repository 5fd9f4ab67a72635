// The geometry of sliding windows as the kernels read it, and the padded copies of images that they slide over.

/** The int32 record that src/backend/geometry.ts writes; fields in its order. */
// @ts-ignore: decorator
@unmanaged
export class Geometry {
  images: i32
  channels: i32
  rows: i32
  columns: i32
  filters: i32
  windowRows: i32
  windowColumns: i32
  outRows: i32
  outColumns: i32
  strideRows: i32
  strideColumns: i32
  padTop: i32
  padLeft: i32
  dilationRows: i32
  dilationColumns: i32
}

/**
 * A copy of an image's planes inside a border of zeros. With a column stride of s a row is kept as s phases, phase p
 * holding columns p, p + s, ...: windows one output column apart then read neighbours, whatever the stride.
 */
// @ts-ignore: decorator
@unmanaged
export class Frame {
  /** First plane. */
  start: usize
  planes: i32
  rows: i32
  columns: i32
  /** Border above and left. */
  top: i32
  left: i32
  phases: i32
  /** Entries of one phase of a row. */
  phaseLength: i32
  /** Rows of a plane, borders included. */
  frameRows: i32
}

// @ts-ignore: decorator
@inline
export function rowBytes(frame: Frame): usize {
  return <usize>(frame.phases * frame.phaseLength) << 2
}

// @ts-ignore: decorator
@inline
export function planeBytes(frame: Frame): usize {
  return rowBytes(frame) * <usize>frame.frameRows
}

/** Bytes from a frame's start to its entry at [plane, row, column], borders counted. */
export function frameOffset(frame: Frame, plane: i32, row: i32, column: i32): usize {
  const inRow = (column % frame.phases) * frame.phaseLength + column / frame.phases
  return planeBytes(frame) * <usize>plane + rowBytes(frame) * <usize>row + (<usize>inRow << 2)
}

/** Zeroes a frame, and the vector behind it that a last tile may read; returns the address after both. */
export function clearFrame(frame: Frame): usize {
  const bytes = planeBytes(frame) * <usize>frame.planes + 16
  memory.fill(frame.start, 0, bytes)
  return (frame.start + bytes + 15) & ~15
}

/** Copies n entries, four at a time. */
// @ts-ignore: decorator
@inline
function copyRow(from: usize, to: usize, n: i32): void {
  const end = from + (<usize>n << 2)
  const vectorEnd = from + (<usize>(n & ~3) << 2)
  for (; from < vectorEnd; from += 16, to += 16) v128.store(to, v128.load(from))
  for (; from < end; from += 4, to += 4) store<i32>(to, load<i32>(from))
}

/** Writes n entries to a row's phases, the first as column `left` of the frame. */
// @ts-ignore: decorator
@inline
function copyToPhases(from: usize, to: usize, n: i32, left: i32, phases: i32, phaseLength: i32): void {
  const step = <usize>phases << 2
  for (let first = 0; first < min(phases, n); first++) {
    const column = first + left
    let target = to + (<usize>((column % phases) * phaseLength + column / phases) << 2)
    let source = from + (<usize>first << 2)
    const end = from + (<usize>n << 2)
    for (; source < end; source += step, target += 4) store<i32>(target, load<i32>(source))
  }
}

/** Puts an image's planes into a cleared frame. */
export function fillFrame(frame: Frame, image: usize): void {
  const columns = frame.columns
  const phases = frame.phases
  const left = frame.left
  const targetRow = rowBytes(frame)
  for (let plane = 0; plane < frame.planes; plane++) {
    let target = frame.start + frameOffset(frame, plane, frame.top, 0)
    for (let row = 0; row < frame.rows; row++, image += <usize>columns << 2, target += targetRow) {
      if (phases == 1) copyRow(image, target + (<usize>left << 2), columns)
      else copyToPhases(image, target, columns, left, phases, frame.phaseLength)
    }
  }
}

/** The frame in which a forward window slides over the input. */
export function setInputFrame(into: Frame, g: Geometry): void {
  into.planes = g.channels
  into.rows = g.rows
  into.columns = g.columns
  into.top = g.padTop
  into.left = g.padLeft
  into.phases = g.strideColumns
  const reachedRows = (g.outRows - 1) * g.strideRows + (g.windowRows - 1) * g.dilationRows + 1
  const reachedColumns = (g.outColumns - 1) * g.strideColumns + (g.windowColumns - 1) * g.dilationColumns + 1
  into.frameRows = max(g.padTop + g.rows, reachedRows)
  const width = max(g.padLeft + g.columns, reachedColumns)
  into.phaseLength = (width + g.strideColumns - 1) / g.strideColumns
}
