// The SIMD instructions of compiled programs, and which of them each operation is (WebAssembly Core Specification 2.0, relaxed SIMD).
import type { Operation } from '../node.ts'

export const simd = {
  load: [0xfd, 0x00],
  loadSplat: [0xfd, 0x09],
  loadZero: [0xfd, 0x5c],
  loadLane: [0xfd, 0x56],
  store: [0xfd, 0x0b],
  storeLane: [0xfd, 0x5a],
} as const

export const lane = {
  replace: 0x1c,
  splat: 0x11,
  and: 0x4e,
  andNot: 0x4f,
  or: 0x50,
  xor: 0x51,
  select: 0x52,
  anyTrue: 0x53,
  bitmask: 0xa4,
  multiply: 0xe6,
  add: 0xe4,
  relaxedMultiplyAdd: 0x105,
} as const

/** Operations that are one instruction on their arguments, in order. */
export const instructionOf: { readonly [operation in Operation]?: number } = {
  add: 0xe4,
  subtract: 0xe5,
  multiply: 0xe6,
  divide: 0xe7,
  minimum: 0xe8,
  maximum: 0xe9,
  pseudoMinimum: 0xea,
  pseudoMaximum: 0xeb,
  sqrt: 0xe3,
  floor: 0x68,
  nearest: 0x6a,
  addInt: 0xae,
  subtractInt: 0xb1,
  andInt: 0x4e,
  orInt: 0x50,
  toInt: 0xf8,
  toFloat: 0xfa,
  less: 0x43,
  lessEqual: 0x45,
  equal: 0x41,
  lessInt: 0x39,
  equalInt: 0x37,
  or: 0x50,
  not: 0x4d,
}

/** Shifts take their amount as an i32. */
export const shiftOf: { readonly [operation in Operation]?: number } = {
  shiftLeft: 0xab,
  shiftRight: 0xac,
  shiftRightUnsigned: 0xad,
}

export const i32 = {
  load: [0x28],
  store: [0x36],
  equalZero: 0x45,
  lessUnsigned: 0x49,
  greaterSigned: 0x4a,
  trailingZeros: 0x68,
  add: 0x6a,
  subtract: 0x6b,
  multiply: 0x6c,
  and: 0x71,
  xor: 0x73,
  shiftLeft: 0x74,
  shiftRightUnsigned: 0x76,
  wrap: 0xa7,
} as const

export const i64 = { extendUnsigned: 0xad, multiply: 0x7e, shiftRightUnsigned: 0x88 } as const

export const f32Store = [0x38] as const
