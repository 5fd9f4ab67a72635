// Labelled images, held once in a backend's memory.
import type { Address, Backend } from '../backend/backend.ts'
import { ShapeError } from '../errors.ts'
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
