// Reads IDX, the file format of MNIST and its relatives, from bytes that may be gzipped and need not be honest.
import { FileFormatError } from '../errors.ts'

/**
 * An array of unsigned bytes, row-major; `data` may share memory with the bytes it was read from.
 *
 * @example
 * ```ts
 * import { type IdxArray, parseIdx } from 'spikegrad'
 * const labels: IdxArray = await parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 4, 0, 9))
 * labels.data // [4, 0, 9]
 * ```
 */
export interface IdxArray {
  readonly shape: readonly number[]
  readonly data: Uint8Array
}

/**
 * What a file is called in errors, and what it may hold.
 *
 * @example
 * ```ts
 * import { type IdxOptions, parseIdx } from 'spikegrad'
 * const images: IdxOptions = { name: 'my images', dimensions: 3 }
 * await parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 4), images) // throws FileFormatError
 * ```
 */
export interface IdxOptions {
  /** What to call the bytes in an error: a file name, say. */
  readonly name?: string
  /** Number of dimensions the file must have: 3 for images, 1 for labels. */
  readonly dimensions?: number
  /** Most bytes of data to accept; 2^29 unless told. */
  readonly maximumBytes?: number
}

interface Header {
  readonly bytes: number
  readonly shape: number[]
  readonly size: number
}

interface Limits {
  readonly name: string
  readonly dimensions: number | undefined
  readonly maximumBytes: number
}

const DEFAULT_MAXIMUM_BYTES = 2 ** 29
const UNSIGNED_BYTE = 0x08
const GZIP_MAGIC = [0x1f, 0x8b]

/** The third byte of an IDX file names its element type; only the first of these is read here. */
const elementTypes: Readonly<Record<number, string>> = {
  8: 'unsigned byte',
  9: 'signed byte',
  11: 'int16',
  12: 'int32',
  13: 'float32',
  14: 'float64',
}

function hexadecimal(bytes: Uint8Array, count: number): string {
  return Array.from(bytes.subarray(0, count), byte => byte.toString(16).padStart(2, '0')).join(' ')
}

/** The header at the start of `bytes`, or null when more of the file is needed to know it. */
function readHeader(bytes: Uint8Array, limits: Limits): Header | null {
  if (bytes.length < 4) return null
  const type = bytes[2]!
  const dimensions = bytes[3]!
  if (bytes[0] !== 0 || bytes[1] !== 0 || !(type in elementTypes) || dimensions === 0) {
    throw new FileFormatError(
      `${limits.name} is not an IDX file: expected it to begin with 00 00 08 and a number of dimensions, ` +
        `found ${hexadecimal(bytes, 4)}`,
    )
  }
  if (type !== UNSIGNED_BYTE) {
    throw new FileFormatError(
      `${limits.name}: expected elements of type unsigned byte, found ${elementTypes[type]}`,
    )
  }
  if (limits.dimensions !== undefined && dimensions !== limits.dimensions) {
    throw new FileFormatError(
      `${limits.name}: expected ${limits.dimensions} dimensions, found ${dimensions}: is it another file under this name?`,
    )
  }
  const end = 4 + 4 * dimensions
  if (bytes.length < end) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, end)
  const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis))
  const size = shape.reduce((product, length) => product * length, 1)
  if (size > limits.maximumBytes) {
    throw new FileFormatError(
      `${limits.name}: expected at most ${limits.maximumBytes} bytes of data, found a header that asks for ${shape.join(' x ')}`,
    )
  }
  return { bytes: end, shape, size }
}

function truncatedHeader(name: string, found: number): FileFormatError {
  return new FileFormatError(`${name} is not an IDX file: expected a header, found only ${found} bytes`)
}

function wrongLength(name: string, header: Header, found: string): FileFormatError {
  return new FileFormatError(
    `${name}: expected ${header.size} bytes of data for ${header.shape.join(' x ')}, found ${found}`,
  )
}

function readPlain(bytes: Uint8Array, limits: Limits): IdxArray {
  const header = readHeader(bytes, limits)
  if (header === null) throw truncatedHeader(limits.name, bytes.length)
  const found = bytes.length - header.bytes
  if (found !== header.size) throw wrongLength(limits.name, header, String(found))
  return { shape: header.shape, data: bytes.subarray(header.bytes) }
}

/** Inflates as a stream, so that what is held never exceeds what the checked header promised. */
async function readGzip(bytes: Uint8Array, limits: Limits): Promise<IdxArray> {
  // A blob takes no shared memory; the compressed bytes are few.
  const reader = new Blob([bytes.slice() as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .getReader()
  let head = new Uint8Array(0)
  let header: Header | null = null
  let data = new Uint8Array(0)
  let filled = 0
  try {
    for (;;) {
      const { done, value } = await readChunk(reader, limits.name)
      if (done) break
      let chunk = value
      if (header === null) {
        head = concatenate(head, chunk)
        header = readHeader(head, limits)
        if (header === null) continue
        data = new Uint8Array(header.size)
        chunk = head.subarray(header.bytes)
      }
      if (filled + chunk.length > data.length) throw wrongLength(limits.name, header, 'more')
      data.set(chunk, filled)
      filled += chunk.length
    }
  } finally {
    // Ends the inflation; after an error of the stream itself there is nothing left to cancel.
    await reader.cancel().catch(() => undefined)
  }
  if (header === null) throw truncatedHeader(limits.name, head.length)
  if (filled !== data.length) throw wrongLength(limits.name, header, String(filled))
  return { shape: header.shape, data }
}

async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  name: string,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new FileFormatError(`${name}: expected an intact gzip stream, found one that fails: ${reason}`, {
      cause: error,
    })
  }
}

function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/**
 * Parses an IDX file of unsigned bytes, plain or gzipped. Nothing is allocated before the header has been checked
 * against `maximumBytes`, and a gzip stream is abandoned as soon as it holds more than its header says.
 * Source: the format's description beside the MNIST files (Y. LeCun, C. Cortes, C. Burges).
 * @throws FileFormatError saying what was expected and what was found.
 *
 * @example
 * ```ts
 * import { parseIdx } from 'spikegrad'
 * const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 5, 6)
 * const { shape, data } = await parseIdx(bytes)
 * shape // [1, 2]
 * data // [5, 6]
 * ```
 */
export async function parseIdx(bytes: Uint8Array, options: IdxOptions = {}): Promise<IdxArray> {
  const limits: Limits = {
    name: options.name ?? 'the IDX data',
    dimensions: options.dimensions,
    maximumBytes: options.maximumBytes ?? DEFAULT_MAXIMUM_BYTES,
  }
  const gzipped = bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1]
  return gzipped ? readGzip(bytes, limits) : readPlain(bytes, limits)
}
