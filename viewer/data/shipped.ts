// The part of MNIST that comes with the page, fetched part by part: 10,000 training images and 2,000 test images.
import { FileFormatError } from '../../src/index.ts'
import type { DataLoader, Receiver } from './dataSet.ts'
import { FetchError } from './errors.ts'
import { MAGIC } from './format.mjs'
import { unpack } from './unpack.ts'

/** Most parts there can be: a file that is none of ours says any number. */
const MOST_PARTS = 64

/** Reads one part after its gzip was undone; what is wrong with it is a FileFormatError that names its address. */
class PartReader {
  readonly address: string
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(address: string, bytes: Uint8Array) {
    this.address = address
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  number(): number {
    const at = this.#take(4)
    return this.#view.getUint32(at, true)
  }

  bytes(length: number): Uint8Array {
    const at = this.#take(length)
    return this.#bytes.subarray(at, at + length)
  }

  images(count: number): Uint8Array<ArrayBuffer> {
    const [runs, values] = [this.number(), this.number()]
    return unpack(this.bytes(runs), this.bytes(values), count)
  }

  /** Goes on by so many bytes, and says where they begin. */
  #take(length: number): number {
    const at = this.#at
    if (at + length > this.#bytes.length) {
      const found = this.#bytes.length - at
      throw new FileFormatError(
        `${this.address}: cut off: expected ${length} bytes at byte ${at}, found ${found}`,
      )
    }
    this.#at += length
    return at
  }
}

/**
 * The shipped images.
 * @param base address of the folder, with its last slash; by default beside the page.
 */
export function shippedImages(base = new URL('mnist/', document.baseURI).href): DataLoader {
  return {
    name: 'MNIST',
    async load(receiver, signal) {
      const reader = await fetchPart(base, 0, signal)
      const parts = readOutline(reader, receiver)
      const first = { train: 0, test: 0 }
      for (let part = 0; part < parts.length; part++) {
        // The rest need not compete with what the page opens with.
        if (part === 1) await receiver.begun
        const from = part === 0 ? reader : await fetchPart(base, part, signal)
        for (const set of ['train', 'test'] as const) {
          const count = parts[part]![set]
          receiver.piece({ set, first: first[set], images: from.images(count) })
          first[set] += count
        }
      }
    },
  }
}

function readOutline(
  reader: PartReader,
  receiver: Receiver,
): readonly { readonly train: number; readonly test: number }[] {
  const magic = reader.number()
  if (magic !== MAGIC) {
    throw new FileFormatError(`${reader.address}: no images: expected ${MAGIC} to begin with, found ${magic}`)
  }
  const count = reader.number()
  if (count > MOST_PARTS) {
    throw new FileFormatError(
      `${reader.address}: no images: expected up to ${MOST_PARTS} parts, found ${count}`,
    )
  }
  const parts = Array.from({ length: count }, () => ({ train: reader.number(), test: reader.number() }))
  const labels = (set: 'train' | 'test') =>
    reader.bytes(parts.reduce((total, part) => total + part[set], 0)).slice()
  const [trainLabels, testLabels] = [labels('train'), labels('test')]
  receiver.outline({ trainLabels, testLabels, parts: parts.map(({ train }) => train) })
  return parts
}

async function fetchPart(base: string, part: number, signal: AbortSignal): Promise<PartReader> {
  const address = `${base}part${part}.bin`
  const response = await fetch(address, { signal }).catch((error: unknown) => {
    if (signal.aborted) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new FetchError(`${address}: expected images that come with the page, found no answer: ${reason}`, {
      cause: error,
    })
  })
  if (!response.ok || response.body === null) {
    throw new FetchError(
      `${address}: expected images that come with the page, found status ${response.status}`,
    )
  }
  const inflated = response.body.pipeThrough(new DecompressionStream('gzip'))
  try {
    return new PartReader(address, new Uint8Array(await new Response(inflated).arrayBuffer()))
  } catch (error) {
    if (signal.aborted) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new FileFormatError(`${address}: expected gzip, found something else or a part of it: ${reason}`, {
      cause: error,
    })
  }
}
