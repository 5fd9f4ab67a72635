// Reads safetensors, strictly: a header within the file's own length, and offsets that cover the data.
import { FileFormatError } from '../errors.ts'
import {
  type Dtype,
  dtypes,
  elementCount,
  LENGTH_BYTES,
  MAXIMUM_HEADER_BYTES,
  METADATA,
  type NamedTensor,
} from './safetensorsFormat.ts'

/**
 * The arrays of a file by name, and its metadata.
 *
 * @example
 * ```ts
 * import { decodeSafetensors, encodeSafetensors, type SafetensorsFile } from 'spikegrad'
 * const file: SafetensorsFile = decodeSafetensors(encodeSafetensors([], { epoch: '3' }))
 * file.metadata // { epoch: '3' }
 * ```
 */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, NamedTensor>
  readonly metadata: Readonly<Record<string, string>>
}

/** A tensor's entry in the header, checked. */
interface Entry {
  readonly name: string
  readonly dtype: Dtype
  readonly dtypeText: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCountList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(item => Number.isSafeInteger(item) && item >= 0)
}

/** The header as text, its length checked before any of it is decoded. */
function readHeader(bytes: Uint8Array, name: string): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < LENGTH_BYTES) {
    throw new FileFormatError(
      `${name} is not a safetensors file: expected 8 bytes of length, found ${bytes.length} in all`,
    )
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true)
  const limit = Math.min(MAXIMUM_HEADER_BYTES, bytes.length - LENGTH_BYTES)
  if (length > limit) {
    throw new FileFormatError(
      `${name} is not a safetensors file or is truncated: expected a header of at most ${limit} bytes, found a length of ${length}`,
    )
  }
  const dataStart = LENGTH_BYTES + Number(length)
  let header: unknown
  try {
    // A copy, because a decoder refuses shared memory.
    header = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.slice(LENGTH_BYTES, dataStart)),
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new FileFormatError(`${name}: expected a header of JSON in UTF-8, found: ${reason}`, {
      cause: error,
    })
  }
  if (!isRecord(header)) {
    throw new FileFormatError(`${name}: expected the header to be an object, found ${JSON.stringify(header)}`)
  }
  return { header, dataStart }
}

function readEntry(tensor: string, value: unknown, dataBytes: number, file: string): Entry {
  const where = `${file}: tensor "${tensor}"`
  if (!isRecord(value)) throw new FileFormatError(`${where}: expected an object, found ${typeof value}`)
  const { dtype: dtypeText, shape, data_offsets: offsets } = value
  const dtype = typeof dtypeText === 'string' ? dtypes.get(dtypeText) : undefined
  if (dtype === undefined) {
    throw new FileFormatError(
      `${where}: expected a dtype of ${[...dtypes.keys()].join(', ')}, found ${JSON.stringify(dtypeText)}`,
    )
  }
  if (!isCountList(shape)) {
    throw new FileFormatError(`${where}: expected a shape of whole numbers, found ${JSON.stringify(shape)}`)
  }
  const [begin, end] = isCountList(offsets) && offsets.length === 2 ? offsets : [1, 0]
  if (begin! > end! || end! > dataBytes) {
    throw new FileFormatError(
      `${where}: expected data_offsets within the ${dataBytes} bytes of data, found ${JSON.stringify(offsets)}`,
    )
  }
  const needed = elementCount(shape) * dtype.bytes
  if (needed !== end! - begin!) {
    throw new FileFormatError(
      `${where}: expected ${needed} bytes for shape [${shape}] of ${dtypeText}, found ${end! - begin!}`,
    )
  }
  return { name: tensor, dtype, dtypeText: String(dtypeText), shape, begin: begin!, end: end! }
}

function readMetadata(value: unknown, file: string): Record<string, string> {
  if (value === undefined) return {}
  if (!isRecord(value) || !Object.values(value).every(item => typeof item === 'string')) {
    throw new FileFormatError(`${file}: expected ${METADATA} to map text to text`)
  }
  return value as Record<string, string>
}

/** The format forbids holes and overlaps: hidden bytes are how a file smuggles something else. */
function checkCoverage(entries: readonly Entry[], dataBytes: number, file: string): void {
  let covered = 0
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered) {
      throw new FileFormatError(
        `${file}: expected tensor "${name}" to begin at byte ${covered} of the data, found ${begin}`,
      )
    }
    covered = end
  }
  if (covered !== dataBytes) {
    throw new FileFormatError(`${file}: expected ${covered} bytes of data, found ${dataBytes}`)
  }
}

/**
 * A named array within a file's bytes.
 *
 * @example
 * ```ts
 * import { encodeSafetensors, inspectSafetensors, type StoredTensor } from 'spikegrad'
 * const file = encodeSafetensors([{ name: 'bias', shape: [2], data: Float32Array.of(0.5, 1) }])
 * const bias: StoredTensor = inspectSafetensors(file).tensors.get('bias')!
 * bias.dtype // 'F32'
 * ```
 */
export interface StoredTensor {
  /** As the format writes it: `F32`, `I32`, `U8` and so on. */
  readonly dtype: string
  readonly shape: readonly number[]
  /** A view of the file, little-endian and not necessarily aligned. */
  readonly bytes: Uint8Array
}

/**
 * Reads what a safetensors file holds without copying any array, as strictly as `decodeSafetensors`.
 * @param name what to call the file in an error.
 * @throws FileFormatError saying what was expected and what was found.
 *
 * @example
 * ```ts
 * import { encodeSafetensors, inspectSafetensors } from 'spikegrad'
 * const file = encodeSafetensors([{ name: 'bias', shape: [2], data: Float32Array.of(0.5, 1) }])
 * inspectSafetensors(file).tensors.get('bias')!.shape // [2]
 * ```
 */
export function inspectSafetensors(
  bytes: Uint8Array,
  name = 'the safetensors data',
): { readonly tensors: ReadonlyMap<string, StoredTensor>; readonly metadata: SafetensorsFile['metadata'] } {
  const { entries, metadata, dataStart } = readFile(bytes, name)
  const stored = entries.map(({ name: tensor, dtypeText, shape, begin, end }) => {
    const part = bytes.subarray(dataStart + begin, dataStart + end)
    return [tensor, { dtype: dtypeText, shape, bytes: part }] as const
  })
  return { tensors: new Map(stored), metadata }
}

function readFile(bytes: Uint8Array, name: string) {
  const { header, dataStart } = readHeader(bytes, name)
  const dataBytes = bytes.length - dataStart
  const entries = Object.entries(header)
    .filter(([key]) => key !== METADATA)
    .map(([key, value]) => readEntry(key, value, dataBytes, name))
  const metadata = readMetadata(header[METADATA], name)
  checkCoverage(entries, dataBytes, name)
  return { entries, metadata, dataStart }
}

/**
 * Decodes a safetensors file, copying each array out. Strict: offsets must cover the data without hole or overlap,
 * and everything is checked against the file's own length before memory is taken.
 * @param name what to call the file in an error.
 * @throws FileFormatError saying what was expected and what was found.
 *
 * @example
 * ```ts
 * import { decodeSafetensors, encodeSafetensors } from 'spikegrad'
 * const bytes = encodeSafetensors([{ name: 'bias', shape: [2], data: Float32Array.of(0.5, 1) }])
 * decodeSafetensors(bytes).tensors.get('bias')?.shape // [2]
 * decodeSafetensors(bytes.subarray(0, 20)) // throws FileFormatError
 * ```
 */
export function decodeSafetensors(bytes: Uint8Array, name = 'the safetensors data'): SafetensorsFile {
  const { entries, metadata, dataStart } = readFile(bytes, name)
  const tensors = new Map<string, NamedTensor>()
  for (const { name: tensor, dtype, shape, begin, end } of entries) {
    const copy = new Uint8Array(end - begin)
    copy.set(bytes.subarray(dataStart + begin, dataStart + end))
    tensors.set(tensor, { name: tensor, shape, data: dtype.create(copy.buffer) })
  }
  return { tensors, metadata }
}
