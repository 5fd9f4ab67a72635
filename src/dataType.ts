// The types of a tensor's entries: what they take, hold and refuse.
import { describeGiven, InvalidArgumentError } from './errors.ts'

/**
 * What the entries are.
 *
 * @example
 * ```ts
 * import { type DataType, zeros } from 'spikegrad'
 * const dtype: DataType = 'int32'
 * zeros([2], dtype).dtype // 'int32'
 * ```
 */
export type DataType = 'float32' | 'int32' | 'uint8'

/**
 * The typed arrays that hold tensors' entries.
 *
 * @example
 * ```ts
 * import { tensor, type TypedArray } from 'spikegrad'
 * const bytes: TypedArray = Uint8Array.of(1, 2)
 * tensor(bytes).dtype // 'uint8'
 * ```
 */
export type TypedArray = Float32Array | Int32Array | Uint8Array

export const bytesPerEntry: Readonly<Record<DataType, number>> = { float32: 4, int32: 4, uint8: 1 }

/** @throws InvalidArgumentError unless it is one of the types. */
export function checkDataType(operation: string, dtype: DataType): void {
  if (Object.hasOwn(bytesPerEntry, dtype)) return
  throw new InvalidArgumentError(
    `${operation}: a type is one of ${Object.keys(bytesPerEntry).join(', ')}, got ${describeGiven(dtype)}`,
  )
}

/** The least and the greatest integer of a type. */
const integerRanges = { int32: [-(2 ** 31), 2 ** 31 - 1], uint8: [0, 255] } as const

/**
 * Checks numbers that become entries of `dtype`; any number is a float32.
 * @throws InvalidArgumentError for a number that is none of an integer type's.
 */
export function checkRange(operation: string, values: ArrayLike<number>, dtype: DataType): void {
  if (dtype === 'float32' || (values instanceof Int32Array && dtype === 'int32')) return
  if (values instanceof Uint8Array) return
  const [least, greatest] = integerRanges[dtype]
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isInteger(value) && value >= least && value <= greatest) continue
    throw new InvalidArgumentError(
      `${operation}: entries of ${dtype} are integers from ${least} to ${greatest}, got ${value} at position ${i}`,
    )
  }
}

/** @throws InvalidArgumentError for an array of another type. */
export function dataTypeOf(data: TypedArray): DataType {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Int32Array) return 'int32'
  if (data instanceof Uint8Array) return 'uint8'
  throw new InvalidArgumentError('tensor: a typed array is a Float32Array, an Int32Array or a Uint8Array')
}
