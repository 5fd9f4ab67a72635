// One call of a kernel for the tests to make on every backend, and what such calls are built from.
import type { Address, Backend } from '../../src/backend/backend.ts'
import { RandomStream } from '../../src/index.ts'

export type NumericArray = Float32Array | Int32Array | Uint32Array | Uint8Array

/** What a call left in memory, and what it returned where that counts: compared array by array. */
export type NumericOutput = readonly NumericArray[]

export interface KernelCase {
  readonly label: string
  /** Allocates inputs in the backend, calls the kernel, reads the outputs back. */
  readonly run: (backend: Backend) => NumericOutput
  /** For a `close` kernel whose sums cancel: differences count relative to this when the value is smaller. */
  readonly scale?: number
}

/** Copies numbers into the backend's memory. */
export function upload(backend: Backend, values: NumericArray): Address {
  const address = backend.arena.allocate(values.byteLength)
  backend.memory.uint8.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address)
  return address
}

/** Room for `count` entries of 4 bytes, filled with a pattern that no kernel would leave by chance. */
export function reserve(backend: Backend, count: number): Address {
  return upload(backend, new Uint32Array(count).fill(0xdeadbeef))
}

export function readFloats(backend: Backend, address: Address, count: number): Float32Array {
  return backend.memory.float32.slice(address >>> 2, (address >>> 2) + count)
}

export function readIntegers(backend: Backend, address: Address, count: number): Int32Array {
  return backend.memory.int32.slice(address >>> 2, (address >>> 2) + count)
}

/** `count` float32 numbers, uniform in [low, high), always the same for one `salt`. */
export function floats(count: number, salt: number, low = -1, high = 1): Float32Array {
  const stream = new RandomStream(salt, `kernel case ${count}`)
  return Float32Array.from({ length: count }, () => low + (high - low) * stream.uniform())
}

/** `count` integers, uniform in [0, bound). */
export function integers(count: number, salt: number, bound: number): Int32Array {
  const stream = new RandomStream(salt, `kernel case ${count}`)
  return Int32Array.from({ length: count }, () => stream.integer(bound))
}

/** The numbers that arithmetic treats specially, and some that it does not. */
export const specials = Float32Array.of(
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1, -1, 0.5, -2.5, 3e38, -3e38],
  ...[1e-40, -1e-40, 1.17549435e-38, 1e-20, 16777216, 255],
)
