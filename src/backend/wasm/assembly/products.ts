// The dense matrix product: one way for each class of shapes.
//
// Large products pack both operands into blocks that stay in the caches. Small or skinny ones, where packing the left
// operand would cost more than it saves, read it in place; the right one too if few rows would use what was packed.
// A single row or column packs nothing.
import { packPanels, packStrip } from './packing'
import { multiplyRow } from './rowProducts'
import { COLUMNS, PACKED_COLUMNS, PACKED_ROWS, packedTile, ROWS, tile } from './tiles'

export { listNonZeros } from './nonZeros'
export * from './sparseProducts'
export { packedTile, tile4, tile8, tile12 } from './tiles'

// Scratch (as large as src/backend/scratch.ts says) holds one tile, a strip of packed rows of a, and a packed block of b.
/** Depth and columns of one block of b: a panel of it fits the first cache, all of it (528 KiB) the second. */
const BLOCK_DEPTH: i32 = 256
const BLOCK_COLUMNS: i32 = 528
/** Room for one tile that lies partly outside the result. */
const SPILL_ROW: usize = COLUMNS * 4
const SPILL_BYTES: usize = 192
/** Room for the packed rows of a: at most 48 bytes a step. */
const STRIP_BYTES: usize = 48 * BLOCK_DEPTH

/** A product of at least this size packs its left operand. */
const LARGE_ROWS: i32 = 12
const LARGE_COLUMNS: i32 = 48
const LARGE_DEPTH: i32 = 16
/** One of at most so many rows leaves its right operand in place, if that has adjacent columns. */
const FEW_ROWS: i32 = 16
/** Terms that one sum takes before it is added to the result: a million terms in one float32 are off by a hundredth. */
const LONGEST_DEPTH: i32 = 1024

/** Copies `height` rows of `width` numbers. */
function copyRows(from: usize, fromRow: usize, to: usize, toRow: usize, height: i32, width: i32): void {
  const end = <usize>width << 2
  const vectorEnd = <usize>(width & ~3) << 2
  for (let i = 0; i < height; i++, from += fromRow, to += toRow) {
    let at: usize = 0
    for (; at < vectorEnd; at += 16) v128.store(to + at, v128.load(from + at))
    for (; at < end; at += 4) store<f32>(to + at, load<f32>(from + at))
  }
}

/** Adds to up to three rows by up to twelve columns, the left operand in place. `spill` is room for a whole tile. */
function multiplyTile(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  panelStep: usize,
  depth: i32,
  out: usize,
  outRow: usize,
  height: i32,
  width: i32,
  spill: usize,
): void {
  const a1 = height > 1 ? a + aRow : a
  const a2 = height > 2 ? a1 + aRow : a1
  const spills = (width & 3) != 0
  const target = spills ? spill : out
  const targetRow = spills ? SPILL_ROW : outRow
  const out1 = height > 1 ? target + targetRow : target
  const out2 = height > 2 ? out1 + targetRow : out1
  if (spills) copyRows(out, outRow, spill, SPILL_ROW, height, width)
  tile((width + 3) & ~3, a, a1, a2, aColumn, panel, panelStep, depth, target, out1, out2)
  if (spills) copyRows(spill, SPILL_ROW, out, outRow, height, width)
}

/**
 * Adds to some rows of a block of the product, the left operand in place. The right one's panels of `panelWidth` columns
 * are `panelBytes` apart.
 */
function multiplyInPlace(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  panelStep: usize,
  panelBytes: usize,
  panelWidth: i32,
  depth: i32,
  out: usize,
  outRow: usize,
  m: i32,
  n: i32,
  spill: usize,
): void {
  for (let row = 0; row < m; row += ROWS, a += aRow * ROWS, out += outRow * ROWS) {
    const height = min(ROWS, m - row)
    let from = panel
    let to = out
    for (let column = 0; column < n; column += panelWidth, from += panelBytes, to += <usize>panelWidth << 2) {
      const width = min(panelWidth, n - column)
      multiplyTile(a, aRow, aColumn, from, panelStep, depth, to, outRow, height, width, spill)
    }
  }
}

/** Adds to a block of the product, the left operand packed strip by strip. What fills no packed tile is done in place. */
function multiplyPacked(
  a: usize,
  aRow: usize,
  aColumn: usize,
  packed: usize,
  depth: i32,
  out: usize,
  outRow: usize,
  m: i32,
  n: i32,
  scratch: usize,
): void {
  const strip = scratch + SPILL_BYTES
  const step = <usize>PACKED_COLUMNS * 4
  const panelBytes = <usize>depth * step
  let row = 0
  for (; row + PACKED_ROWS <= m; row += PACKED_ROWS, a += aRow * PACKED_ROWS, out += outRow * PACKED_ROWS) {
    packStrip(a, aRow, aColumn, depth, strip)
    let panel = packed
    let to = out
    let column = 0
    for (; column + PACKED_COLUMNS <= n; column += PACKED_COLUMNS, panel += panelBytes, to += step) {
      packedTile(strip, panel, depth, to, outRow)
    }
    if (column == n) continue
    multiplyInPlace(a, aRow, aColumn, panel, step, 0, COLUMNS, depth, to, outRow, PACKED_ROWS, n - column, scratch)
  }
  if (row == m) return
  multiplyInPlace(a, aRow, aColumn, packed, step, panelBytes, PACKED_COLUMNS, depth, out, outRow, m - row, n, scratch)
}

/** Adds the product, block by block. */
function multiplyBlocks(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  out: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  const large = n >= LARGE_COLUMNS && m >= LARGE_ROWS && k >= LARGE_DEPTH
  const packed = scratch + SPILL_BYTES + STRIP_BYTES
  const outRow = <usize>n << 2
  for (let column = 0; column < n; column += BLOCK_COLUMNS) {
    const columns = min(BLOCK_COLUMNS, n - column)
    const target = out + (<usize>column << 2)
    for (let start = 0; start < k; start += BLOCK_DEPTH) {
      const depth = min(BLOCK_DEPTH, k - start)
      const bBlock = b + <usize>start * bRow + <usize>column * bColumn
      const aBlock = a + <usize>start * aColumn
      packPanels(bBlock, bRow, bColumn, columns, depth, large ? PACKED_COLUMNS : COLUMNS, packed)
      if (large) {
        multiplyPacked(aBlock, aRow, aColumn, packed, depth, target, outRow, m, columns, scratch)
      } else {
        const panelBytes = <usize>depth * COLUMNS * 4
        multiplyInPlace(
          aBlock, aRow, aColumn, packed, COLUMNS * 4, panelBytes, COLUMNS, depth, target, outRow, m, columns, scratch,
        )
      }
    }
  }
}

/** out = `bias` in each row, or zeros for none. */
export function startRows(bias: usize, out: usize, m: i32, n: i32): void {
  const row = <usize>n << 2
  if (bias == 0) memory.fill(out, 0, <usize>m * row)
  else copyRows(bias, 0, out, row, m, n)
}

/** Adds the product of a few rows or columns, of which nothing is packed. */
function multiplyFew(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  out: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  if (n == 1) {
    // A column is the transpose of a row: out^T = b^T a^T.
    multiplyRow(b, bRow, a, aColumn, aRow, out, m, k)
  } else if (m == 1) {
    multiplyRow(a, aColumn, b, bRow, bColumn, out, n, k)
  } else {
    const panel = <usize>COLUMNS << 2
    multiplyInPlace(a, aRow, aColumn, b, bRow, panel, COLUMNS, k, out, <usize>n << 2, m, n, scratch)
  }
}

export function matmul(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  bias: usize,
  out: usize,
  m: i32,
  n: i32,
  k: i32,
  scratch: usize,
): void {
  startRows(bias, out, m, n)
  const aRowBytes = <usize>aRow << 2
  const aColumnBytes = <usize>aColumn << 2
  const bRowBytes = <usize>bRow << 2
  const bColumnBytes = <usize>bColumn << 2
  if (n == 1 || m == 1 || (m <= FEW_ROWS && bColumn == 1 && (n & 3) == 0)) {
    for (let start = 0; start < k; start += LONGEST_DEPTH) {
      multiplyFew(
        a + aColumnBytes * <usize>start, aRowBytes, aColumnBytes, b + bRowBytes * <usize>start, bRowBytes, bColumnBytes,
        out, m, n, min(k - start, LONGEST_DEPTH), scratch,
      )
    }
  } else {
    multiplyBlocks(a, aRowBytes, aColumnBytes, b, bRowBytes, bColumnBytes, out, m, n, k, scratch)
  }
}
