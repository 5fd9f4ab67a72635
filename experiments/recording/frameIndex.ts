// Where the frames of one network lie in a recording, and what can be told of each without reading it whole.
import { InvalidArgumentError } from '../../src/index.ts'
import { ByteReader } from './bytes.ts'
import { damaged } from './errors.ts'
import { readFields } from './fields.ts'
import type { FrameMessages } from './frameReader.ts'

/** Where a message lies: the chunk, and its place in it. */
interface MessagePlace {
  readonly chunk: number
  readonly place: number
}

/** A frame in few numbers. */
export interface FrameSummary {
  /** Since the recording began. */
  readonly seconds: number
  readonly samples: number
  /** Images learned from since the recording began, and before: goes on where the network began anew. */
  readonly position: number
  readonly image: number
  readonly operations: number
  readonly trainAccuracy: number
  readonly testAccuracy: number
  readonly testImages: number
  /** Cross-entropy, NaN for the brain. */
  readonly loss: number
  /** Excitatory spikes, NaN for the MLP. */
  readonly spikes: number
}

interface Entry extends FrameSummary, MessagePlace {
  /** Place of its keyframe in `#keys`. */
  readonly key: number
  readonly afterKey: number
}

export class FrameIndex implements FrameMessages {
  readonly names: readonly string[]
  readonly #message: (place: MessagePlace) => Uint8Array
  readonly #entries: Entry[] = []
  readonly #keys: MessagePlace[] = []
  #afterKey = 0
  /** Whether every message since the last keyframe is there. */
  #unbroken = false

  /** `message` gives the bytes of a message. */
  constructor(names: readonly string[], message: (place: { chunk: number; place: number }) => Uint8Array) {
    this.names = names
    this.#message = message
  }

  get length(): number {
    return this.#entries.length
  }

  summary(index: number): FrameSummary {
    return this.#entry(index)
  }

  afterKey(index: number): number {
    return this.#entry(index).afterKey
  }

  key(index: number): Uint8Array {
    return this.#message(this.#keys[this.#entry(index).key]!)
  }

  frame(index: number): Uint8Array {
    return this.#message(this.#entry(index))
  }

  /** Messages are missing from here on: frames cannot be shown until the next keyframe. */
  breakOff(): void {
    this.#unbroken = false
  }

  addKey(place: MessagePlace): void {
    this.#keys.push(place)
    this.#afterKey = this.#entries.length
    this.#unbroken = true
  }

  /** Adds a frame, unless it cannot be shown. */
  add(seconds: number, bytes: Uint8Array, place: MessagePlace): void {
    if (!this.#unbroken) return
    const values = readFields(new ByteReader(bytes), this.names.length)
    const field = (name: string) => values[this.names.indexOf(name)] ?? Number.NaN
    const samples = field('samples')
    if (!Number.isSafeInteger(samples) || samples < 0)
      throw damaged('a frame of an impossible number of images')
    const last = this.#entries.at(-1)
    const learned = last ? (samples < last.samples ? samples : samples - last.samples) : samples
    this.#entries.push({
      chunk: place.chunk,
      place: place.place,
      key: this.#keys.length - 1,
      afterKey: this.#afterKey,
      seconds: Math.max(seconds, last?.seconds ?? 0),
      samples,
      position: (last?.position ?? 0) + learned,
      image: field('image'),
      operations: field('operations'),
      trainAccuracy: field('trainAccuracy'),
      testAccuracy: field('testAccuracy'),
      testImages: field('testImages'),
      loss: field('loss'),
      spikes: field('excitatorySpikes'),
    })
  }

  #entry(index: number): Entry {
    const entry = this.#entries[index]
    if (!entry) {
      throw new InvalidArgumentError(
        `recording: expected a frame from 0 to ${this.length - 1}, found ${index}`,
      )
    }
    return entry
  }
}
