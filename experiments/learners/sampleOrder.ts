// Which training image comes when: a function of the seed, the classes and the place in the stream, the same for both networks.
import { InvalidArgumentError, RandomStream } from '../../src/index.ts'
import type { LearnerConfig } from './parameters.ts'

export interface SampleOrderOptions {
  /** The class of each training image. */
  readonly labels: Uint8Array
  readonly seed: number
  /** Which classes take part, ten characters 0 or 1. */
  readonly classes: string
  /**
   * Sizes of the parts that the first pass goes through one after another, each shuffled in itself, so that it may begin before
   * the later ones are there. By default one part of all images.
   */
  readonly parts?: readonly number[]
}

/** No image is of the classes that take part. */
export class NoImagesError extends InvalidArgumentError {}

/** Each pass shows every image of the classes once. */
export class SampleOrder {
  readonly #seed: number
  /** Places of the images that take part, part by part. */
  readonly #parts: readonly Int32Array[]
  readonly #all: Int32Array
  #pass = -1
  #order = new Int32Array(0)

  /** @throws NoImagesError when no image is of the classes; InvalidArgumentError when the parts are not all images. */
  constructor({ labels, seed, classes, parts = [labels.length] }: SampleOrderOptions) {
    if (parts.reduce((total, size) => total + size, 0) !== labels.length) {
      throw new InvalidArgumentError(`the parts ${parts.join(', ')} are not the ${labels.length} images`)
    }
    this.#seed = seed
    let end = 0
    this.#parts = parts.map(size => {
      const start = end
      end += size
      const places = Int32Array.from({ length: size }, (_, index) => start + index)
      return places.filter(place => classes[labels[place]!] === '1')
    })
    this.#all = Int32Array.from(this.#parts.flatMap(part => [...part]))
    if (this.#all.length === 0) {
      throw new NoImagesError(`no training image is of the classes ${classes}`)
    }
  }

  /** Images in a pass. */
  get length(): number {
    return this.#all.length
  }

  /** The image that comes after `samples` others. */
  at(samples: number): number {
    const pass = Math.floor(samples / this.length)
    if (pass !== this.#pass) this.#prepare(pass)
    return this.#order[samples - pass * this.length]!
  }

  #prepare(pass: number): void {
    const parts = pass === 0 ? this.#parts : [this.#all]
    this.#order = new Int32Array(this.length)
    let filled = 0
    parts.forEach((part, index) => {
      const stream = new RandomStream(this.#seed, `sample order/pass ${pass}/part ${index}`)
      this.#order.set(stream.shuffle(part.slice()), filled)
      filled += part.length
    })
    this.#pass = pass
  }
}

/** The stream of a run. */
export function orderOf(
  { seed, classes }: LearnerConfig,
  data: { readonly train: { readonly labels: Uint8Array }; readonly parts?: readonly number[] },
): SampleOrder {
  const { train, parts } = data
  return new SampleOrder({ labels: train.labels, seed, classes, ...(parts && { parts }) })
}
