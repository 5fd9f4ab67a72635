// Keeps a state variable of chosen neurons, step by step.
import { InvalidArgumentError } from '../../src/index.ts'
import type { Binding, Probe } from '../binding.ts'
import type { Population } from '../population.ts'

/**
 * Keeps a state variable of chosen neurons, step by step.
 *
 * @example
 * ```ts
 * import { currentLif, Network, Population, StateProbe } from 'spikegrad/sim'
 * const network = new Network()
 * const cell = network.add(new Population('cell', 1, currentLif, { vInitial: -55 }))
 * const probe = network.probe(new StateProbe(cell, 'v', 100))
 * network.compile({ dt: 20, seed: 1 }).run(1)
 * probe.values // [-61.32]
 * ```
 */
export class StateProbe implements Probe {
  readonly name: string
  readonly population: Population
  readonly variable: string
  readonly neurons: readonly number[]
  readonly #values: Float32Array
  readonly #maximumSteps: number
  #steps = 0

  /**
   * Keeps up to `maximumSteps` steps of `variable` for the listed neurons (all by default), then stops recording:
   * its memory is taken here, once.
   * @throws InvalidArgumentError for a variable the model lacks or a neuron outside the population.
   */
  constructor(population: Population, variable: string, maximumSteps: number, neurons?: readonly number[]) {
    if (!Object.hasOwn(population.model.state, variable)) {
      const known = Object.keys(population.model.state).join(', ')
      throw new InvalidArgumentError(`"${population.name}" has no state "${variable}", only ${known}`)
    }
    if (!Number.isInteger(maximumSteps) || maximumSteps < 1) {
      throw new InvalidArgumentError(`maximumSteps must be a positive integer, got ${maximumSteps}`)
    }
    this.neurons = neurons ?? Array.from({ length: population.size }, (_, index) => index)
    for (const index of this.neurons) {
      if (!Number.isInteger(index) || index < 0 || index >= population.size) {
        throw new InvalidArgumentError(
          `"${population.name}" has neurons 0 to ${population.size - 1}, not ${index}`,
        )
      }
    }
    this.name = `${variable} of ${population.name}`
    this.population = population
    this.variable = variable
    this.#maximumSteps = maximumSteps
    this.#values = new Float32Array(maximumSteps * this.neurons.length)
  }

  bind(binding: Binding): () => void {
    const { memory } = binding.backend
    const start = binding.stateOf(this.population, this.variable).address >>> 2
    return () => {
      if (this.#steps === this.#maximumSteps) return
      const row = this.#steps++ * this.neurons.length
      for (let n = 0; n < this.neurons.length; n++) {
        this.#values[row + n] = memory.float32[start + this.neurons[n]!]!
      }
    }
  }

  /** Steps recorded. */
  get steps(): number {
    return this.#steps
  }

  /** Values after each recorded step, float32 [steps, neurons]. */
  get values(): Float32Array {
    return this.#values.slice(0, this.#steps * this.neurons.length)
  }

  clear(): void {
    this.#steps = 0
  }
}
