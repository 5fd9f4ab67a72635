// A checkpoint as a file: its checksum, its format, and how its arrays compare with the tensors they are for.
import { inspectSafetensors, type StoredTensor } from '../data/safetensors.ts'
import { FileFormatError, InvalidArgumentError } from '../errors.ts'
import { formatShape, sameShape } from '../shape.ts'
import type { DataType, Tensor } from '../tensor.ts'
import { crc32 } from './crc32.ts'

export const FORMAT = 'spikegrad checkpoint 2'
/** A file begins so after its length, whatever it holds; eight hexadecimal digits follow. */
const CHECKSUM_PREFIX = '{"__metadata__":{"checksum":"'
const CHECKSUM_START = 8 + CHECKSUM_PREFIX.length
const CHECKSUM_END = CHECKSUM_START + 8
const NO_CHECKSUM = '00000000'

const dtypes: Readonly<Record<DataType, string>> = { float32: 'F32', int32: 'I32', uint8: 'U8' }

/** A checkpoint whose bytes are those that were written; what they mean is not checked yet. */
export interface CheckpointFile {
  /** What to call it in an error. */
  readonly name: string
  readonly tensors: ReadonlyMap<string, StoredTensor>
  readonly metadata: Readonly<Record<string, string>>
}

/** Puts into a file the checksum that it was written without. */
export function withChecksum(write: (checksum: string) => Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const file = write(NO_CHECKSUM)
  file.set(new TextEncoder().encode(hexadecimal(crc32(file))), CHECKSUM_START)
  return file
}

/**
 * Reads a file, without copying its arrays: its header first, which has the format's limit and says how long the file is.
 * @throws FileFormatError when it is not whole, or no checkpoint.
 */
export function readCheckpoint(bytes: Uint8Array, name: string): CheckpointFile {
  // Copies, because a decoder refuses shared memory.
  if (new TextDecoder().decode(bytes.slice(8, CHECKSUM_START)) !== CHECKSUM_PREFIX) {
    throw new FileFormatError(
      `${name} is not a checkpoint of spikegrad: expected it to begin with a checksum`,
    )
  }
  const { tensors, metadata } = inspectSafetensors(bytes, name)
  checkChecksum(bytes, name)
  if (metadata.format !== FORMAT) {
    throw new FileFormatError(
      `${name}: expected the format "${FORMAT}", found ${JSON.stringify(metadata.format)}`,
    )
  }
  return { name, tensors, metadata }
}

function checkChecksum(bytes: Uint8Array, name: string): void {
  const found = new TextDecoder().decode(bytes.slice(CHECKSUM_START, CHECKSUM_END))
  const before = crc32(new TextEncoder().encode(NO_CHECKSUM), crc32(bytes.subarray(0, CHECKSUM_START)))
  const expected = hexadecimal(crc32(bytes.subarray(CHECKSUM_END), before))
  if (found !== expected) {
    throw new FileFormatError(
      `${name} is truncated or was altered: its bytes have the checksum ${expected}, it says ${found}`,
    )
  }
}

function hexadecimal(checksum: number): string {
  return checksum.toString(16).padStart(8, '0')
}

/**
 * Reads what a checkpoint holds as JSON.
 * @throws InvalidArgumentError when it was saved without.
 * @throws FileFormatError when it is no JSON.
 */
export function readJson({ metadata, name }: CheckpointFile, key: string): unknown {
  const text = metadata[key]
  if (text === undefined) throw new InvalidArgumentError(`${name}: it was saved without "${key}"`)
  try {
    const value: unknown = JSON.parse(text)
    if (value !== null) return value
  } catch (error) {
    throw new FileFormatError(`${name}: expected "${key}" in the metadata to be JSON`, { cause: error })
  }
  throw new FileFormatError(`${name}: expected "${key}" in the metadata to be something, found null`)
}

/**
 * Compares the arrays of a file with the tensors they are for.
 * @throws InvalidArgumentError when one is missing, has another shape or type, or nobody knows it.
 */
export function checkStored(own: ReadonlyMap<string, Tensor>, { tensors, name }: CheckpointFile): void {
  const missing = [...own.keys()].filter(key => !tensors.has(key))
  // A file may hold an optimiser that nobody asks for.
  const asked = [...own.keys()].some(key => key.startsWith('optimiser.'))
  const unknown = [...tensors.keys()].filter(key => !own.has(key) && (asked || !key.startsWith('optimiser.')))
  if (missing.length > 0 || unknown.length > 0) {
    throw new InvalidArgumentError(
      `${name} is of another topology: missing [${missing.join(', ')}], unknown [${unknown.join(', ')}]`,
    )
  }
  for (const [key, { shape, dtype }] of own) {
    const found = tensors.get(key)!
    if (sameShape(found.shape, shape) && found.dtype === dtypes[dtype]) continue
    throw new InvalidArgumentError(
      `${name} is of another topology: "${key}" is ${dtypes[dtype]} ${formatShape(shape)}, ` +
        `found ${found.dtype} ${formatShape(found.shape)}`,
    )
  }
}
