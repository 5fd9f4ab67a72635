// Input neurons that fire at given times.
import { InvalidArgumentError } from '../../src/index.ts'
import type { Binding, BoundSource, SpikeSource } from '../binding.ts'

/**
 * One spike of an input neuron.
 *
 * @example
 * ```ts
 * import { type SpikeTime, spikeTimes } from 'spikegrad/sim'
 * const spike: SpikeTime = { index: 0, time: 2.5 }
 * spikeTimes('input', 1, [spike]).size // 1
 * ```
 */
export interface SpikeTime {
  /** Which input neuron. */
  readonly index: number
  /** When, ms from the start of the simulation; rounded to the nearest step, in which a neuron spikes once at most. */
  readonly time: number
}

/**
 * Input neurons that fire at given times.
 * @throws InvalidArgumentError for a size that is no positive integer, an index outside [0, size) or a time that is negative or not finite.
 *
 * @example
 * ```ts
 * import { Network, SpikeProbe, spikeTimes } from 'spikegrad/sim'
 * const network = new Network()
 * const input = spikeTimes('input', 2, [{ index: 1, time: 3 }, { index: 0, time: 1 }])
 * const probe = network.probe(new SpikeProbe(network.add(input)))
 * network.compile({ dt: 0.5, seed: 1 }).run(10)
 * probe.times // [1, 3]
 * probe.indices // [0, 1]
 * ```
 */
export function spikeTimes(name: string, size: number, spikes: readonly SpikeTime[]): SpikeSource {
  if (!Number.isInteger(size) || size < 1) {
    throw new InvalidArgumentError(`input "${name}": size must be a positive integer, got ${size}`)
  }
  for (const { index, time } of spikes) {
    if (!Number.isInteger(index) || index < 0 || index >= size || !(time >= 0 && Number.isFinite(time))) {
      throw new InvalidArgumentError(
        `input "${name}": a spike needs an index from 0 to ${size - 1} and a time from 0 ms, got ${index} at ${time}`,
      )
    }
  }
  return { name, size, bind: binding => bindSpikeTimes(size, spikes, binding) }
}

function bindSpikeTimes(size: number, spikes: readonly SpikeTime[], binding: Binding): BoundSource {
  const steps = new Map<number, Set<number>>()
  for (const { index, time } of spikes) {
    const step = Math.round(time / binding.dt)
    const indices = steps.get(step) ?? new Set()
    steps.set(step, indices.add(index))
  }
  const sorted = new Map([...steps].map(([step, set]) => [step, [...set].sort((a, b) => a - b)]))
  const list = { address: binding.allocate([size], 'int32').address, count: 0 }
  return {
    spikes: list,
    advance: () => {
      const now = sorted.get(binding.currentStep())
      list.count = now?.length ?? 0
      if (now) binding.backend.memory.int32.set(now, list.address >>> 2)
    },
  }
}
