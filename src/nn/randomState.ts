// Where a module's random draws come from: streams with a position that can be saved, and the default seed.
import { isWhole } from '../check.ts'
import { InvalidArgumentError } from '../errors.ts'
import { type StreamKey, streamKey } from '../random/stream.ts'

/**
 * What fixes all later draws of a `RandomState`.
 *
 * @example
 * ```ts
 * import { type RandomPosition, RandomState } from 'spikegrad'
 * const position: RandomPosition = new RandomState(1, 'noise').position
 * position // { seed: 1, stream: 'noise', draws: 0 }
 * ```
 */
export interface RandomPosition {
  readonly seed: number
  readonly stream: string
  readonly draws: number
}

/**
 * A stream of draws inside a module. Every draw has a Philox key of its own, so the number of draws so far is all there
 * is to save.
 *
 * @example
 * ```ts
 * import { RandomState } from 'spikegrad'
 * const random = new RandomState(1, 'noise')
 * random.next()
 * random.position.draws // 1
 * ```
 */
export class RandomState {
  #position: RandomPosition

  /** @throws InvalidArgumentError when the seed is not an integer from 0 to 2^53 - 1. */
  constructor(seed: number, stream: string) {
    streamKey(seed, stream)
    this.#position = { seed, stream, draws: 0 }
  }

  /** The key of the next draw. */
  next(): StreamKey {
    const { seed, stream, draws } = this.#position
    this.#position = { seed, stream, draws: draws + 1 }
    return streamKey(seed, `${stream}/draw ${draws}`)
  }

  get position(): RandomPosition {
    return this.#position
  }

  /** @throws InvalidArgumentError when it is not a position. */
  set position(position: RandomPosition) {
    const { seed, stream, draws } = checkPosition('a random state', position)
    this.#position = { seed, stream, draws }
  }
}

/** @throws InvalidArgumentError saying what of a position from outside is wrong; `what` says whose it is. */
export function checkPosition(what: string, position: unknown): RandomPosition {
  const { seed, stream, draws } = (position ?? {}) as Partial<Record<keyof RandomPosition, unknown>>
  if (!isWhole(seed) || typeof stream !== 'string' || !isWhole(draws)) {
    throw new InvalidArgumentError(
      `${what}: expected a whole number as seed, the name of a stream and a number of draws, got ${JSON.stringify(position)}`,
    )
  }
  return { seed, stream, draws }
}

let defaultSeed = 0
let created = 0

/**
 * Sets the seed of every layer and model made from now on without one; 0 until set. Such layers draw from streams named by the order in
 * which they are made, counted from this call, so the same program gives the same weights.
 * @throws InvalidArgumentError when the seed is not an integer from 0 to 2^53 - 1.
 *
 * @example
 * ```ts
 * import { Linear, manualSeed } from 'spikegrad'
 * manualSeed(7)
 * const first = new Linear(2, 2).weight.toArray()
 * manualSeed(7)
 * const second = new Linear(2, 2).weight.toArray()
 * first.every((weight, i) => weight === second[i]) // true
 * ```
 */
export function manualSeed(seed: number): void {
  streamKey(seed, '')
  defaultSeed = seed
  created = 0
}

/** The seed of `manualSeed`. */
export function currentSeed(): number {
  return defaultSeed
}

/**
 * What a layer that draws numbers may be told.
 *
 * @example
 * ```ts
 * import { Linear, type SeedOptions } from 'spikegrad'
 * const options: SeedOptions = { seed: 1, name: 'output' }
 * new Linear(2, 2, options).bias.name // 'output.bias'
 * ```
 */
export interface SeedOptions {
  /**
   * Of its draws; by default that of `manualSeed`. Layers of one kind, size and seed draw the same numbers, and so begin with the
   * same weights, unless each has a name of its own.
   */
  readonly seed?: number
  /** Names its stream and parameters, `<name>.weight`; by default the field or list that holds the layer names the parameters. */
  readonly name?: string
}

/**
 * The seed and the stream of a layer's draws. Without a name, a layer with a seed of its own draws from a stream named by
 * its `kind` (and so as any other of that kind and seed), one without from the next in the order of creation.
 */
export function drawsOf(kind: string, { seed, name }: SeedOptions): { seed: number; stream: string } {
  const stream = name ?? (seed === undefined ? `layer ${created++}` : kind)
  return { seed: seed ?? defaultSeed, stream }
}
