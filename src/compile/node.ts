// The intermediate representation: an elementwise program as a list of nodes, each one operation on float32 or int32 lanes.

/**
 * What a node's lanes hold: a float32, an int32, or a mask, which is all ones where true and all zeros where false.
 */
export type LaneType = 'float' | 'int' | 'mask'

/**
 * The operations, with the type of their result. Arithmetic is IEEE 754 single precision, each operation rounded on its own; `multiplyAdd` alone may
 * be rounded once. Integers wrap at 32 bits.
 */
export const operations = {
  // Float arithmetic. `minimum` and `maximum` give NaN when an operand is NaN, and order -0 before 0; the pseudo ones
  // are `b < a ? b : a` and `a < b ? b : a`, as fast as a single instruction.
  add: 'float',
  subtract: 'float',
  multiply: 'float',
  divide: 'float',
  minimum: 'float',
  maximum: 'float',
  pseudoMinimum: 'float',
  pseudoMaximum: 'float',
  multiplyAdd: 'float',
  negate: 'float',
  absolute: 'float',
  sqrt: 'float',
  floor: 'float',
  nearest: 'float',
  // Integer arithmetic; shifts take a constant amount.
  addInt: 'int',
  subtractInt: 'int',
  shiftLeft: 'int',
  shiftRight: 'int',
  shiftRightUnsigned: 'int',
  andInt: 'int',
  orInt: 'int',
  // Conversions by value (towards 0, saturating, NaN to 0) and by bits.
  toInt: 'int',
  toFloat: 'float',
  bitsOf: 'int',
  fromBits: 'float',
  // Comparisons: false when an operand is NaN.
  less: 'mask',
  lessEqual: 'mask',
  equal: 'mask',
  lessInt: 'mask',
  equalInt: 'mask',
  // Masks.
  and: 'mask',
  or: 'mask',
  not: 'mask',
  /** `[mask, a, b]`: a where the mask is true, b elsewhere. */
  selectFloat: 'float',
  selectInt: 'int',
  /**
   * `[key0, key1, draw, call]`: word i mod 4 of the Philox 4x32-10 block with counters (floor(i / 4), draw, call, 0), i being the
   * index of the entry. The arguments are scalars or constants.
   */
  randomWord: 'int',
} as const satisfies Record<string, LaneType>

export type Operation = keyof typeof operations

/** Operations whose two arguments may be exchanged. */
export const commutative: ReadonlySet<Operation> = new Set<Operation>([
  'add',
  'multiply',
  'minimum',
  'maximum',
  'addInt',
  'andInt',
  'orInt',
  'equal',
  'equalInt',
  'and',
  'or',
])

/** A node refers to others by their place in the list, which comes before its own. */
export type Node =
  /** The entry of an array operand, before anything is stored. */
  | { readonly kind: 'load'; readonly type: 'float' | 'int'; readonly operand: number }
  /** A scalar operand. */
  | { readonly kind: 'scalar'; readonly type: 'float' | 'int'; readonly operand: number }
  /** A constant, as its 32 bits. */
  | { readonly kind: 'constant'; readonly type: LaneType; readonly bits: number }
  | {
      readonly kind: 'operation'
      readonly type: LaneType
      readonly operation: Operation
      readonly args: readonly number[]
    }

const float = new Float32Array(1)
const int = new Int32Array(float.buffer)

/** The bits of a number rounded to float32. */
export function bitsOfFloat(value: number): number {
  float[0] = value
  return int[0]!
}

export function floatOfBits(bits: number): number {
  int[0] = bits
  return float[0]!
}
