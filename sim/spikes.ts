// The spikes of one group of neurons in the present step: what every part of a network hands to the next.
import type { Address } from '../src/index.ts'

/**
 * `count` ascending int32 indices at `address`; both change from step to step.
 *
 * @example
 * ```ts
 * import { Network, type SpikeList, spikeTimes } from 'spikegrad/sim'
 * const network = new Network()
 * const input = network.add(spikeTimes('input', 3, [{ index: 0, time: 0 }, { index: 2, time: 0 }]))
 * const simulation = network.compile({ dt: 1, seed: 1 })
 * const spikes: SpikeList = simulation.input(input).spikes
 * simulation.run(1)
 * simulation.backend.memory.int32.slice(spikes.address >>> 2, (spikes.address >>> 2) + spikes.count) // [0, 2]
 * ```
 */
export interface SpikeList {
  address: Address
  count: number
}

/**
 * Anything that spikes: a population, or a source of input.
 *
 * @example
 * ```ts
 * import { PoissonInput, type SpikingGroup } from 'spikegrad/sim'
 * const group: SpikingGroup = new PoissonInput('input', 784, 700)
 * group.size // 784
 * ```
 */
export interface SpikingGroup {
  readonly name: string
  readonly size: number
}
