// Named random streams over Philox: the seed and a name fix every draw, whatever else draws in between.
import { InvalidArgumentError } from '../errors.ts'
import { philoxBlock } from './philox.ts'

/**
 * The 64-bit Philox key of a stream, as two unsigned 32-bit words.
 *
 * @example
 * ```ts
 * import { type StreamKey, streamKey } from 'spikegrad'
 * const key: StreamKey = streamKey(1, 'weights')
 * key.key0 === streamKey(2, 'weights').key0 // false
 * ```
 */
export interface StreamKey {
  readonly key0: number
  readonly key1: number
}

const block = new Uint32Array(4)

/** FNV-1a over the UTF-16 code units of a name, from a chosen offset basis. */
function hashName(name: string, basis: number): number {
  let hash = basis
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/**
 * Derives the key of stream `name` under `seed`.
 * @throws InvalidArgumentError when the seed is not an integer from 0 to 2^53 - 1.
 *
 * @example
 * ```ts
 * import { streamKey } from 'spikegrad'
 * streamKey(1, 'weights').key0 === streamKey(1, 'weights').key0 // true
 * streamKey(-1, 'weights') // throws InvalidArgumentError
 * ```
 */
export function streamKey(seed: number, name: string): StreamKey {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new InvalidArgumentError(`seed must be an integer from 0 to 2^53 - 1, got ${seed}`)
  }
  const seedHigh = Math.floor(seed / 0x100000000)
  const nameLow = hashName(name, 0x811c9dc5)
  const nameHigh = hashName(name, 0x9dc5811c)
  philoxBlock(nameLow, nameHigh, name.length, 0, seed >>> 0, seedHigh, block, 0)
  return { key0: block[0]!, key1: block[1]! }
}

/**
 * Sequential draws from one named stream, for set-up work outside the kernels (initial weights, shuffles).
 *
 * @example
 * ```ts
 * import { RandomStream } from 'spikegrad'
 * const draws = () => {
 *   const stream = new RandomStream(1, 'dice')
 *   return [stream.integer(6), stream.integer(6), stream.integer(6)]
 * }
 * draws().join() === draws().join() // true
 * ```
 */
export class RandomStream {
  readonly key: StreamKey
  readonly #words = new Uint32Array(4)
  #blocks = 0
  #used = 4

  constructor(seed: number, name: string) {
    this.key = streamKey(seed, name)
  }

  /** The next unsigned 32-bit word. */
  word(): number {
    if (this.#used === 4) {
      const high = Math.floor(this.#blocks / 0x100000000)
      philoxBlock(this.#blocks >>> 0, high, 0, 0, this.key.key0, this.key.key1, this.#words, 0)
      this.#blocks++
      this.#used = 0
    }
    return this.#words[this.#used++]!
  }

  /** Uniform in the open interval (0, 1), with 32 random bits. */
  uniform(): number {
    return (this.word() + 0.5) / 0x100000000
  }

  /** Standard normal, by the Box-Muller transform; the second value of each pair is not used. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Uniform integer in [0, bound), without bias: draws that would favour small values are rejected. */
  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 0x100000000) {
      throw new InvalidArgumentError(`bound must be an integer from 1 to 2^32, got ${bound}`)
    }
    const limit = 0x100000000 - (0x100000000 % bound)
    for (;;) {
      const word = this.word()
      if (word < limit) return word % bound
    }
  }

  /** Shuffles `values` in place (Fisher-Yates). */
  shuffle<T extends { [index: number]: number; readonly length: number }>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const held = values[i]!
      values[i] = values[j]!
      values[j] = held
    }
    return values
  }
}
