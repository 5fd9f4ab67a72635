// Modules whose memory is shared between threads: the same bytes, but for the limits of the memory they import.
import { BackendUnavailableError } from '../errors.ts'
import { unsigned } from './leb128.ts'

const HEADER_BYTES = 8
const IMPORT_SECTION = 2
const IMPORT_KIND = { function: 0, memory: 2 } as const
/** Flags of limits: shared, with a maximum. */
const SHARED = 3

/** The most pages that a shared memory may grow to: 32-bit addresses, one page short so that every end fits too. */
export const SHARED_PAGES = 65_535

/** A shared memory that grows as far as addresses go; only as much as is used is taken. */
export function createSharedMemory(initial: number): WebAssembly.Memory {
  if (typeof SharedArrayBuffer !== 'function') {
    throw new BackendUnavailableError(
      'threads need SharedArrayBuffer, which a page has only when it is cross-origin isolated',
    )
  }
  return new WebAssembly.Memory({ initial, maximum: SHARED_PAGES, shared: true })
}

/** Reads through a module's bytes. */
class Reader {
  readonly bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  unsigned(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++]!
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
  }

  skipName(): void {
    const length = this.unsigned()
    this.at += length
  }
}

/**
 * A module of ours, which imports functions and one memory, with that memory shared. The bytes are trusted.
 */
export function withSharedMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const reader = new Reader(bytes, HEADER_BYTES)
  for (;;) {
    const sectionStart = reader.at
    const id = bytes[reader.at++]!
    const size = reader.unsigned()
    const end = reader.at + size
    if (id !== IMPORT_SECTION) {
      reader.at = end
      continue
    }
    const section = sharedImports(reader, end)
    const rewritten = [IMPORT_SECTION, ...unsigned(section.length), ...section]
    return Uint8Array.from([...bytes.subarray(0, sectionStart), ...rewritten, ...bytes.subarray(end)])
  }
}

/** The import section from `reader.at` to `end`, with the limits of its memory made those of a shared one. */
function sharedImports(reader: Reader, end: number): number[] {
  const start = reader.at
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.skipName()
    reader.skipName()
    const kind = reader.bytes[reader.at++]
    if (kind === IMPORT_KIND.memory) {
      const limits = reader.at
      const hasMaximum = (reader.bytes[reader.at++]! & 1) === 1
      const minimum = reader.unsigned()
      if (hasMaximum) reader.unsigned()
      const shared = [SHARED, ...unsigned(minimum), ...unsigned(SHARED_PAGES)]
      return [...reader.bytes.subarray(start, limits), ...shared, ...reader.bytes.subarray(reader.at, end)]
    }
    // A function is followed by its type, a global by a type and whether it changes.
    reader.unsigned()
    if (kind !== IMPORT_KIND.function) reader.at++
  }
  throw new TypeError('the module imports no memory')
}
