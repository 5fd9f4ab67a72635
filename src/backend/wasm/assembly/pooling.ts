// Pooling over windows of each channel; windows of 2 x 2 that tile the image are worked on four at a time.
import { Geometry } from './geometry'

/** Whether windows are 2 x 2, side by side, nowhere outside the image, and at least four to a row. */
function tiled(g: Geometry): bool {
  const square = g.windowRows == 2 && g.windowColumns == 2 && g.strideRows == 2 && g.strideColumns == 2
  const inside = g.outRows * 2 <= g.rows && g.outColumns * 2 <= g.columns
  return square && inside && g.outColumns >= 4 && g.padTop == 0 && g.padLeft == 0
}

/** The output column after four from `column` on: the last four of a row may overlap those before. */
// @ts-ignore: decorator
@inline
function nextColumn(column: i32, columns: i32): i32 {
  return column + 4 < columns ? min(column + 4, columns - 4) : columns
}

/** The part of the window at output [row, column] that lies inside the image, for the loops below. */
let firstRow: i32 = 0
let endRow: i32 = 0
let firstColumn: i32 = 0
let endColumn: i32 = 0

// @ts-ignore: decorator
@inline
function setRows(g: Geometry, outRow: i32): void {
  const start = outRow * g.strideRows - g.padTop
  firstRow = max(start, 0)
  endRow = min(start + g.windowRows, g.rows)
}

// @ts-ignore: decorator
@inline
function setColumns(g: Geometry, outColumn: i32): void {
  const start = outColumn * g.strideColumns - g.padLeft
  firstColumn = max(start, 0)
  endColumn = min(start + g.windowColumns, g.columns)
}

/** Address of entry [row, column] of a plane. */
// @ts-ignore: decorator
@inline
function entry(plane: usize, g: Geometry, row: i32, column: i32): usize {
  return plane + (<usize>(row * g.columns + column) << 2)
}

/** Every other lane of eight, from the first or the second. */
// @ts-ignore: decorator
@inline
function evens(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 0, 2, 4, 6)
}

// @ts-ignore: decorator
@inline
function odds(a: v128, b: v128): v128 {
  return i32x4.shuffle(a, b, 1, 3, 5, 7)
}

function largest(plane: usize, g: Geometry): f32 {
  let result = f32.NEGATIVE_INFINITY
  for (let row = firstRow; row < endRow; row++) {
    let at = entry(plane, g, row, firstColumn)
    const end = entry(plane, g, row, endColumn)
    for (; at < end; at += 4) result = max<f32>(result, load<f32>(at))
  }
  return result
}

function maxTiledRow(upper: usize, lower: usize, out: usize, columns: i32): void {
  for (let column = 0; column < columns; column = nextColumn(column, columns)) {
    const at = <usize>column << 3
    const left = f32x4.max(v128.load(upper + at), v128.load(lower + at))
    const right = f32x4.max(v128.load(upper + at, 16), v128.load(lower + at, 16))
    v128.store(out + (<usize>column << 2), f32x4.max(evens(left, right), odds(left, right)))
  }
}

export function maxPool2d(x: usize, out: usize, geometry: usize): void {
  const g = changetype<Geometry>(geometry)
  const vectors = tiled(g)
  const rowBytes = <usize>g.columns << 2
  for (let plane = 0; plane < g.images * g.channels; plane++, x += rowBytes * <usize>g.rows) {
    for (let row = 0; row < g.outRows; row++, out += <usize>g.outColumns << 2) {
      if (vectors) {
        const upper = x + rowBytes * <usize>(row << 1)
        maxTiledRow(upper, upper + rowBytes, out, g.outColumns)
        continue
      }
      setRows(g, row)
      for (let column = 0; column < g.outColumns; column++) {
        setColumns(g, column)
        store<f32>(out + (<usize>column << 2), largest(x, g))
      }
    }
  }
}

/** Adds `gradient` at the window's first entry that equals `maximum`, or at its first NaN when the maximum is one. */
function addAtFirst(x: usize, g: Geometry, maximum: f32, gradient: f32, out: usize): void {
  for (let row = firstRow; row < endRow; row++) {
    let at = entry(0, g, row, firstColumn)
    const end = entry(0, g, row, endColumn)
    for (; at < end; at += 4) {
      const value = load<f32>(x + at)
      if (value == maximum || (value != value && maximum != maximum)) {
        store<f32>(out + at, load<f32>(out + at) + gradient)
        return
      }
    }
  }
}

/** Stores a and b side by side: a0 b0 a1 b1 a2 b2 a3 b3. */
// @ts-ignore: decorator
@inline
function storeWoven(out: usize, a: v128, b: v128): void {
  v128.store(out, i32x4.shuffle(a, b, 0, 4, 1, 5))
  v128.store(out, i32x4.shuffle(a, b, 2, 6, 3, 7), 16)
}

/** Lanes in which x is the maximum: equal to it, or NaN where `isNaN` says that it is. */
// @ts-ignore: decorator
@inline
function hits(x: v128, maximum: v128, isNaN: v128): v128 {
  return v128.or(f32x4.eq(x, maximum), v128.and(isNaN, f32x4.ne(x, x)))
}

/** No other window reaches the entries of a tiled image's: they are stored, not added to. */
function maxGradientTiledRow(x: usize, maximum: usize, gradient: usize, out: usize, stride: usize, columns: i32): void {
  const zero = f32x4.splat(0)
  for (let column = 0; column < columns; column = nextColumn(column, columns)) {
    const place = <usize>column << 2
    const from = x + place * 2
    const to = out + place * 2
    const top = v128.load(maximum + place)
    const topIsNaN = f32x4.ne(top, top)
    const a = v128.load(from)
    const b = v128.load(from, 16)
    const c = v128.load(from + stride)
    const d = v128.load(from + stride, 16)
    let left = v128.load(gradient + place)
    let hit = hits(evens(a, b), top, topIsNaN)
    const first = v128.and(left, hit)
    left = v128.andnot(left, hit)
    hit = hits(odds(a, b), top, topIsNaN)
    const second = v128.and(left, hit)
    left = v128.andnot(left, hit)
    hit = hits(evens(c, d), top, topIsNaN)
    const third = v128.and(left, hit)
    left = v128.andnot(left, hit)
    const fourth = v128.and(left, hits(odds(c, d), top, topIsNaN))
    // What is added to 0 is never -0.
    storeWoven(to, f32x4.add(first, zero), f32x4.add(second, zero))
    storeWoven(to + stride, f32x4.add(third, zero), f32x4.add(fourth, zero))
  }
}

export function maxPool2dGradient(x: usize, maximum: usize, gradient: usize, out: usize, geometry: usize): void {
  const g = changetype<Geometry>(geometry)
  const vectors = tiled(g)
  const planes = g.images * g.channels
  const stride = <usize>g.columns << 2
  const planeBytes = stride * <usize>g.rows
  const outBytes = <usize>g.outColumns << 2
  memory.fill(out, 0, planeBytes * <usize>planes)
  for (let plane = 0; plane < planes; plane++, x += planeBytes, out += planeBytes) {
    for (let row = 0; row < g.outRows; row++, maximum += outBytes, gradient += outBytes) {
      if (vectors) {
        const at = stride * <usize>(row << 1)
        maxGradientTiledRow(x + at, maximum, gradient, out + at, stride, g.outColumns)
        continue
      }
      setRows(g, row)
      for (let place: usize = 0, column = 0; column < g.outColumns; column++, place += 4) {
        setColumns(g, column)
        addAtFirst(x, g, load<f32>(maximum + place), load<f32>(gradient + place), out)
      }
    }
  }
}

/** Bytes of terms that are added in float32 before a total in float64 takes them: a window may be a whole image. */
const SUMMED: usize = 4096

/** The sum of a window. */
function total(plane: usize, g: Geometry): f64 {
  let result: f64 = 0
  for (let row = firstRow; row < endRow; row++) {
    let at = entry(plane, g, row, firstColumn)
    const end = entry(plane, g, row, endColumn)
    while (at < end) {
      const stop = min(at + SUMMED, end)
      let sum: f32 = 0
      for (; at < stop; at += 4) sum += load<f32>(at)
      result += <f64>sum
    }
  }
  return result
}

function averageTiledRow(upper: usize, lower: usize, out: usize, columns: i32): void {
  const quarter = f32x4.splat(0.25)
  for (let column = 0; column < columns; column = nextColumn(column, columns)) {
    const at = <usize>column << 3
    const left = f32x4.add(v128.load(upper + at), v128.load(lower + at))
    const right = f32x4.add(v128.load(upper + at, 16), v128.load(lower + at, 16))
    const sums = f32x4.add(evens(left, right), odds(left, right))
    v128.store(out + (<usize>column << 2), f32x4.mul(sums, quarter))
  }
}

export function averagePool2d(x: usize, out: usize, geometry: usize): void {
  const g = changetype<Geometry>(geometry)
  const vectors = tiled(g)
  const count = <f64>g.windowRows * <f64>g.windowColumns
  const rowBytes = <usize>g.columns << 2
  for (let plane = 0; plane < g.images * g.channels; plane++, x += rowBytes * <usize>g.rows) {
    for (let row = 0; row < g.outRows; row++, out += <usize>g.outColumns << 2) {
      if (vectors) {
        const upper = x + rowBytes * <usize>(row << 1)
        averageTiledRow(upper, upper + rowBytes, out, g.outColumns)
        continue
      }
      setRows(g, row)
      for (let column = 0; column < g.outColumns; column++) {
        setColumns(g, column)
        store<f32>(out + (<usize>column << 2), <f32>(total(x, g) / count))
      }
    }
  }
}

function averageGradientTiledRow(gradient: usize, out: usize, stride: usize, columns: i32): void {
  const quarter = f32x4.splat(0.25)
  const zero = f32x4.splat(0)
  for (let column = 0; column < columns; column = nextColumn(column, columns)) {
    // What is added to 0 is never -0.
    const share = f32x4.add(f32x4.mul(v128.load(gradient + (<usize>column << 2)), quarter), zero)
    const to = out + (<usize>column << 3)
    storeWoven(to, share, share)
    storeWoven(to + stride, share, share)
  }
}

/** Adds `share` to every entry of a window. */
function addToWindow(out: usize, g: Geometry, share: f32): void {
  for (let row = firstRow; row < endRow; row++) {
    let at = entry(out, g, row, firstColumn)
    const end = entry(out, g, row, endColumn)
    for (; at < end; at += 4) store<f32>(at, load<f32>(at) + share)
  }
}

export function averagePool2dGradient(gradient: usize, out: usize, geometry: usize): void {
  const g = changetype<Geometry>(geometry)
  const vectors = tiled(g)
  const count = <f64>g.windowRows * <f64>g.windowColumns
  const planes = g.images * g.channels
  const stride = <usize>g.columns << 2
  const planeBytes = stride * <usize>g.rows
  memory.fill(out, 0, planeBytes * <usize>planes)
  for (let plane = 0; plane < planes; plane++, out += planeBytes) {
    for (let row = 0; row < g.outRows; row++, gradient += <usize>g.outColumns << 2) {
      if (vectors) {
        averageGradientTiledRow(gradient, out + stride * <usize>(row << 1), stride, g.outColumns)
        continue
      }
      setRows(g, row)
      for (let column = 0; column < g.outColumns; column++) {
        setColumns(g, column)
        addToWindow(out, g, <f32>(<f64>load<f32>(gradient + (<usize>column << 2)) / count))
      }
    }
  }
}
