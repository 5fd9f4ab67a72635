// The dense matrix product, on register tiles over a packed right operand.
import { PANEL, pack, packStrip } from './packing'
import { multiplyAdd } from './simd'

export * from './sparseProducts'

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

/**
 * Adds to six rows by eight columns of out; strides in bytes. Two steps of depth a turn and accumulators that are
 * loaded and stored without a condition: else the engine keeps copies of them in memory, and is a third slower. A
 * last odd step is added on its own.
 */
function tile6(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outRow: usize,
): void {
  const o1 = out + outRow
  const o2 = out + outRow * 2
  const o3 = out + outRow * 3
  const o4 = out + outRow * 4
  const o5 = out + outRow * 5
  let c00 = v128.load(out)
  let c01 = v128.load(out, 16)
  let c10 = v128.load(o1)
  let c11 = v128.load(o1, 16)
  let c20 = v128.load(o2)
  let c21 = v128.load(o2, 16)
  let c30 = v128.load(o3)
  let c31 = v128.load(o3, 16)
  let c40 = v128.load(o4)
  let c41 = v128.load(o4, 16)
  let c50 = v128.load(o5)
  let c51 = v128.load(o5, 16)
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
  v128.store(out, c00)
  v128.store(out, c01, 16)
  v128.store(o1, c10)
  v128.store(o1, c11, 16)
  v128.store(o2, c20)
  v128.store(o2, c21, 16)
  v128.store(o3, c30)
  v128.store(o3, c31, 16)
  v128.store(o4, c40)
  v128.store(o4, c41, 16)
  v128.store(o5, c50)
  v128.store(o5, c51, 16)
  if (depth & 1) tile6OneStep(a, aRow, panel, out, outRow)
}

/** Adds one step of depth to six rows by eight columns. */
function tile6OneStep(a: usize, aRow: usize, panel: usize, out: usize, outRow: usize): void {
  for (let i = 0; i < TILE; i++, a += aRow, out += outRow) tile1(a, 0, panel, 1, out)
}

/** Adds to two rows by eight columns. */
function tile2(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outRow: usize,
): void {
  const o1 = out + outRow
  let c00 = v128.load(out)
  let c01 = v128.load(out, 16)
  let c10 = v128.load(o1)
  let c11 = v128.load(o1, 16)
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
  v128.store(out, c00)
  v128.store(out, c01, 16)
  v128.store(o1, c10)
  v128.store(o1, c11, 16)
}

/** Adds to one row by eight columns. */
function tile1(a: usize, aColumn: usize, panel: usize, depth: i32, out: usize): void {
  let c0 = v128.load(out)
  let c1 = v128.load(out, 16)
  const end = panel + (<usize>depth << 5)
  for (; panel < end; panel += 32, a += aColumn) {
    const x = v128.load32_splat(a)
    c0 = multiplyAdd(x, v128.load(panel), c0)
    c1 = multiplyAdd(x, v128.load(panel, 16), c1)
  }
  v128.store(out, c0)
  v128.store(out, c1, 16)
}

/** `height` rows (6, 2 or 1) by eight columns. */
function tile(
  height: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outRow: usize,
): void {
  if (height == TILE) tile6(a, aRow, aColumn, panel, depth, out, outRow)
  else if (height == 2) tile2(a, aRow, aColumn, panel, depth, out, outRow)
  else tile1(a, aColumn, panel, depth, out)
}

/** Adds the first `width` columns of a spilled tile to the result. */
function unspill(spill: usize, out: usize, outRow: usize, height: i32, width: i32): void {
  for (let i = 0; i < height; i++, spill += 32, out += outRow) {
    for (let at: usize = 0; at < <usize>width << 2; at += 4) {
      store<f32>(out + at, load<f32>(out + at) + load<f32>(spill + at))
    }
  }
}

/** `height` rows of the result against all panels of a block. */
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
): void {
  let column = 0
  for (; column + PANEL <= columns; column += PANEL, packed += <usize>depth << 5, out += 32) {
    tile(height, a, aRow, aColumn, packed, depth, out, outRow)
  }
  if (column < columns) {
    memory.fill(spill, 0, SPILL_BYTES)
    tile(height, a, aRow, aColumn, packed, depth, spill, 32)
    unspill(spill, out, outRow, height, columns - column)
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
): void {
  const strip = scratch + SPILL_BYTES
  const packs = aRow == 4 && aColumn > 24 && columns > PANEL
  for (let row = 0, height = 0; row < m; row += height) {
    const left = m - row
    height = left >= TILE ? TILE : left >= 2 ? 2 : 1
    if (packs && height == TILE) {
      packStrip(a, aColumn, depth, strip)
      multiplyStrip(strip, 4, 24, packed, depth, out, outRow, height, columns, scratch)
    } else {
      multiplyStrip(a, aRow, aColumn, packed, depth, out, outRow, height, columns, scratch)
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
  memory.fill(out, 0, <usize>m * outRow)
  for (let column = 0; column < n; column += COLUMNS) {
    const columns = min(COLUMNS, n - column)
    const target = out + (<usize>column << 2)
    for (let start = 0; start < k; start += DEPTH) {
      const depth = min(DEPTH, k - start)
      const bBlock = b + <usize>start * bRowBytes + <usize>column * bColumnBytes
      const aBlock = a + <usize>start * aColumnBytes
      pack(bBlock, bRowBytes, bColumnBytes, columns, depth, packed)
      multiplyBlock(aBlock, aRowBytes, aColumnBytes, packed, depth, target, outRow, m, columns, scratch)
    }
  }
}
