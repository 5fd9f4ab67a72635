// Input neurons that fire at random at given rates.
import { InvalidArgumentError, type StreamKey, streamKey, type Tensor } from '../../src/index.ts'
import type { Binding, BoundSource, SpikeSource } from '../binding.ts'

/**
 * Independent Bernoulli trains: in each step source k fires with probability rate[k] dt, which is a Poisson process
 * seen in steps of dt. `maximumSteps` bounds how many steps one `encode` may cover, and so the memory it takes.
 *
 * @example
 * ```ts
 * import { Network, PoissonInput } from 'spikegrad/sim'
 * const network = new Network()
 * const input = network.add(new PoissonInput('input', 2, 1000))
 * const simulation = network.compile({ dt: 1, seed: 1 })
 * simulation.input(input).encode(Float32Array.of(0, 1000), 1000, { stream: 'demo', index: 0 })
 * simulation.input(input).encodedSpikes().length // 1000
 * ```
 */
export class PoissonInput implements SpikeSource<BoundPoissonInput> {
  readonly name: string
  readonly size: number
  readonly maximumSteps: number

  constructor(name: string, size: number, maximumSteps: number) {
    for (const [what, value] of [
      ['size', size],
      ['maximumSteps', maximumSteps],
    ] as const) {
      if (!Number.isInteger(value) || value < 1) {
        throw new InvalidArgumentError(`input "${name}": ${what} must be a positive integer, got ${value}`)
      }
    }
    this.name = name
    this.size = size
    this.maximumSteps = maximumSteps
  }

  bind(binding: Binding): BoundPoissonInput {
    return new BoundPoissonInput(this, binding)
  }
}

/**
 * Which draw of random spikes: the same stream and index give the same spikes, whatever was drawn before.
 *
 * @example
 * ```ts
 * import { type Draw, Network, PoissonInput } from 'spikegrad/sim'
 * const network = new Network()
 * const source = network.add(new PoissonInput('input', 1, 100))
 * const input = network.compile({ dt: 1, seed: 1 }).input(source)
 * const count = (draw: Draw) => {
 *   input.encode(Float32Array.of(50), 100, draw)
 *   return input.encodedSpikes().length
 * }
 * count({ stream: 'demo', index: 0 }) === count({ stream: 'demo', index: 0 }) // true
 * ```
 */
export interface Draw {
  /** A name: draws of different streams are independent. */
  readonly stream: string
  /** From 0 to 2^32 - 1. */
  readonly index: number
}

/**
 * Poisson neurons in a compiled network, and what steers them.
 *
 * @example
 * ```ts
 * import { type BoundPoissonInput, Network, PoissonInput } from 'spikegrad/sim'
 * const network = new Network()
 * const source = network.add(new PoissonInput('input', 3, 100))
 * const input: BoundPoissonInput = network.compile({ dt: 1, seed: 1 }).input(source)
 * input.encode(new Float32Array(3), 100, { stream: 'silence', index: 0 })
 * input.encodedSpikes().length // 0
 * ```
 */
export class BoundPoissonInput implements BoundSource {
  readonly spikes = { address: 0, count: 0 }
  readonly advance: () => void
  readonly #input: PoissonInput
  readonly #binding: Binding
  readonly #keys = new Map<string, StreamKey>()
  readonly #gapScales: Tensor
  readonly #offsets: Tensor
  readonly #indices: Tensor
  readonly #drawn: Tensor
  #firstStep = 0
  #steps = 0
  #total = 0

  constructor(input: PoissonInput, binding: Binding) {
    const { size, maximumSteps } = input
    this.#input = input
    this.#binding = binding
    this.#gapScales = binding.allocate([size])
    this.#offsets = binding.allocate([maximumSteps + 1], 'int32')
    this.#indices = binding.allocate([size * maximumSteps], 'int32')
    this.#drawn = binding.allocate([2 * size * maximumSteps], 'int32')
    const { memory } = binding.backend
    const offsets = this.#offsets.address >>> 2
    const indices = this.#indices.address
    this.advance = () => {
      const step = binding.currentStep() - this.#firstStep
      if (step >= this.#steps) {
        this.spikes.count = 0
        return
      }
      const start = memory.int32[offsets + step]!
      this.spikes.address = indices + 4 * start
      this.spikes.count = memory.int32[offsets + step + 1]! - start
    }
  }

  /**
   * Draws the spikes of the next `steps` steps, beginning with the one about to run; afterwards the input is silent.
   * @param rates spikes a second, float32 [size]; at most one spike a step comes of any rate.
   * @throws InvalidArgumentError for rates that are negative, not finite or not [size], too many steps, or a wrong index.
   */
  encode(rates: Float32Array, steps: number, draw: Draw): void {
    const { name, size, maximumSteps } = this.#input
    if (rates.length !== size) {
      throw new InvalidArgumentError(`input "${name}": expected ${size} rates, got ${rates.length}`)
    }
    if (!Number.isInteger(steps) || steps < 0 || steps > maximumSteps) {
      throw new InvalidArgumentError(
        `input "${name}": steps must be an integer from 0 to ${maximumSteps}, got ${steps}`,
      )
    }
    if (!Number.isInteger(draw.index) || draw.index < 0 || draw.index > 0xffffffff) {
      throw new InvalidArgumentError(
        `input "${name}": the index of a draw must be an integer from 0 to 2^32 - 1, got ${draw.index}`,
      )
    }
    const { key0, key1 } = this.#keyOf(draw.stream)
    const { backend, dt } = this.#binding
    const scales = backend.memory.float32
    const first = this.#gapScales.address >>> 2
    for (let k = 0; k < size; k++) {
      const rate = rates[k]!
      if (!(rate >= 0 && rate < Number.POSITIVE_INFINITY)) {
        throw new InvalidArgumentError(
          `input "${name}": rate ${k} must be finite and not negative, got ${rate}`,
        )
      }
      const probability = Math.min((rate * dt) / 1000, 1)
      scales[first + k] = probability === 0 ? Number.POSITIVE_INFINITY : -1 / Math.log1p(-probability)
    }
    this.#total = backend.kernels.bernoulliSpikes(
      this.#gapScales.address,
      size,
      steps,
      this.#offsets.address,
      this.#indices.address,
      this.#drawn.address,
      key0,
      key1,
      draw.index,
    )
    this.#firstStep = this.#binding.currentStep()
    this.#steps = steps
  }

  #keyOf(stream: string): StreamKey {
    let key = this.#keys.get(stream)
    if (key === undefined) {
      key = streamKey(this.#binding.seed, `input/${this.#input.name}/${stream}`)
      this.#keys.set(stream, key)
    }
    return key
  }

  /** All spikes of the last `encode`, sources in order of time: a view, good until the next `encode`. */
  encodedSpikes(): Int32Array {
    const start = this.#indices.address >>> 2
    return this.#binding.backend.memory.int32.subarray(start, start + this.#total)
  }
}
