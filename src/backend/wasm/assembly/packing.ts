// Copies of matrix operands in the order in which the product's tiles read them.
import { PACKED_ROWS, STRIP_STEP } from './tiles'

/** Packs `depth` rows of b as panels of `width` columns, each panel contiguous, missing columns zero. Strides in bytes. */
export function packPanels(
  b: usize,
  bRow: usize,
  bColumn: usize,
  n: i32,
  depth: i32,
  width: i32,
  packed: usize,
): void {
  for (let column = 0; column < n; column += width) {
    const present = min(width, n - column)
    const panel = b + <usize>column * bColumn
    if (present < width) packed = packNumbers(panel, bRow, bColumn, present, depth, width, packed)
    else if (bColumn == 4) packed = packRows(panel, bRow, depth, width, packed)
    else packed = packColumns(panel, bRow, bColumn, depth, width, packed)
  }
}

/** A panel, number by number; returns its end. */
function packNumbers(
  b: usize,
  bRow: usize,
  bColumn: usize,
  present: i32,
  depth: i32,
  width: i32,
  packed: usize,
): usize {
  for (let p = 0; p < depth; p++, b += bRow) {
    let at = b
    for (let j = 0; j < width; j++, at += bColumn, packed += 4) {
      store<f32>(packed, j < present ? load<f32>(at) : 0)
    }
  }
  return packed
}

/** A panel whose columns are adjacent. */
function packRows(b: usize, bRow: usize, depth: i32, width: i32, packed: usize): usize {
  for (let p = 0; p < depth; p++, b += bRow) {
    for (let at: usize = 0; at < <usize>width << 2; at += 16, packed += 16) v128.store(packed, v128.load(b + at))
  }
  return packed
}

/** A panel whose columns are apart: four columns at a time, and of these four steps of depth at a time if they are adjacent. */
function packColumns(b: usize, bRow: usize, bColumn: usize, depth: i32, width: i32, packed: usize): usize {
  const step = <usize>width << 2
  for (let j = 0; j < width; j += 4, b += bColumn * 4, packed += 16) {
    let b0 = b
    let b1 = b0 + bColumn
    let b2 = b1 + bColumn
    let b3 = b2 + bColumn
    let target = packed
    let p = 0
    if (bRow == 4) {
      for (; p + 4 <= depth; p += 4, b0 += 16, b1 += 16, b2 += 16, b3 += 16, target += step * 4) {
        storeTransposed(v128.load(b0), v128.load(b1), v128.load(b2), v128.load(b3), target, step)
      }
    }
    for (; p < depth; p++, b0 += bRow, b1 += bRow, b2 += bRow, b3 += bRow, target += step) {
      store<f32>(target, load<f32>(b0))
      store<f32>(target, load<f32>(b1), 4)
      store<f32>(target, load<f32>(b2), 8)
      store<f32>(target, load<f32>(b3), 12)
    }
  }
  return packed + <usize>(depth - 1) * step
}

/** Stores the columns of the 4 x 4 matrix with rows a, b, c, d. */
// @ts-ignore: decorator
@inline
function storeTransposed(a: v128, b: v128, c: v128, d: v128, out: usize, step: usize): void {
  const lowAB = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const highAB = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const lowCD = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const highCD = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(out, v128.shuffle<f64>(lowAB, lowCD, 0, 2))
  v128.store(out + step, v128.shuffle<f64>(lowAB, lowCD, 1, 3))
  v128.store(out + step * 2, v128.shuffle<f64>(highAB, highCD, 0, 2))
  v128.store(out + step * 3, v128.shuffle<f64>(highAB, highCD, 1, 3))
}

/** One number as `packedTile` wants it: alone, or filling a vector. */
// @ts-ignore: decorator
@inline
function storePacked(strip: usize, row: usize, from: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) store<f32>(strip + row * 4, load<f32>(from))
  else v128.store(strip + row * 16, v128.load32_splat(from))
}

/** Packs rows of a for `packedTile`. Strides in bytes. */
export function packStrip(a: usize, aRow: usize, aColumn: usize, depth: i32, strip: usize): void {
  for (let p = 0; p < depth; p++, a += aColumn, strip += STRIP_STEP) {
    storePacked(strip, 0, a)
    storePacked(strip, 1, a + aRow)
    storePacked(strip, 2, a + aRow * 2)
    if (PACKED_ROWS == 6) {
      storePacked(strip, 3, a + aRow * 3)
      storePacked(strip, 4, a + aRow * 4)
      storePacked(strip, 5, a + aRow * 5)
    }
  }
}
