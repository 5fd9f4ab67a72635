// Elementwise kernels: four lanes at a time, then a scalar tail; an inlined function with a constant operator each.
import { expLanes, logLanes } from './exponentials'

const ADD: i32 = 0
const SUBTRACT: i32 = 1
const MULTIPLY: i32 = 2
const DIVIDE: i32 = 3

const NEGATE: i32 = 0
const SQRT: i32 = 1
const EXP: i32 = 2
const LOG: i32 = 3
const RELU: i32 = 4

export function fill(out: usize, n: i32, value: f32): void {
  const end = out + (<usize>n << 2)
  const vectorEnd = out + (<usize>(n & ~3) << 2)
  const lanes = f32x4.splat(value)
  for (; out < vectorEnd; out += 16) v128.store(out, lanes)
  for (; out < end; out += 4) store<f32>(out, value)
}

export function copy(x: usize, out: usize, n: i32): void {
  memory.copy(out, x, <usize>n << 2)
}

// @ts-ignore: decorator
@inline
function combineLanes(operator: i32, a: v128, b: v128): v128 {
  if (operator == ADD) return f32x4.add(a, b)
  if (operator == SUBTRACT) return f32x4.sub(a, b)
  if (operator == MULTIPLY) return f32x4.mul(a, b)
  return f32x4.div(a, b)
}

// @ts-ignore: decorator
@inline
function combine(operator: i32, a: f32, b: f32): f32 {
  if (operator == ADD) return a + b
  if (operator == SUBTRACT) return a - b
  if (operator == MULTIPLY) return a * b
  return a / b
}

/** One row of a binary kernel; `aStep` and `bStep` are 4, or 0 for an operand that is one number all along. */
// @ts-ignore: decorator
@inline
function binaryRow(operator: i32, a: usize, aStep: usize, b: usize, bStep: usize, out: usize, n: i32): void {
  const end = out + (<usize>n << 2)
  const vectorEnd = out + (<usize>(n & ~3) << 2)
  if (aStep != 0 && bStep != 0) {
    for (; out < vectorEnd; out += 16, a += 16, b += 16) {
      v128.store(out, combineLanes(operator, v128.load(a), v128.load(b)))
    }
  } else if (aStep != 0) {
    const lanes = v128.load32_splat(b)
    for (; out < vectorEnd; out += 16, a += 16) v128.store(out, combineLanes(operator, v128.load(a), lanes))
  } else if (bStep != 0) {
    const lanes = v128.load32_splat(a)
    for (; out < vectorEnd; out += 16, b += 16) v128.store(out, combineLanes(operator, lanes, v128.load(b)))
  }
  for (; out < end; out += 4, a += aStep, b += bStep) {
    store<f32>(out, combine(operator, load<f32>(a), load<f32>(b)))
  }
}

// @ts-ignore: decorator
@inline
function binary(
  operator: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  let rowCount = rows
  let width = columns
  if (aColumn == 1 && bColumn == 1 && aRow == columns && bRow == columns) {
    width = rows * columns
    rowCount = 1
  }
  const aStep = <usize>aColumn << 2
  const bStep = <usize>bColumn << 2
  for (let row = 0; row < rowCount; row++) {
    binaryRow(operator, a, aStep, b, bStep, out, width)
    a += <usize>aRow << 2
    b += <usize>bRow << 2
    out += <usize>width << 2
  }
}

export function add(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  binary(ADD, a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

export function subtract(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  binary(SUBTRACT, a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

export function multiply(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  binary(MULTIPLY, a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

export function divide(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  binary(DIVIDE, a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

// @ts-ignore: decorator
@inline
function mapLanes(operator: i32, x: v128): v128 {
  if (operator == NEGATE) return f32x4.neg(x)
  if (operator == SQRT) return f32x4.sqrt(x)
  if (operator == EXP) return expLanes(x)
  if (operator == LOG) return logLanes(x)
  return f32x4.max(x, f32x4.splat(0))
}

// @ts-ignore: decorator
@inline
function unary(operator: i32, x: usize, out: usize, n: i32): void {
  const end = out + (<usize>n << 2)
  const vectorEnd = out + (<usize>(n & ~3) << 2)
  for (; out < vectorEnd; out += 16, x += 16) v128.store(out, mapLanes(operator, v128.load(x)))
  for (; out < end; out += 4, x += 4) {
    store<f32>(out, f32x4.extract_lane(mapLanes(operator, v128.load32_splat(x)), 0))
  }
}

export function negate(x: usize, out: usize, n: i32): void {
  unary(NEGATE, x, out, n)
}

export function sqrt(x: usize, out: usize, n: i32): void {
  unary(SQRT, x, out, n)
}

export function exp(x: usize, out: usize, n: i32): void {
  unary(EXP, x, out, n)
}

export function log(x: usize, out: usize, n: i32): void {
  unary(LOG, x, out, n)
}

export function relu(x: usize, out: usize, n: i32): void {
  unary(RELU, x, out, n)
}

export function reluGradient(x: usize, gradient: usize, out: usize, n: i32): void {
  const end = out + (<usize>n << 2)
  const vectorEnd = out + (<usize>(n & ~3) << 2)
  const zero = f32x4.splat(0)
  for (; out < vectorEnd; out += 16, x += 16, gradient += 16) {
    v128.store(out, v128.and(v128.load(gradient), f32x4.gt(v128.load(x), zero)))
  }
  for (; out < end; out += 4, x += 4, gradient += 4) {
    store<f32>(out, load<f32>(x) > 0 ? load<f32>(gradient) : 0)
  }
}
