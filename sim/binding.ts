// What a part of a network is handed when the network is compiled: memory, kernels and the spikes of its neighbours.
import type { Backend, DataType, Tensor } from '../src/index.ts'
import type { SpikeList, SpikingGroup } from './spikes.ts'

/**
 * The compiled network as its parts see it.
 *
 * @example
 * ```ts
 * import { type Binding, Network, type Probe } from 'spikegrad/sim'
 * const times: number[] = []
 * const clock: Probe = {
 *   name: 'clock',
 *   bind: (binding: Binding) => () => void times.push(binding.currentStep() * binding.dt),
 * }
 * const network = new Network()
 * network.probe(clock)
 * network.compile({ dt: 0.5, seed: 1 }).run(3)
 * times // [0, 0.5, 1]
 * ```
 */
export interface Binding {
  readonly backend: Backend
  /** Time step, ms. */
  readonly dt: number
  /** Seed of the simulation: a part draws from streams named after itself. */
  readonly seed: number
  /** A zeroed tensor that lives as long as the simulation. */
  allocate(shape: readonly number[], dtype?: DataType): Tensor
  /** The spikes of a group in the present step. */
  spikesOf(group: SpikingGroup): SpikeList
  /** A state variable of a population, float32 [size]. */
  stateOf(population: SpikingGroup, variable: string): Tensor
  /** The number of the step now being computed, from 0. */
  currentStep(): number
}

/**
 * A source of spikes from outside; `Bound` is what its owner steers it by while the simulation runs.
 *
 * @example
 * ```ts
 * import { Network, type SpikeSource, SpikeProbe } from 'spikegrad/sim'
 * // Neuron 0 fires at every step.
 * const metronome: SpikeSource = {
 *   name: 'metronome',
 *   size: 1,
 *   bind(binding) {
 *     const spikes = { address: binding.allocate([1], 'int32').address, count: 0 }
 *     return { spikes, advance: () => void (spikes.count = 1) }
 *   },
 * }
 * const network = new Network()
 * const probe = network.probe(new SpikeProbe(network.add(metronome)))
 * network.compile({ dt: 1, seed: 1 }).run(3)
 * probe.times // [0, 1, 2]
 * ```
 */
export interface SpikeSource<Bound extends BoundSource = BoundSource> extends SpikingGroup {
  bind(binding: Binding): Bound
}

/**
 * A source of spikes in a compiled network.
 *
 * @example
 * ```ts
 * import { type BoundSource, Network, spikeTimes } from 'spikegrad/sim'
 * const network = new Network()
 * const input = network.add(spikeTimes('input', 3, [{ index: 2, time: 0 }]))
 * const simulation = network.compile({ dt: 1, seed: 1 })
 * simulation.run(1)
 * const bound: BoundSource = simulation.input(input)
 * bound.spikes.count // 1
 * ```
 */
export interface BoundSource {
  readonly spikes: SpikeList
  /** Fills the spike list for the present step. */
  readonly advance: () => void
}

/**
 * Something that records; one probe serves one simulation.
 *
 * @example
 * ```ts
 * import { Network, type Probe } from 'spikegrad/sim'
 * let steps = 0
 * const counter: Probe = { name: 'counter', bind: () => () => void steps++ }
 * const network = new Network()
 * network.probe(counter)
 * network.compile({ dt: 1, seed: 1 }).run(10)
 * steps // 10
 * ```
 */
export interface Probe {
  readonly name: string
  /** Whose spikes it records, if it records spikes: it is then left out of steps without any. */
  readonly group?: SpikingGroup
  /** Whether it records nothing for now; asked when a run begins. */
  idle?(): boolean
  /** Returns the call that records the present step. */
  bind(binding: Binding): () => void
}
