// The dense matrix product, on register tiles over a packed right operand.
import { multiplyAdd } from './simd'

export * from './sparseProducts'

/** Columns of one packed panel of b: two vectors. */
const PANEL: i32 = 8
/** Rows of the large register tile: 6 x 2 accumulators and three operands fill the engine's sixteen registers. */
const TILE: i32 = 6
/** Depth and columns of one block of b: a panel of it (8 KiB) fits the first cache, all of it (512 KiB) the second. */
const DEPTH: i32 = 256
const COLUMNS: i32 = 512
/** Room for one tile whose last columns lie outside the result. */
const SPILL_BYTES: i32 = TILE * PANEL * 4
/** Room for six rows of a, packed. */
const STRIP_BYTES: i32 = TILE * DEPTH * 4

export function matmulScratch(m: i32, n: i32, k: i32): i32 {
  const panels = (min(n, COLUMNS) + PANEL - 1) / PANEL
  return SPILL_BYTES + STRIP_BYTES + panels * PANEL * min(k, DEPTH) * 4
}

/** Packs `depth` rows of b as panels of eight columns, each panel contiguous, missing columns zero. */
function pack(b: usize, bRow: usize, bColumn: usize, n: i32, depth: i32, packed: usize): void {
  for (let column = 0; column < n; column += PANEL) {
    const width = min(PANEL, n - column)
    let at = b + <usize>column * bColumn
    for (let p = 0; p < depth; p++, at += bRow, packed += 32) {
      if (width == PANEL && bColumn == 4) {
        v128.store(packed, v128.load(at))
        v128.store(packed, v128.load(at, 16), 16)
      } else {
        for (let j = 0; j < PANEL; j++) {
          const value: f32 = j < width ? load<f32>(at + <usize>j * bColumn) : 0
          store<f32>(packed + (<usize>j << 2), value)
        }
      }
    }
  }
}

/** Stores eight results, added to what is there when `accumulate`. */
// @ts-ignore: decorator
@inline
function storeRow(out: usize, left: v128, right: v128, accumulate: bool): void {
  if (accumulate) {
    left = f32x4.add(v128.load(out), left)
    right = f32x4.add(v128.load(out, 16), right)
  }
  v128.store(out, left)
  v128.store(out, right, 16)
}

/**
 * Six rows by eight columns; strides in bytes. Two steps of depth a turn: with one, the engine's code runs at two
 * thirds of the speed. A last odd step is added on its own.
 */
function tile6(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outRow: usize,
  accumulate: bool,
): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c10 = c00
  let c11 = c00
  let c20 = c00
  let c21 = c00
  let c30 = c00
  let c31 = c00
  let c40 = c00
  let c41 = c00
  let c50 = c00
  let c51 = c00
  let a1 = a + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  let a4 = a3 + aRow
  let a5 = a4 + aRow
  const end = panel + (<usize>(depth & ~1) << 5)
  for (; panel < end; panel += 64) {
    let left = v128.load(panel)
    let right = v128.load(panel, 16)
    let x = v128.load32_splat(a)
    c00 = multiplyAdd(x, left, c00)
    c01 = multiplyAdd(x, right, c01)
    x = v128.load32_splat(a1)
    c10 = multiplyAdd(x, left, c10)
    c11 = multiplyAdd(x, right, c11)
    x = v128.load32_splat(a2)
    c20 = multiplyAdd(x, left, c20)
    c21 = multiplyAdd(x, right, c21)
    x = v128.load32_splat(a3)
    c30 = multiplyAdd(x, left, c30)
    c31 = multiplyAdd(x, right, c31)
    x = v128.load32_splat(a4)
    c40 = multiplyAdd(x, left, c40)
    c41 = multiplyAdd(x, right, c41)
    x = v128.load32_splat(a5)
    c50 = multiplyAdd(x, left, c50)
    c51 = multiplyAdd(x, right, c51)
    left = v128.load(panel, 32)
    right = v128.load(panel, 48)
    x = v128.load32_splat(a + aColumn)
    c00 = multiplyAdd(x, left, c00)
    c01 = multiplyAdd(x, right, c01)
    x = v128.load32_splat(a1 + aColumn)
    c10 = multiplyAdd(x, left, c10)
    c11 = multiplyAdd(x, right, c11)
    x = v128.load32_splat(a2 + aColumn)
    c20 = multiplyAdd(x, left, c20)
    c21 = multiplyAdd(x, right, c21)
    x = v128.load32_splat(a3 + aColumn)
    c30 = multiplyAdd(x, left, c30)
    c31 = multiplyAdd(x, right, c31)
    x = v128.load32_splat(a4 + aColumn)
    c40 = multiplyAdd(x, left, c40)
    c41 = multiplyAdd(x, right, c41)
    x = v128.load32_splat(a5 + aColumn)
    c50 = multiplyAdd(x, left, c50)
    c51 = multiplyAdd(x, right, c51)
    a += aColumn * 2
    a1 += aColumn * 2
    a2 += aColumn * 2
    a3 += aColumn * 2
    a4 += aColumn * 2
    a5 += aColumn * 2
  }
  storeRow(out, c00, c01, accumulate)
  storeRow(out + outRow, c10, c11, accumulate)
  storeRow(out + outRow * 2, c20, c21, accumulate)
  storeRow(out + outRow * 3, c30, c31, accumulate)
  storeRow(out + outRow * 4, c40, c41, accumulate)
  storeRow(out + outRow * 5, c50, c51, accumulate)
  if (depth & 1) addStep(a, aRow, panel, out, outRow, TILE)
}

/** Adds one step of depth to `height` rows of eight columns. */
function addStep(a: usize, aRow: usize, panel: usize, out: usize, outRow: usize, height: i32): void {
  for (let i = 0; i < height; i++, a += aRow, out += outRow) {
    const x = v128.load32_splat(a)
    v128.store(out, multiplyAdd(x, v128.load(panel), v128.load(out)))
    v128.store(out, multiplyAdd(x, v128.load(panel, 16), v128.load(out, 16)), 16)
  }
}

/** Two rows by eight columns. */
function tile2(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outRow: usize,
  accumulate: bool,
): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c10 = c00
  let c11 = c00
  let a1 = a + aRow
  const end = panel + (<usize>depth << 5)
  for (; panel < end; panel += 32, a += aColumn, a1 += aColumn) {
    const left = v128.load(panel)
    const right = v128.load(panel, 16)
    let x = v128.load32_splat(a)
    c00 = multiplyAdd(x, left, c00)
    c01 = multiplyAdd(x, right, c01)
    x = v128.load32_splat(a1)
    c10 = multiplyAdd(x, left, c10)
    c11 = multiplyAdd(x, right, c11)
  }
  storeRow(out, c00, c01, accumulate)
  storeRow(out + outRow, c10, c11, accumulate)
}

/** One row by eight columns. */
function tile1(a: usize, aColumn: usize, panel: usize, depth: i32, out: usize, accumulate: bool): void {
  let c0 = f32x4.splat(0)
  let c1 = c0
  const end = panel + (<usize>depth << 5)
  for (; panel < end; panel += 32, a += aColumn) {
    const x = v128.load32_splat(a)
    c0 = multiplyAdd(x, v128.load(panel), c0)
    c1 = multiplyAdd(x, v128.load(panel, 16), c1)
  }
  storeRow(out, c0, c1, accumulate)
}

/** Moves the first `width` columns of a spilled tile to the result. */
function unspill(spill: usize, out: usize, outRow: usize, height: i32, width: i32, accumulate: bool): void {
  for (let i = 0; i < height; i++, spill += 32, out += outRow) {
    for (let j = 0; j < width; j++) {
      const at = <usize>j << 2
      const value = load<f32>(spill + at)
      store<f32>(out + at, accumulate ? load<f32>(out + at) + value : value)
    }
  }
}

/** Packs six adjacent columns of a row-major matrix, so that reading them down a column does not stride. */
function packStrip(a: usize, aColumn: usize, depth: i32, strip: usize): void {
  for (let p = 0; p < depth; p++, a += aColumn, strip += 24) {
    v128.store(strip, v128.load(a))
    store<u64>(strip, load<u64>(a, 16), 16)
  }
}

/** `height` rows (6, 2 or 1) of the result against all panels of a block. */
function multiplyStrip(
  a: usize,
  aRow: usize,
  aColumn: usize,
  packed: usize,
  depth: i32,
  out: usize,
  outRow: usize,
  height: i32,
  columns: i32,
  spill: usize,
  accumulate: bool,
): void {
  for (let column = 0; column < columns; column += PANEL, packed += <usize>depth << 5, out += 32) {
    const width = min(PANEL, columns - column)
    const whole = width == PANEL
    const target = whole ? out : spill
    const targetRow: usize = whole ? outRow : 32
    const add = whole && accumulate
    if (height == TILE) tile6(a, aRow, aColumn, packed, depth, target, targetRow, add)
    else if (height == 2) tile2(a, aRow, aColumn, packed, depth, target, targetRow, add)
    else tile1(a, aColumn, packed, depth, target, add)
    if (!whole) unspill(spill, out, outRow, height, width, accumulate)
  }
}

/** All rows of the result against one packed block of b. */
function multiplyBlock(
  a: usize,
  aRow: usize,
  aColumn: usize,
  packed: usize,
  depth: i32,
  out: usize,
  outRow: usize,
  m: i32,
  columns: i32,
  scratch: usize,
  accumulate: bool,
): void {
  const strip = scratch + SPILL_BYTES
  const packs = aRow == 4 && aColumn > 24 && columns > PANEL
  for (let row = 0, height = 0; row < m; row += height) {
    const left = m - row
    height = left >= TILE ? TILE : left >= 2 ? 2 : 1
    if (packs && height == TILE) {
      packStrip(a, aColumn, depth, strip)
      multiplyStrip(strip, 4, 24, packed, depth, out, outRow, height, columns, scratch, accumulate)
    } else {
      multiplyStrip(a, aRow, aColumn, packed, depth, out, outRow, height, columns, scratch, accumulate)
    }
    a += <usize>height * aRow
    out += <usize>height * outRow
  }
}

export function matmul(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  out: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  const packed = scratch + SPILL_BYTES + STRIP_BYTES
  const aRowBytes = <usize>aRow << 2
  const aColumnBytes = <usize>aColumn << 2
  const bRowBytes = <usize>bRow << 2
  const bColumnBytes = <usize>bColumn << 2
  const outRow = <usize>n << 2
  for (let column = 0; column < n; column += COLUMNS) {
    const columns = min(COLUMNS, n - column)
    const target = out + (<usize>column << 2)
    for (let start = 0; start < k; start += DEPTH) {
      const depth = min(DEPTH, k - start)
      const bBlock = b + <usize>start * bRowBytes + <usize>column * bColumnBytes
      const aBlock = a + <usize>start * aColumnBytes
      pack(bBlock, bRowBytes, bColumnBytes, columns, depth, packed)
      multiplyBlock(
        aBlock, aRowBytes, aColumnBytes, packed, depth, target, outRow, m, columns, scratch, start > 0,
      )
    }
  }
}
