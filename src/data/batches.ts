// Labelled images, held once in a backend's memory, and shuffled batches of them.
import type { Address, Backend } from '../backend/backend.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { RandomStream } from '../random/stream.ts'
import { keep } from '../scope.ts'
import { currentBackend, Tensor } from '../tensor.ts'

/**
 * What an image set is made of.
 *
 * @example
 * ```ts
 * import { ImageSet, type ImageSetOptions } from 'spikegrad'
 * const options: ImageSetOptions = {
 *   images: Uint8Array.of(0, 255, 255, 0),
 *   labels: Uint8Array.of(7),
 *   rows: 2,
 *   columns: 2,
 * }
 * new ImageSet(options).count // 1
 * ```
 */
export interface ImageSetOptions {
  /** Pixels from 0 to 255, row-major [count, rows, columns]. */
  readonly images: Uint8Array
  /** A class for each image. */
  readonly labels: Uint8Array
  readonly rows: number
  readonly columns: number
}

/**
 * Images and their labels.
 *
 * @example
 * ```ts
 * import { ImageSet } from 'spikegrad'
 * const set = new ImageSet({ images: new Uint8Array(3 * 28 * 28), labels: Uint8Array.of(4, 0, 9), rows: 28, columns: 28 })
 * set.count // 3
 * set.features // 784
 * ```
 */
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

  /**
   * Writes the pixels of some images over 255, as float32 from 0 to 1, into a tensor with room for just them.
   * @param indices places in this set, trusted.
   * @returns their labels, int32 [indices].
   */
  gather(indices: Int32Array<ArrayBuffer>, images: Tensor): Tensor {
    const { backend } = images
    const pixels = this.upload(backend)
    const labels = new Tensor([indices.length], 'int32', backend)
    // The labels' memory first carries the indices: the kernel has read them when the labels are written.
    labels.write(indices)
    backend.kernels.gatherByteRows(
      pixels,
      labels.address,
      images.address,
      indices.length,
      this.features,
      1 / 255,
    )
    return labels.write(indices.map(index => this.labels[index]!))
  }

  /** Frees the copies in backends' memories; the next use makes new ones. */
  dispose(): void {
    for (const [backend, address] of this.#addresses) backend.arena.free(address)
    this.#addresses.clear()
  }
}

/**
 * Some images of a set. Its tensors are freed when the next batch is asked for, or the loop is left.
 *
 * @example
 * ```ts
 * import { type Batch, batches, ImageSet } from 'spikegrad'
 * const set = new ImageSet({ images: new Uint8Array(12), labels: Uint8Array.of(4, 0, 9), rows: 2, columns: 2 })
 * const shapeOf = ({ images }: Batch) => images.shape
 * Array.from(batches(set, { batchSize: 2, shuffle: false }), shapeOf) // [[2, 4], [1, 4]]
 * ```
 */
export interface Batch {
  /** float32 [b, rows * columns], from 0 to 1. */
  readonly images: Tensor
  /** int32 [b]. */
  readonly labels: Tensor
  /** Where in the set the images are. */
  readonly indices: Int32Array
}

/**
 * How to go through a set.
 *
 * @example
 * ```ts
 * import { type BatchOptions, batches, ImageSet } from 'spikegrad'
 * const set = new ImageSet({ images: new Uint8Array(12), labels: Uint8Array.of(4, 0, 9), rows: 2, columns: 2 })
 * const options: BatchOptions = { batchSize: 2, shuffle: false, limit: 2 }
 * Array.from(batches(set, options), ({ labels }) => labels.toArray()) // [[4, 0]]
 * ```
 */
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
 *
 * @example
 * ```ts
 * import { batches, ImageSet } from 'spikegrad'
 * const set = new ImageSet({ images: new Uint8Array(12), labels: Uint8Array.of(4, 0, 9), rows: 2, columns: 2 })
 * for (const { images, labels } of batches(set, { batchSize: 2, seed: 1 })) {
 *   console.assert(images.shape[0] === labels.size)
 * }
 * ```
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
  if (shuffle && seed === undefined) throw new InvalidArgumentError('batches: shuffling needs a seed')
  const order = epochOrder(limit, epoch, shuffle ? seed : undefined)
  return generate(set, order, batchSize, currentBackend())
}

/** The places from 0 to count - 1 in the order of an epoch: shuffled by the stream `batches/epoch <epoch>` of a seed, if there is one. */
export function epochOrder(count: number, epoch: number, seed: number | undefined): Int32Array<ArrayBuffer> {
  const order = Int32Array.from({ length: count }, (_, index) => index)
  return seed === undefined ? order : new RandomStream(seed, `batches/epoch ${epoch}`).shuffle(order)
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
  const images = keep(new Tensor([indices.length, set.features], 'float32', backend))
  return { images, labels: keep(set.gather(indices, images)), indices }
}
