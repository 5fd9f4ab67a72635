// What the writer and the reader of safetensors share: the array types, and the constants of the format.

/**
 * The array types a file can hold here; each has one dtype of the format.
 *
 * @example
 * ```ts
 * import { encodeSafetensors, type SafetensorsData } from 'spikegrad'
 * const data: SafetensorsData = Int8Array.of(-1, 2)
 * encodeSafetensors([{ name: 'x', shape: [2], data }]).length % 8 // 2
 * ```
 */
export type SafetensorsData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint16Array
  | Uint32Array

/**
 * A named array, row-major; `shape` multiplies to the length of `data`.
 *
 * @example
 * ```ts
 * import { encodeSafetensors, type NamedTensor } from 'spikegrad'
 * const bias: NamedTensor = { name: 'bias', shape: [2], data: Float32Array.of(0.5, 1) }
 * encodeSafetensors([bias]) instanceof Uint8Array // true
 * ```
 */
export interface NamedTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: SafetensorsData
}

export interface Dtype {
  readonly bytes: number
  readonly create: (buffer: ArrayBuffer) => SafetensorsData
}

export const dtypes: ReadonlyMap<string, Dtype> = new Map([
  ['F64', { bytes: 8, create: buffer => new Float64Array(buffer) }],
  ['F32', { bytes: 4, create: buffer => new Float32Array(buffer) }],
  ['I32', { bytes: 4, create: buffer => new Int32Array(buffer) }],
  ['U32', { bytes: 4, create: buffer => new Uint32Array(buffer) }],
  ['I16', { bytes: 2, create: buffer => new Int16Array(buffer) }],
  ['U16', { bytes: 2, create: buffer => new Uint16Array(buffer) }],
  ['I8', { bytes: 1, create: buffer => new Int8Array(buffer) }],
  ['U8', { bytes: 1, create: buffer => new Uint8Array(buffer) }],
] satisfies [string, Dtype][])

export const METADATA = '__metadata__'
export const LENGTH_BYTES = 8
/** The format's own limit on a header. */
export const MAXIMUM_HEADER_BYTES = 100_000_000

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}
