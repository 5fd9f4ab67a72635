// Register tiles of the dense product: a few rows by a few vectors of the result, held while the depth is walked.
//
// What decides their speed is how the engine compiles the loop. One step of depth a turn: with two, the optimiser moves
// the second step's loads up and accumulators go to memory, a third slower. With multiply and add apart a product needs a
// register for itself, so 3 x 12 (nine accumulators) is the best shape for fifteen registers; fused, 6 x 8 (twelve) is.
// All add to what out holds. Strides are in bytes.
//
// The module exports them, though only the product calls them: the optimiser would move a function with one caller into
// it, where the loop runs out of registers and takes twice the time.
import { multiplyAdd } from './simd'

/** Most rows and columns of a tile whose left operand is read in place. */
export const ROWS: i32 = 3
export const COLUMNS: i32 = 12

/** Rows and columns of the tile whose left operand is packed. */
export const PACKED_ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 3
export const PACKED_COLUMNS: i32 = ASC_FEATURE_RELAXED_SIMD ? 8 : 12
/** Bytes of one step of depth of the packed left operand. */
export const STRIP_STEP: usize = ASC_FEATURE_RELAXED_SIMD ? 24 : 48

/** Three rows by twelve columns. */
export function tile12(a0: usize, a1: usize, a2: usize, aStep: usize, panel: usize, panelStep: usize, depth: i32, out0: usize, out1: usize, out2: usize): void {
  let c00 = v128.load(out0)
  let c01 = v128.load(out0, 16)
  let c02 = v128.load(out0, 32)
  let c10 = v128.load(out1)
  let c11 = v128.load(out1, 16)
  let c12 = v128.load(out1, 32)
  let c20 = v128.load(out2)
  let c21 = v128.load(out2, 16)
  let c22 = v128.load(out2, 32)
  for (; depth > 0; depth--) {
    const b0 = v128.load(panel)
    const b1 = v128.load(panel, 16)
    const b2 = v128.load(panel, 32)
    let x = v128.load32_splat(a0)
    c00 = multiplyAdd(x, b0, c00)
    c01 = multiplyAdd(x, b1, c01)
    c02 = multiplyAdd(x, b2, c02)
    x = v128.load32_splat(a1)
    c10 = multiplyAdd(x, b0, c10)
    c11 = multiplyAdd(x, b1, c11)
    c12 = multiplyAdd(x, b2, c12)
    x = v128.load32_splat(a2)
    c20 = multiplyAdd(x, b0, c20)
    c21 = multiplyAdd(x, b1, c21)
    c22 = multiplyAdd(x, b2, c22)
    a0 += aStep
    a1 += aStep
    a2 += aStep
    panel += panelStep
  }
  v128.store(out0, c00)
  v128.store(out0, c01, 16)
  v128.store(out0, c02, 32)
  v128.store(out1, c10)
  v128.store(out1, c11, 16)
  v128.store(out1, c12, 32)
  v128.store(out2, c20)
  v128.store(out2, c21, 16)
  v128.store(out2, c22, 32)
}

/** Three rows by eight columns. */
export function tile8(a0: usize, a1: usize, a2: usize, aStep: usize, panel: usize, panelStep: usize, depth: i32, out0: usize, out1: usize, out2: usize): void {
  let c00 = v128.load(out0)
  let c01 = v128.load(out0, 16)
  let c10 = v128.load(out1)
  let c11 = v128.load(out1, 16)
  let c20 = v128.load(out2)
  let c21 = v128.load(out2, 16)
  for (; depth > 0; depth--) {
    const b0 = v128.load(panel)
    const b1 = v128.load(panel, 16)
    let x = v128.load32_splat(a0)
    c00 = multiplyAdd(x, b0, c00)
    c01 = multiplyAdd(x, b1, c01)
    x = v128.load32_splat(a1)
    c10 = multiplyAdd(x, b0, c10)
    c11 = multiplyAdd(x, b1, c11)
    x = v128.load32_splat(a2)
    c20 = multiplyAdd(x, b0, c20)
    c21 = multiplyAdd(x, b1, c21)
    a0 += aStep
    a1 += aStep
    a2 += aStep
    panel += panelStep
  }
  v128.store(out0, c00)
  v128.store(out0, c01, 16)
  v128.store(out1, c10)
  v128.store(out1, c11, 16)
  v128.store(out2, c20)
  v128.store(out2, c21, 16)
}

/** Three rows by four columns. */
export function tile4(a0: usize, a1: usize, a2: usize, aStep: usize, panel: usize, panelStep: usize, depth: i32, out0: usize, out1: usize, out2: usize): void {
  let c00 = v128.load(out0)
  let c10 = v128.load(out1)
  let c20 = v128.load(out2)
  for (; depth > 0; depth--) {
    const b0 = v128.load(panel)
    let x = v128.load32_splat(a0)
    c00 = multiplyAdd(x, b0, c00)
    x = v128.load32_splat(a1)
    c10 = multiplyAdd(x, b0, c10)
    x = v128.load32_splat(a2)
    c20 = multiplyAdd(x, b0, c20)
    a0 += aStep
    a1 += aStep
    a2 += aStep
    panel += panelStep
  }
  v128.store(out0, c00)
  v128.store(out1, c10)
  v128.store(out2, c20)
}

/**
 * Up to three rows by four, eight or twelve columns. Rows of the left operand begin at a0, a1, a2 and rows of the result at
 * out0, out1, out2; a missing row is given as another one twice. Rows of the right operand are `panelStep` apart.
 */
// @ts-ignore: decorator
@inline
export function tile(width: i32, a0: usize, a1: usize, a2: usize, aStep: usize, panel: usize, panelStep: usize, depth: i32, out0: usize, out1: usize, out2: usize): void {
  if (width == 12) tile12(a0, a1, a2, aStep, panel, panelStep, depth, out0, out1, out2)
  else if (width == 8) tile8(a0, a1, a2, aStep, panel, panelStep, depth, out0, out1, out2)
  else tile4(a0, a1, a2, aStep, panel, panelStep, depth, out0, out1, out2)
}

/** Three rows by twelve columns; every number of the strip fills a vector. One index walks both operands. */
function tile3(strip: usize, panel: usize, depth: i32, out: usize, outRow: usize): void {
  const out1 = out + outRow
  const out2 = out1 + outRow
  let c00 = v128.load(out)
  let c01 = v128.load(out, 16)
  let c02 = v128.load(out, 32)
  let c10 = v128.load(out1)
  let c11 = v128.load(out1, 16)
  let c12 = v128.load(out1, 32)
  let c20 = v128.load(out2)
  let c21 = v128.load(out2, 16)
  let c22 = v128.load(out2, 32)
  const end = <usize>depth * STRIP_STEP
  for (let at: usize = 0; at < end; at += STRIP_STEP) {
    const b0 = v128.load(panel + at)
    const b1 = v128.load(panel + at, 16)
    const b2 = v128.load(panel + at, 32)
    let x = v128.load(strip + at)
    c00 = multiplyAdd(x, b0, c00)
    c01 = multiplyAdd(x, b1, c01)
    c02 = multiplyAdd(x, b2, c02)
    x = v128.load(strip + at, 16)
    c10 = multiplyAdd(x, b0, c10)
    c11 = multiplyAdd(x, b1, c11)
    c12 = multiplyAdd(x, b2, c12)
    x = v128.load(strip + at, 32)
    c20 = multiplyAdd(x, b0, c20)
    c21 = multiplyAdd(x, b1, c21)
    c22 = multiplyAdd(x, b2, c22)
  }
  v128.store(out, c00)
  v128.store(out, c01, 16)
  v128.store(out, c02, 32)
  v128.store(out1, c10)
  v128.store(out1, c11, 16)
  v128.store(out1, c12, 32)
  v128.store(out2, c20)
  v128.store(out2, c21, 16)
  v128.store(out2, c22, 32)
}

/** Six rows by eight columns. */
function tile6(strip: usize, panel: usize, depth: i32, out: usize, outRow: usize): void {
  const out1 = out + outRow
  const out2 = out1 + outRow
  const out3 = out2 + outRow
  const out4 = out3 + outRow
  const out5 = out4 + outRow
  let c00 = v128.load(out)
  let c01 = v128.load(out, 16)
  let c10 = v128.load(out1)
  let c11 = v128.load(out1, 16)
  let c20 = v128.load(out2)
  let c21 = v128.load(out2, 16)
  let c30 = v128.load(out3)
  let c31 = v128.load(out3, 16)
  let c40 = v128.load(out4)
  let c41 = v128.load(out4, 16)
  let c50 = v128.load(out5)
  let c51 = v128.load(out5, 16)
  const end = panel + (<usize>depth << 5)
  for (; panel < end; panel += 32) {
    const b0 = v128.load(panel)
    const b1 = v128.load(panel, 16)
    let x = v128.load32_splat(strip)
    c00 = multiplyAdd(x, b0, c00)
    c01 = multiplyAdd(x, b1, c01)
    x = v128.load32_splat(strip, 4)
    c10 = multiplyAdd(x, b0, c10)
    c11 = multiplyAdd(x, b1, c11)
    x = v128.load32_splat(strip, 8)
    c20 = multiplyAdd(x, b0, c20)
    c21 = multiplyAdd(x, b1, c21)
    x = v128.load32_splat(strip, 12)
    c30 = multiplyAdd(x, b0, c30)
    c31 = multiplyAdd(x, b1, c31)
    x = v128.load32_splat(strip, 16)
    c40 = multiplyAdd(x, b0, c40)
    c41 = multiplyAdd(x, b1, c41)
    x = v128.load32_splat(strip, 20)
    c50 = multiplyAdd(x, b0, c50)
    c51 = multiplyAdd(x, b1, c51)
    strip += STRIP_STEP
  }
  v128.store(out, c00)
  v128.store(out, c01, 16)
  v128.store(out1, c10)
  v128.store(out1, c11, 16)
  v128.store(out2, c20)
  v128.store(out2, c21, 16)
  v128.store(out3, c30)
  v128.store(out3, c31, 16)
  v128.store(out4, c40)
  v128.store(out4, c41, 16)
  v128.store(out5, c50)
  v128.store(out5, c51, 16)
}

/** `PACKED_ROWS` rows by `PACKED_COLUMNS` columns, both operands packed. */
export function packedTile(strip: usize, panel: usize, depth: i32, out: usize, outRow: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile6(strip, panel, depth, out, outRow)
  else tile3(strip, panel, depth, out, outRow)
}
