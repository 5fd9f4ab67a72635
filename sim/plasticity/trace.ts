// An exponentially decaying trace that costs nothing while it decays.
import type { Binding } from '../binding.ts'
import { decay } from '../decay.ts'
import type { SpikeList } from '../spikes.ts'
import type { Trace } from './rule.ts'

/** Beyond this the stored values are brought back to scale, so that they stay far from float32's limits. */
const LARGEST_GROWTH = 1000
/** Bounds the table of a trace that is slow against the time step. */
const LARGEST_TABLE = 4096

/**
 * All values of a trace decay by the same factor, so only that factor is kept up to date: what is stored is the value
 * divided by `scale()`, and a spike stores 1 / scale() instead of 1. Every few time constants the two are multiplied out.
 */
export class BoundTrace {
  readonly side: Trace['side']
  /** Stored values, float32 [size]: the trace is `scale()` times these. */
  readonly address: number
  readonly #size: number
  readonly #binding: Binding
  /** Decay over so many steps; a spike less than a rebase ago is looked up here. */
  readonly #decays: Float64Array
  readonly #decayPerStep: number
  readonly #mark: (spikes: number, count: number, x: number, value: number) => void
  #reference = 0

  constructor({ side, tau, onSpike }: Trace, size: number, binding: Binding) {
    const { kernels } = binding.backend
    this.side = side
    this.address = binding.allocate([size]).address
    this.#size = size
    this.#binding = binding
    this.#decayPerStep = binding.dt / tau
    const steps = Math.min(Math.ceil(Math.log(LARGEST_GROWTH) / this.#decayPerStep) + 1, LARGEST_TABLE)
    this.#decays = Float64Array.from({ length: steps }, (_, step) => Math.exp(-step * this.#decayPerStep))
    this.#mark = onSpike === 'set' ? kernels.setAt : kernels.addAt
  }

  /** What the stored values are to be multiplied by in the present step. */
  scale(): number {
    const steps = this.#binding.currentStep() - this.#reference
    return steps < this.#decays.length ? this.#decays[steps]! : Math.exp(-steps * this.#decayPerStep)
  }

  /** Marks the present spikes. */
  mark(spikes: SpikeList): void {
    let growth = 1 / this.scale()
    if (growth > LARGEST_GROWTH) {
      decay(this.#binding.backend, this.address, this.#size, 1 / growth)
      this.#reference = this.#binding.currentStep()
      growth = 1
    }
    this.#mark(spikes.address, spikes.count, this.address, growth)
  }

  clear(): void {
    this.#binding.backend.kernels.fill(this.address, this.#size, 0)
    this.#reference = this.#binding.currentStep()
  }
}
