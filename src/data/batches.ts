// Labelled images, held once in a backend's memory, and shuffled batches of them.
import type { Address, Backend } from '../backend/backend.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { RandomStream } from '../random/stream.ts'
import { keep } from '../scope.ts'
import { currentBackend, Tensor } from '../tensor.ts'

export interface ImageSetOptions {
  /** Pixels from 0 to 255, row-major [count, rows, columns]. */
  readonly images: Uint8Array
  /** A class for each image. */
  readonly labels: Uint8Array
  readonly rows: number
  readonly columns: number
}

/** Images and their labels. */
export class ImageSet {
  readonly images: Uint8Array
  readonly labels: Uint8Array
  readonly rows: number
  readonly columns: number
  readonly #addresses = new Map<Backend, Address>()

  /** @throws ShapeError when the pixels are not a whole number of images, or the labels not as many. */
  constructor({ images, labels, rows, columns }: ImageSetOptions) {
    if (!(Number.isSafeInteger(rows) && Number.isSafeInteger(columns) && rows > 0 && columns > 0)) {
      throw new ShapeError(`ImageSet: an image has at least one row and column, got ${rows} x ${columns}`)
    }
    if (labels.length === 0 || images.length !== labels.length * rows * columns) {
      throw new ShapeError(
        `ImageSet: ${labels.length} labels and images of ${rows} x ${columns} need at least one label and ` +
          `${labels.length * rows * columns} pixels, got ${images.length}`,
      )
    }
    this.images = images
    this.labels = labels
    this.rows = rows
    this.columns = columns
  }

  /** Number of images. */
  get count(): number {
    return this.labels.length
  }

  /** Number of pixels of an image. */
  get features(): number {
    return this.rows * this.columns
  }

  /** The pixels' address in a backend's memory, into which they are copied at the first call. */
  upload(backend: Backend = currentBackend()): Address {
    let address = this.#addresses.get(backend)
    if (address === undefined) {
      address = backend.arena.allocate(this.images.length)
      backend.memory.uint8.set(this.images, address)
      this.#addresses.set(backend, address)
    }
    return address
  }

  /** Frees the copies in backends' memories; the next use makes new ones. */
  dispose(): void {
    for (const [backend, address] of this.#addresses) backend.arena.free(address)
    this.#addresses.clear()
  }
}

/** Some images of a set. Its tensors are freed when the next batch is asked for, or the loop is left. */
export interface Batch {
  /** float32 [b, rows * columns], from 0 to 1. */
  readonly images: Tensor
  /** int32 [b]. */
  readonly labels: Tensor
  /** Where in the set the images are. */
  readonly indices: Int32Array
}

export interface BatchOptions {
  readonly batchSize: number
  /** Seed of the order; needed when shuffling. */
  readonly seed?: number
  /** Each epoch has an order of its own; by default 0. */
  readonly epoch?: number
  /** By default true: in the order of the random stream `batches/epoch <epoch>`. Else in the set's order. */
  readonly shuffle?: boolean
  /** Only the first so many images of the set take part; by default all. */
  readonly limit?: number
}

/**
 * Goes once through a set, in batches in the current backend; the last may be short.
 * @throws InvalidArgumentError when an option is out of range.
 */
export function batches(set: ImageSet, options: BatchOptions): Generator<Batch, void, undefined> {
  const { batchSize, seed, epoch = 0, shuffle = true } = options
  const limit = Math.min(options.limit ?? set.count, set.count)
  for (const [name, value, minimum] of [
    ['batchSize', batchSize, 1],
    ['epoch', epoch, 0],
    ['limit', options.limit ?? 1, 1],
  ] as const) {
    if (Number.isSafeInteger(value) && value >= minimum) continue
    throw new InvalidArgumentError(`batches: ${name} is an integer from ${minimum}, got ${value}`)
  }
  const order = Int32Array.from({ length: limit }, (_, index) => index)
  if (shuffle) {
    if (seed === undefined) throw new InvalidArgumentError('batches: shuffling needs a seed')
    new RandomStream(seed, `batches/epoch ${epoch}`).shuffle(order)
  }
  return generate(set, order, batchSize, currentBackend())
}

function* generate(
  set: ImageSet,
  order: Int32Array<ArrayBuffer>,
  batchSize: number,
  backend: Backend,
): Generator<Batch, void, undefined> {
  for (let start = 0; start < order.length; start += batchSize) {
    const indices = order.slice(start, start + batchSize)
    const batch = gather(set, indices, backend)
    try {
      yield batch
    } finally {
      batch.images.dispose()
      batch.labels.dispose()
    }
  }
}

function gather(set: ImageSet, indices: Int32Array<ArrayBuffer>, backend: Backend): Batch {
  const count = indices.length
  const pixels = set.upload(backend)
  const images = keep(new Tensor([count, set.features], 'float32', backend))
  const labels = keep(new Tensor([count], 'int32', backend))
  // The labels' memory first carries the indices: the kernel has read them when the labels are written.
  labels.write(indices)
  backend.kernels.gatherByteRows(pixels, labels.address, images.address, count, set.features, 1 / 255)
  labels.write(indices.map(index => set.labels[index]!))
  return { images, labels, indices }
}
