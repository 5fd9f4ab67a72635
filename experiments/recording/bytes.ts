// Numbers as bytes and back: small ones take one byte; a reader never reads past its end.
import { damaged } from './errors.ts'
import { fromHalf, toHalf } from './float16.ts'

/** Largest magnitude of a signed whole number. */
const MOST_SIGNED = 2 ** 51

export class ByteWriter {
  #bytes = new Uint8Array(1024)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** What was written so far: a view, good until the next write. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length)
  }

  clear(): void {
    this.#length = 0
  }

  uint8(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  /** A whole number from 0 to 2^53 - 1: seven bits a byte, the lowest first. */
  varint(value: number): void {
    let rest = value
    while (rest >= 128) {
      this.uint8((rest % 128) + 128)
      rest = Math.floor(rest / 128)
    }
    this.uint8(rest)
  }

  /** A whole number of either sign: 0, -1, 1, -2, ... are 0, 1, 2, 3, ... */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value)
  }

  float16(value: number): void {
    this.#reserve(2)
    this.#view.setUint16(this.#length, toHalf(value), true)
    this.#length += 2
  }

  float32(value: number): void {
    this.#reserve(4)
    this.#view.setFloat32(this.#length, value, true)
    this.#length += 4
  }

  /** A number as a whole one where it is one of moderate size, else as float32. */
  number(value: number): void {
    if (Number.isInteger(value) && Math.abs(value) < MOST_SIGNED / 2) {
      this.varint(2 * (value < 0 ? -2 * value - 1 : 2 * value))
    } else {
      this.uint8(1)
      this.float32(value)
    }
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more))
    grown.set(this.bytes)
    this.#bytes = grown
    this.#view = new DataView(grown.buffer)
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  uint8(): number {
    return this.#bytes[this.#take(1)]!
  }

  /**
   * A whole number from 0 to `most`.
   * @throws RecordingError when it is larger, or takes more bytes than it needs.
   */
  varint(most = Number.MAX_SAFE_INTEGER): number {
    let value = 0
    let factor = 1
    for (;;) {
      const byte = this.uint8()
      value += (byte & 127) * factor
      if (value > most) throw damaged(`expected a number up to ${most}, found a larger one`)
      if (byte < 128) return value
      factor *= 128
      if (factor > Number.MAX_SAFE_INTEGER) throw damaged('a number takes too many bytes')
    }
  }

  signed(): number {
    const code = this.varint()
    return code % 2 === 0 ? code / 2 : -(code + 1) / 2
  }

  float16(): number {
    return fromHalf(this.#view.getUint16(this.#take(2), true))
  }

  float32(): number {
    return this.#view.getFloat32(this.#take(4), true)
  }

  number(): number {
    const code = this.varint()
    if (code === 1) return this.float32()
    if (code % 2 === 1) throw damaged(`expected a number, found the unknown form ${code}`)
    const half = code / 2
    return half % 2 === 0 ? half / 2 : -(half + 1) / 2
  }

  /** The next `length` bytes: a view. */
  take(length: number): Uint8Array {
    const start = this.#take(length)
    return this.#bytes.subarray(start, start + length)
  }

  #take(length: number): number {
    const start = this.#offset
    if (length > this.remaining) throw damaged('a message ends before it should')
    this.#offset += length
    return start
  }
}
