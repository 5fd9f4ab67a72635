// Writes safetensors, the weight file that Python reads with stock libraries.
import { InvalidArgumentError } from '../errors.ts'
import {
  elementCount,
  LENGTH_BYTES,
  MAXIMUM_HEADER_BYTES,
  METADATA,
  type NamedTensor,
  type SafetensorsData,
} from './safetensorsFormat.ts'

function dtypeName(data: SafetensorsData): string {
  if (data instanceof Float32Array) return 'F32'
  if (data instanceof Float64Array) return 'F64'
  if (data instanceof Int32Array) return 'I32'
  if (data instanceof Uint32Array) return 'U32'
  if (data instanceof Int16Array) return 'I16'
  if (data instanceof Uint16Array) return 'U16'
  if (data instanceof Int8Array) return 'I8'
  if (data instanceof Uint8Array) return 'U8'
  throw new InvalidArgumentError('a safetensors file holds typed arrays of at most 64-bit floats')
}

function checkTensors(tensors: readonly NamedTensor[]): void {
  const names = new Set<string>([METADATA])
  for (const { name, shape, data } of tensors) {
    if (names.has(name)) {
      throw new InvalidArgumentError(`tensor names must differ and not be "${METADATA}": "${name}" is taken`)
    }
    names.add(name)
    if (!shape.every(length => Number.isSafeInteger(length) && length >= 0)) {
      throw new InvalidArgumentError(`tensor "${name}": a shape holds whole numbers, got [${shape}]`)
    }
    if (elementCount(shape) !== data.length) {
      throw new InvalidArgumentError(
        `tensor "${name}": shape [${shape}] needs ${elementCount(shape)} elements, got ${data.length}`,
      )
    }
  }
}

/**
 * Encodes named arrays as a safetensors file; larger elements come first, so that every array is aligned.
 * `metadata` is text by text, as the format demands. The same input gives the same bytes.
 * @throws InvalidArgumentError for a name used twice, a shape that does not fit its data, or more metadata than the format allows.
 *
 * @example
 * ```ts
 * import { decodeSafetensors, encodeSafetensors } from 'spikegrad'
 * const bytes = encodeSafetensors([{ name: 'bias', shape: [2], data: Float32Array.of(0.5, 1) }])
 * decodeSafetensors(bytes).tensors.get('bias')?.data // [0.5, 1]
 * ```
 */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  checkTensors(tensors)
  const ordered = [...tensors].sort((a, b) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT)
  const entries: [string, unknown][] = []
  if (Object.keys(metadata).length > 0) entries.push([METADATA, metadata])
  let end = 0
  for (const { name, shape, data } of ordered) {
    const begin = end
    end += data.byteLength
    entries.push([name, { dtype: dtypeName(data), shape, data_offsets: [begin, end] }])
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)))
  const headerBytes = Math.ceil(json.length / 8) * 8
  if (headerBytes > MAXIMUM_HEADER_BYTES) {
    throw new InvalidArgumentError(
      `a safetensors header has at most ${MAXIMUM_HEADER_BYTES} bytes, names and metadata come to ${headerBytes}`,
    )
  }
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + end)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true)
  file.fill(0x20, LENGTH_BYTES + json.length, LENGTH_BYTES + headerBytes)
  file.set(json, LENGTH_BYTES)
  let offset = LENGTH_BYTES + headerBytes
  for (const { data } of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset)
    offset += data.byteLength
  }
  return file
}
