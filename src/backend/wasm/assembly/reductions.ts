// Reductions over the middle axis of [outer, length, inner]: across lanes when inner is 1, else a lane per column. Long
// sums are taken up in float64 block by block: a million terms in one float32 are off by a hundredth.

const SUM: i32 = 0
const MAX: i32 = 1
const MIN: i32 = 2

// @ts-ignore: decorator
@inline
function identity(operator: i32): f32 {
  if (operator == SUM) return 0
  return operator == MAX ? f32.NEGATIVE_INFINITY : f32.POSITIVE_INFINITY
}

// @ts-ignore: decorator
@inline
function mergeLanes(operator: i32, a: v128, b: v128): v128 {
  if (operator == SUM) return f32x4.add(a, b)
  return operator == MAX ? f32x4.max(a, b) : f32x4.min(a, b)
}

// @ts-ignore: decorator
@inline
function merge(operator: i32, a: f32, b: f32): f32 {
  if (operator == SUM) return a + b
  return operator == MAX ? max<f32>(a, b) : min<f32>(a, b)
}

/** Reduces n contiguous numbers to one. */
// @ts-ignore: decorator
@inline
function reduceRow(operator: i32, x: usize, n: i32): f32 {
  const end = x + (<usize>n << 2)
  const blockEnd = x + (<usize>(n & ~15) << 2)
  let lanes0 = f32x4.splat(identity(operator))
  let lanes1 = lanes0
  let lanes2 = lanes0
  let lanes3 = lanes0
  for (; x < blockEnd; x += 64) {
    lanes0 = mergeLanes(operator, lanes0, v128.load(x))
    lanes1 = mergeLanes(operator, lanes1, v128.load(x, 16))
    lanes2 = mergeLanes(operator, lanes2, v128.load(x, 32))
    lanes3 = mergeLanes(operator, lanes3, v128.load(x, 48))
  }
  lanes0 = mergeLanes(operator, mergeLanes(operator, lanes0, lanes1), mergeLanes(operator, lanes2, lanes3))
  const left = merge(operator, f32x4.extract_lane(lanes0, 0), f32x4.extract_lane(lanes0, 1))
  const right = merge(operator, f32x4.extract_lane(lanes0, 2), f32x4.extract_lane(lanes0, 3))
  let result = merge(operator, left, right)
  for (; x < end; x += 4) result = merge(operator, result, load<f32>(x))
  return result
}

/** Reduces `columns` columns of `length` rows, `stride` bytes apart: sixteen columns at a time, then four, then one. */
// @ts-ignore: decorator
@inline
function reduceColumns(operator: i32, x: usize, out: usize, length: i32, columns: i32, stride: usize): void {
  const start = f32x4.splat(identity(operator))
  let column = 0
  for (; column + 16 <= columns; column += 16, x += 64, out += 64) {
    let lanes0 = start
    let lanes1 = start
    let lanes2 = start
    let lanes3 = start
    let at = x
    for (let i = 0; i < length; i++, at += stride) {
      lanes0 = mergeLanes(operator, lanes0, v128.load(at))
      lanes1 = mergeLanes(operator, lanes1, v128.load(at, 16))
      lanes2 = mergeLanes(operator, lanes2, v128.load(at, 32))
      lanes3 = mergeLanes(operator, lanes3, v128.load(at, 48))
    }
    v128.store(out, lanes0)
    v128.store(out, lanes1, 16)
    v128.store(out, lanes2, 32)
    v128.store(out, lanes3, 48)
  }
  for (; column + 4 <= columns; column += 4, x += 16, out += 16) {
    let lanes = start
    let at = x
    for (let i = 0; i < length; i++, at += stride) lanes = mergeLanes(operator, lanes, v128.load(at))
    v128.store(out, lanes)
  }
  for (; column < columns; column++, x += 4, out += 4) {
    let result = identity(operator)
    let at = x
    for (let i = 0; i < length; i++, at += stride) result = merge(operator, result, load<f32>(at))
    store<f32>(out, result)
  }
}

/** Terms of a row, and rows of a column, that a sum adds in float32 before a total in float64 takes them. */
const TERMS: i32 = 1024
const ROWS: i32 = 256

/** The sum of n contiguous numbers. */
// @ts-ignore: decorator
@inline
function sumRow(x: usize, n: i32): f32 {
  let total: f64 = 0
  for (; n > TERMS; n -= TERMS, x += TERMS << 2) total += <f64>reduceRow(SUM, x, TERMS)
  return <f32>(total + <f64>reduceRow(SUM, x, n))
}

/** Sums of sixteen columns of a block of rows, and their totals in float64. */
const blockSums = memory.data(64, 16)
const totals = memory.data(128, 16)

/** Sums each column of x [length, inner], sixteen at a time. */
function sumLongColumns(x: usize, out: usize, length: i32, inner: i32): void {
  const stride = <usize>inner << 2
  for (let column = 0; column < inner; column += 16, x += 64, out += 64) {
    const columns = min(inner - column, 16)
    memory.fill(totals, 0, 128)
    for (let row = 0; row < length; row += ROWS) {
      reduceColumns(SUM, x + stride * <usize>row, blockSums, min(length - row, ROWS), columns, stride)
      for (let i: usize = 0; i < <usize>columns; i++) {
        const total = totals + (i << 3)
        store<f64>(total, load<f64>(total) + <f64>load<f32>(blockSums + (i << 2)))
      }
    }
    for (let i: usize = 0; i < <usize>columns; i++) store<f32>(out + (i << 2), <f32>load<f64>(totals + (i << 3)))
  }
}

// @ts-ignore: decorator
@inline
function reduce(operator: i32, x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const step = (<usize>length * <usize>inner) << 2
  for (let i = 0; i < outer; i++, x += step, out += <usize>inner << 2) {
    if (inner == 1) store<f32>(out, reduceRow(operator, x, length))
    else reduceColumns(operator, x, out, length, inner, <usize>inner << 2)
  }
}

export function sum(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const stride = <usize>inner << 2
  for (let i = 0; i < outer; i++, x += stride * <usize>length, out += stride) {
    if (inner == 1) store<f32>(out, sumRow(x, length))
    else if (length <= ROWS) reduceColumns(SUM, x, out, length, inner, stride)
    else sumLongColumns(x, out, length, inner)
  }
}

/** The module already has builtins called max and min; the contract's names are given at the export. */
function maximum(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  reduce(MAX, x, out, outer, length, inner)
}
export { maximum as max }

function minimum(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  reduce(MIN, x, out, outer, length, inner)
}
export { minimum as min }

/** Whether an entry is the result: equal to it, or NaN as it is. */
// @ts-ignore: decorator
@inline
function isExtreme(value: f32, extreme: f32): bool {
  return value == extreme || (value != value && extreme != extreme)
}

export function maxGradient(
  x: usize,
  maximum: usize,
  gradient: usize,
  out: usize,
  outer: i32,
  length: i32,
  inner: i32,
): void {
  const stride = <usize>inner << 2
  for (let i = 0; i < outer; i++) {
    for (let column = 0; column < inner; column++, maximum += 4, gradient += 4) {
      const largest = load<f32>(maximum)
      const start = ((<usize>i * <usize>length * <usize>inner) << 2) + (<usize>column << 2)
      let ties = 0
      let at = start
      for (let j = 0; j < length; j++, at += stride) ties += i32(isExtreme(load<f32>(x + at), largest))
      const share = load<f32>(gradient) / <f32>ties
      at = start
      for (let j = 0; j < length; j++, at += stride) {
        store<f32>(out + at, isExtreme(load<f32>(x + at), largest) ? share : 0)
      }
    }
  }
}

export function argmax(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  const stride = <usize>inner << 2
  for (let i = 0; i < outer; i++, x += stride * <usize>length) {
    for (let column: usize = 0; column < stride; column += 4, out += 4) {
      let at = x + column
      let index = 0
      while (index < length - 1 && load<f32>(at) != load<f32>(at)) {
        index++
        at += stride
      }
      let best = load<f32>(at)
      for (let j = index + 1; j < length; j++) {
        at += stride
        const value = load<f32>(at)
        if (value > best) {
          best = value
          index = j
        }
      }
      if (best != best) index = 0
      store<i32>(out, index)
    }
  }
}
