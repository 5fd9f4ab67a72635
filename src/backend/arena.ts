// The allocator over a backend's memory: size classes with free lists, so that a steady loop reuses what it freed.
import { InvalidArgumentError, OutOfMemoryError } from '../errors.ts'
import type { Address, Memory } from './memory.ts'

/** A cache line, and four vectors: kernels may work on whole blocks of this size. */
const ALIGNMENT = 64
/** Allocations this much above their class boundary still share it: four classes to each doubling. */
const CLASSES_PER_DOUBLING = 4

/** Rounds a request up to its size class, at most a quarter more than asked. */
function sizeClass(bytes: number): number {
  const aligned = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT)
  if (aligned <= ALIGNMENT * CLASSES_PER_DOUBLING) return aligned
  const step = 2 ** (Math.ceil(Math.log2(aligned)) - 1) / CLASSES_PER_DOUBLING
  return Math.ceil(aligned / step) * step
}

/**
 * Hands out and takes back blocks of a backend's memory.
 *
 * @example
 * ```ts
 * import { type Arena, createBackend } from 'spikegrad'
 * const arena: Arena = createBackend('js').arena
 * const address = arena.allocate(1000)
 * arena.bytesInUse >= 1000 // true
 * arena.free(address)
 * arena.bytesInUse // 0
 * ```
 */
export class Arena {
  readonly #memory: Memory
  readonly #freeBySize = new Map<number, Address[]>()
  readonly #sizeByAddress = new Map<Address, number>()
  /** Working space for one number, where compiled programs keep what they put into all lanes. */
  readonly slot: Address
  #end: Address
  #bytesInUse = 0
  #scratch: Address = 0
  #scratchBytes = 0

  /** Hands out addresses from `base` (rounded up) to the end of memory, growing it on demand. */
  constructor(memory: Memory, base: Address) {
    this.#memory = memory
    this.slot = Math.max(ALIGNMENT, Math.ceil(base / ALIGNMENT) * ALIGNMENT)
    this.#end = this.slot + ALIGNMENT
  }

  /** Bytes handed out and not freed. */
  get bytesInUse(): number {
    return this.#bytesInUse
  }

  /** Number of allocations not freed; working space is not one. */
  get allocations(): number {
    return this.#sizeByAddress.size
  }

  /**
   * Reserves `bytes` of uninitialised memory on a 64-byte boundary, in whole blocks of 64 bytes.
   * @throws OutOfMemoryError when memory cannot grow that far.
   */
  allocate(bytes: number): Address {
    if (!Number.isSafeInteger(bytes) || bytes < 0) {
      throw new InvalidArgumentError(`an allocation is a whole number of bytes, got ${bytes}`)
    }
    const address = this.#take(bytes)
    this.#sizeByAddress.set(address, sizeClass(bytes))
    return address
  }

  #take(bytes: number): Address {
    const size = sizeClass(bytes)
    let address = this.#freeBySize.get(size)?.pop()
    if (address === undefined) {
      address = this.#end
      try {
        this.#memory.grow(address + size)
      } catch (error) {
        if (!(error instanceof OutOfMemoryError)) throw error
        throw new OutOfMemoryError(
          `out of memory: ${bytes} bytes were asked for while ${this.#bytesInUse} are in use`,
          { cause: error },
        )
      }
      this.#end = address + size
    }
    this.#bytesInUse += size
    return address
  }

  /** Gives back what `allocate` returned. */
  free(address: Address): void {
    const size = this.#sizeByAddress.get(address)
    if (size === undefined) {
      throw new InvalidArgumentError(`address ${address} is not allocated, or was freed before`)
    }
    this.#sizeByAddress.delete(address)
    this.#giveBack(address, size)
  }

  #giveBack(address: Address, size: number): void {
    this.#bytesInUse -= size
    let list = this.#freeBySize.get(size)
    if (list === undefined) {
      list = []
      this.#freeBySize.set(size, list)
    }
    list.push(address)
  }

  /**
   * Frees all but the oldest `count` allocations.
   * @internal
   */
  freeAllBut(count: number): void {
    // The map keeps the order of allocation.
    for (const address of [...this.#sizeByAddress.keys()].slice(count)) this.free(address)
  }

  /** At least `bytes` of working space for one kernel call; its contents last only until the next `scratch`. */
  scratch(bytes: number): Address {
    if (bytes > this.#scratchBytes) {
      if (this.#scratchBytes > 0) this.#giveBack(this.#scratch, sizeClass(this.#scratchBytes))
      this.#scratchBytes = 0
      this.#scratch = 0
      this.#scratch = this.#take(bytes)
      this.#scratchBytes = bytes
    }
    return this.#scratch || this.scratch(ALIGNMENT)
  }
}
