// What each operation does to lanes, in plain loops: the interpreter's arithmetic, and the reference for the emitter.
import type { Operation } from './node.ts'

/** Lanes of one node, seen as float32 and as int32 over the same bytes. */
export interface Lanes {
  readonly float: Float32Array
  readonly int: Int32Array
}

export function createLanes(count: number): Lanes {
  const float = new Float32Array(count)
  return { float, int: new Int32Array(float.buffer) }
}

const TWO_TO_23 = 8_388_608

/** To the nearest integer, ties to even, with the sign of x: beyond 2^23 every float32 is an integer. */
function nearest(x: number): number {
  if (x > 0 && x < TWO_TO_23) return Math.fround(x + TWO_TO_23) - TWO_TO_23
  if (x < 0 && x > -TWO_TO_23) return -(Math.fround(-x + TWO_TO_23) - TWO_TO_23)
  return x
}

/** Towards 0, saturating; NaN gives 0. */
function truncateToInt(x: number): number {
  if (x >= 2_147_483_648) return 2_147_483_647
  if (x < -2_147_483_648) return -2_147_483_648
  return Number.isNaN(x) ? 0 : Math.trunc(x)
}

/**
 * Applies an operation to the first `count` lanes. Storing in a Float32Array rounds once, and a double has bits enough that
 * a sum, product, quotient or root rounded to double first rounds to the same float32.
 */
export function applyOperation(
  operation: Exclude<Operation, 'randomWord' | 'multiplyAdd'>,
  args: readonly Lanes[],
  out: Lanes,
  count: number,
): void {
  const first = args[0]!
  const second = args[1] ?? first
  const third = args[2] ?? first
  const { float: a, int: aInt } = first
  const { float: b, int: bInt } = second
  const { int: cInt } = third
  const { float, int } = out
  switch (operation) {
    case 'add':
      for (let i = 0; i < count; i++) float[i] = a[i]! + b[i]!
      break
    case 'subtract':
      for (let i = 0; i < count; i++) float[i] = a[i]! - b[i]!
      break
    case 'multiply':
      for (let i = 0; i < count; i++) float[i] = a[i]! * b[i]!
      break
    case 'divide':
      for (let i = 0; i < count; i++) float[i] = a[i]! / b[i]!
      break
    case 'minimum':
      for (let i = 0; i < count; i++) float[i] = Math.min(a[i]!, b[i]!)
      break
    case 'maximum':
      for (let i = 0; i < count; i++) float[i] = Math.max(a[i]!, b[i]!)
      break
    case 'pseudoMinimum':
      for (let i = 0; i < count; i++) float[i] = b[i]! < a[i]! ? b[i]! : a[i]!
      break
    case 'pseudoMaximum':
      for (let i = 0; i < count; i++) float[i] = a[i]! < b[i]! ? b[i]! : a[i]!
      break
    case 'negate':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! ^ 0x80000000
      break
    case 'absolute':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! & 0x7fffffff
      break
    case 'sqrt':
      for (let i = 0; i < count; i++) float[i] = Math.sqrt(a[i]!)
      break
    case 'floor':
      for (let i = 0; i < count; i++) float[i] = Math.floor(a[i]!)
      break
    case 'nearest':
      for (let i = 0; i < count; i++) float[i] = nearest(a[i]!)
      break
    case 'addInt':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! + bInt[i]!
      break
    case 'subtractInt':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! - bInt[i]!
      break
    case 'shiftLeft':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! << bInt[i]!
      break
    case 'shiftRight':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! >> bInt[i]!
      break
    case 'shiftRightUnsigned':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! >>> bInt[i]!
      break
    case 'andInt':
    case 'and':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! & bInt[i]!
      break
    case 'orInt':
    case 'or':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! | bInt[i]!
      break
    case 'not':
      for (let i = 0; i < count; i++) int[i] = ~aInt[i]!
      break
    case 'toInt':
      for (let i = 0; i < count; i++) int[i] = truncateToInt(a[i]!)
      break
    case 'toFloat':
      for (let i = 0; i < count; i++) float[i] = aInt[i]!
      break
    case 'bitsOf':
    case 'fromBits':
      for (let i = 0; i < count; i++) int[i] = aInt[i]!
      break
    case 'less':
      for (let i = 0; i < count; i++) int[i] = a[i]! < b[i]! ? -1 : 0
      break
    case 'lessEqual':
      for (let i = 0; i < count; i++) int[i] = a[i]! <= b[i]! ? -1 : 0
      break
    case 'equal':
      for (let i = 0; i < count; i++) int[i] = a[i]! === b[i]! ? -1 : 0
      break
    case 'lessInt':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! < bInt[i]! ? -1 : 0
      break
    case 'equalInt':
      for (let i = 0; i < count; i++) int[i] = aInt[i]! === bInt[i]! ? -1 : 0
      break
    case 'selectFloat':
    case 'selectInt':
      for (let i = 0; i < count; i++) int[i] = (bInt[i]! & aInt[i]!) | (cInt[i]! & ~aInt[i]!)
      break
    default:
      operation satisfies never
  }
}

const constantResult = createLanes(1)
const sumParts = new Float64Array(1)
const sumBits = new BigInt64Array(sumParts.buffer)

/**
 * a * b + c rounded once to float32. The product is exact in double precision; the sum is rounded to odd (Boldo & Melquiond
 * 2008), after which rounding to float32 gives what a single rounding would have.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const product = a * b
  const sum = product + c
  if (!Number.isFinite(sum)) return sum
  // The error of the sum, exactly (Knuth's two-sum).
  const shadow = sum - product
  const error = product - (sum - shadow) + (c - shadow)
  if (error === 0) return Math.fround(sum)
  sumParts[0] = sum
  if ((sumBits[0]! & 1n) === 0n) {
    // One unit of the last place towards the exact sum; the bits of a double grow with its magnitude.
    const outwards = error > 0 === sum > 0
    sumBits[0] = sumBits[0]! + (outwards ? 1n : -1n)
  }
  return Math.fround(sumParts[0]!)
}

/** `multiplyAdd` on lanes: rounded once when `fused`, else the product and the sum each. */
export function applyMultiplyAdd(args: readonly Lanes[], out: Lanes, count: number, fused: boolean): void {
  const [a, b, c] = [args[0]!.float, args[1]!.float, args[2]!.float]
  const { float } = out
  if (fused) for (let i = 0; i < count; i++) float[i] = fusedMultiplyAdd(a[i]!, b[i]!, c[i]!)
  else for (let i = 0; i < count; i++) float[i] = Math.fround(a[i]! * b[i]!) + c[i]!
}

const constantArgs = [createLanes(1), createLanes(1), createLanes(1)]

/** An operation on constants: the bits of its result. */
export function evaluateConstant(
  operation: Exclude<Operation, 'randomWord' | 'multiplyAdd'>,
  bits: readonly (number | undefined)[],
): number {
  bits.forEach((value, i) => {
    constantArgs[i]!.int[0] = value!
  })
  applyOperation(operation, constantArgs, constantResult, 1)
  return constantResult.int[0]!
}
