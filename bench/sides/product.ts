// Our side of a matrix product: the kernel alone, against what a bare multiply-add loop needs for as many multiply-adds.
import { type Address, currentBackend, RandomStream } from '../../src/index.ts'
import type { Measurement, OurSide } from '../comparison.ts'
import { bestSeconds } from './timing.ts'

export interface ProductSizes {
  readonly m: number
  readonly n: number
  readonly k: number
  /** Whether the left operand is stored as [k, m]. */
  readonly transposed?: boolean
}

/** More than any product wants. */
const SCRATCH_BYTES = 1 << 20

export class ProductSide implements OurSide {
  readonly #sizes: ProductSizes
  readonly #addresses: readonly [a: Address, b: Address, out: Address, scratch: Address]

  constructor(sizes: ProductSizes) {
    const { m, n, k } = sizes
    const { arena, memory } = currentBackend()
    const [a, b, out, scratch] = [4 * m * k, 4 * k * n, 4 * m * n, SCRATCH_BYTES].map(bytes =>
      arena.allocate(bytes),
    )
    this.#sizes = sizes
    this.#addresses = [a!, b!, out!, scratch!]
    const stream = new RandomStream(1, 'product')
    for (const [address, count] of [
      [a!, m * k],
      [b!, k * n],
    ] as const) {
      for (let i = 0; i < count; i++) memory.float32[(address >>> 2) + i] = stream.uniform() - 0.5
    }
    this.measure()
  }

  measure(): Measurement {
    const { m, n, k, transposed = false } = this.#sizes
    const [a, b, out, scratch] = this.#addresses
    const { kernels } = currentBackend()
    const [row, column] = transposed ? [1, m] : [k, 1]
    const seconds = bestSeconds(() => kernels.matmul(a, row, column, b, n, 1, 0, out, m, n, k, scratch))
    return { seconds, work: `${((2 * m * n * k) / seconds / 1e9).toFixed(1)} GFLOP/s` }
  }

  dispose(): void {
    for (const address of this.#addresses) currentBackend().arena.free(address)
  }
}
