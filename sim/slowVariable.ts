// A state variable that decays so slowly that one step would be lost in float32: decayed in closed form, now and then.
import type { Backend } from '../src/index.ts'
import { decay } from './decay.ts'

/**
 * A decay is due when it comes to this much: hundreds of units in the last place of a float32, and still so little that
 * the variable may as well stand still meanwhile. For 1e7 ms at steps of 0.5 ms that is every 1,000 steps; a variable
 * that is not slow decays in every step.
 */
const DECAY_AT_ONCE = 5e-5

export class SlowVariable {
  readonly #backend: Backend
  readonly #address: number
  readonly #size: number
  readonly #period: number
  readonly #factor: number
  #waited = 0

  /** @param decayPerStep time step over time constant. */
  constructor(backend: Backend, address: number, size: number, decayPerStep: number) {
    this.#backend = backend
    this.#address = address
    this.#size = size
    this.#period = Math.max(1, Math.round(DECAY_AT_ONCE / decayPerStep))
    this.#factor = Math.exp(-this.#period * decayPerStep)
  }

  /** Steps until the next decay. */
  get due(): number {
    return this.#period - this.#waited
  }

  /** Counts steps, at most `due`, and decays when they are all. */
  advance(steps: number): void {
    this.#waited += steps
    if (this.#waited < this.#period) return
    this.#waited = 0
    decay(this.#backend, this.#address, this.#size, this.#factor)
  }
}
