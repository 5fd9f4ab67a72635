// The part of MNIST that comes with the page, fetched part by part: 10,000 training images and 2,000 test images.
import type { DataLoader, Receiver } from './dataSet.ts'
import { MAGIC, unpack } from './format.mjs'

/** Most parts there can be: a file that is none of ours says any number. */
const MOST_PARTS = 64

/** Reads one part after its gzip was undone. */
class PartReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  number(): number {
    this.#at += 4
    return this.#view.getUint32(this.#at - 4, true)
  }

  bytes(length: number): Uint8Array {
    const found = this.#bytes.subarray(this.#at, this.#at + length)
    if (found.length !== length) throw new Error('the images that come with the page are cut off')
    this.#at += length
    return found
  }

  images(count: number): Uint8Array<ArrayBuffer> {
    const [runs, values] = [this.number(), this.number()]
    return unpack(this.bytes(runs), this.bytes(values), count)
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
      const reader = new PartReader(await fetchPart(base, 0, signal))
      const parts = readOutline(reader, receiver)
      const first = { train: 0, test: 0 }
      for (let part = 0; part < parts.length; part++) {
        // The rest need not compete with what the page opens with.
        if (part === 1) await receiver.begun
        const from = part === 0 ? reader : new PartReader(await fetchPart(base, part, signal))
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
  if (reader.number() !== MAGIC) throw new Error('what the page fetched as images are none')
  const count = reader.number()
  if (count > MOST_PARTS) throw new Error('what the page fetched as images are none')
  const parts = Array.from({ length: count }, () => ({ train: reader.number(), test: reader.number() }))
  const labels = (set: 'train' | 'test') =>
    reader.bytes(parts.reduce((total, part) => total + part[set], 0)).slice()
  const [trainLabels, testLabels] = [labels('train'), labels('test')]
  receiver.outline({ trainLabels, testLabels, parts: parts.map(({ train }) => train) })
  return parts
}

async function fetchPart(base: string, part: number, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(`${base}part${part}.bin`, { signal })
  if (!response.ok || response.body === null) {
    throw new Error(`the images that come with the page were not found (${response.status})`)
  }
  const inflated = response.body.pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(inflated).arrayBuffer())
}
