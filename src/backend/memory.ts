// A backend's linear memory: one growable buffer and typed views of it that follow its growth.
import { OutOfMemoryError } from '../errors.ts'

/**
 * Byte offset into a backend's memory. Allocations fill whole 64-byte blocks; 0 is never allocated.
 *
 * @example
 * ```ts
 * import { type Address, tensor } from 'spikegrad'
 * const address: Address = tensor([1, 2]).address
 * address % 64 // 0
 * ```
 */
export type Address = number

const PAGE = 65_536
/** 32-bit addresses end here; kept one page short so that every end address fits too. */
const MAXIMUM_PAGES = 65_535

/**
 * Views over the whole buffer. Read them anew after anything that may allocate: growth replaces them.
 *
 * @example
 * ```ts
 * import { createBackend, type MemoryViews } from 'spikegrad'
 * const { uint8, int32 }: MemoryViews = createBackend('js').memory
 * uint8.buffer === int32.buffer // true
 * ```
 */
export interface MemoryViews {
  readonly float32: Float32Array<ArrayBuffer>
  readonly int32: Int32Array<ArrayBuffer>
  readonly uint32: Uint32Array<ArrayBuffer>
  readonly uint8: Uint8Array<ArrayBuffer>
}

/**
 * A backend's memory: one growing buffer, seen as entries of each type.
 *
 * @example
 * ```ts
 * import { createBackend, type Memory } from 'spikegrad'
 * const memory: Memory = createBackend('js').memory
 * memory.uint8.length === 4 * memory.float32.length // true
 * ```
 */
export abstract class Memory implements MemoryViews {
  float32!: Float32Array<ArrayBuffer>
  int32!: Int32Array<ArrayBuffer>
  uint32!: Uint32Array<ArrayBuffer>
  uint8!: Uint8Array<ArrayBuffer>

  get byteLength(): number {
    return this.uint8.byteLength
  }

  /**
   * Grows the buffer to at least `bytes`.
   * @throws OutOfMemoryError when the engine refuses; the memory stays as it was.
   */
  grow(bytes: number): void {
    if (bytes <= this.byteLength) return
    const needed = Math.ceil(bytes / PAGE)
    if (needed > MAXIMUM_PAGES) throw this.#outOfMemory(bytes)
    // Half as much again, so that many small allocations do not grow page by page.
    const generous = Math.min(Math.ceil(needed * 1.5), MAXIMUM_PAGES)
    for (const pages of needed === generous ? [needed] : [generous, needed]) {
      try {
        this.view(this.resize(pages * PAGE))
        return
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
      }
    }
    throw this.#outOfMemory(bytes)
  }

  #outOfMemory(bytes: number): OutOfMemoryError {
    return new OutOfMemoryError(
      `memory cannot grow to ${bytes} bytes: it has ${this.byteLength}, and the limit is ${MAXIMUM_PAGES * PAGE}`,
    )
  }

  /** Returns a buffer of `bytes` that begins with today's contents; throws RangeError when refused. */
  protected abstract resize(bytes: number): ArrayBuffer

  protected view(buffer: ArrayBuffer): void {
    this.float32 = new Float32Array(buffer)
    this.int32 = new Int32Array(buffer)
    this.uint32 = new Uint32Array(buffer)
    this.uint8 = new Uint8Array(buffer)
  }
}

/** Memory of the js backend: an ordinary buffer, copied when it grows. */
export class BufferMemory extends Memory {
  constructor() {
    super()
    this.view(new ArrayBuffer(PAGE))
  }

  protected override resize(bytes: number): ArrayBuffer {
    const buffer = new ArrayBuffer(bytes)
    new Uint8Array(buffer).set(this.uint8)
    return buffer
  }
}

/** Memory of a WebAssembly backend: the module's own linear memory. */
export class LinearMemory extends Memory {
  /** What modules import. */
  readonly linear: WebAssembly.Memory

  constructor(linear: WebAssembly.Memory) {
    super()
    this.linear = linear
    // A shared buffer has all that the views need of an ordinary one.
    this.view(linear.buffer as ArrayBuffer)
  }

  /** Whether other threads see it too. */
  get shared(): boolean {
    return typeof SharedArrayBuffer === 'function' && this.linear.buffer instanceof SharedArrayBuffer
  }

  protected override resize(bytes: number): ArrayBuffer {
    this.linear.grow((bytes - this.byteLength) / PAGE)
    return this.linear.buffer as ArrayBuffer
  }
}
