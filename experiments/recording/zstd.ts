// Zstandard: compression by its own code compiled to WebAssembly, loaded when needed; decompression by it or by a small reader.
import { decompress as decompressSmall } from 'fzstd'
import { damaged, RecordingError } from './errors.ts'
import { limits } from './format.ts'

export type Compress = (bytes: Uint8Array) => Uint8Array
/** Decompresses into exactly `size` bytes, or throws. */
export type Decompress = (bytes: Uint8Array, size: number) => Uint8Array

const loadLibrary = async () => {
  const { Zstd } = await import('@hpcc-js/wasm-zstd')
  return Zstd.load()
}

/** Level 3 is quick, 19 slow and a tenth smaller. */
export async function loadCompressor(level = 6): Promise<Compress> {
  const zstd = await loadLibrary()
  return bytes => zstd.compress(bytes, level)
}

/** For files of anybody's: checks every size before it allocates, and every byte. */
export async function loadDecompressor(): Promise<Decompress> {
  const zstd = await loadLibrary()
  return (bytes, size) => {
    checkSize(bytes, size)
    try {
      return exactly(zstd.decompress(bytes), size)
    } catch (error) {
      throw asDamaged(error)
    }
  }
}

/** For files that come with the page: small and there at once, but not made to withstand forged ones. */
export const decompressTrusted: Decompress = (bytes, size) => {
  checkSize(bytes, size)
  try {
    return exactly(decompressSmall(bytes), size)
  } catch (error) {
    throw asDamaged(error)
  }
}

function exactly(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length !== size) throw damaged(`a chunk of ${bytes.length} bytes where ${size} were said`)
  return bytes
}

function asDamaged(error: unknown): RecordingError {
  if (error instanceof RecordingError) return error
  return damaged(`a chunk cannot be decompressed: ${error instanceof Error ? error.message : String(error)}`)
}

const MAGIC = 0xfd2fb528

/** Checks that the frame says the size it should have, so that nothing is allocated for a forged one. */
function checkSize(bytes: Uint8Array, size: number): void {
  if (size > limits.chunk) throw new RecordingError('tooLarge', `a chunk of ${size} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 14 || view.getUint32(0, true) !== MAGIC) throw damaged('a chunk that is not Zstandard')
  const descriptor = view.getUint8(4)
  const oneSegment = (descriptor & 32) !== 0
  const dictionary = [0, 1, 2, 4][descriptor & 3]!
  const offset = 5 + (oneSegment ? 0 : 1) + dictionary
  if (contentSize(view, offset, descriptor >> 6, oneSegment) !== size) {
    throw damaged('a chunk whose size is not what it says')
  }
}

/** The size after decompression as the frame's header has it, -1 where it does not. */
function contentSize(view: DataView, offset: number, form: number, oneSegment: boolean): number {
  if (offset + 8 > view.byteLength) return -1
  if (form === 0) return oneSegment ? view.getUint8(offset) : -1
  if (form === 1) return view.getUint16(offset, true) + 256
  if (form === 2) return view.getUint32(offset, true)
  return Number(view.getBigUint64(offset, true))
}
