// What a part of a network is handed when the network is compiled: memory, kernels and the spikes of its neighbours.
import type { Backend, DataType, Tensor } from '../src/index.ts'
import type { SpikeList, SpikingGroup } from './spikes.ts'

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

/** A source of spikes from outside; `Bound` is what its owner steers it by while the simulation runs. */
export interface SpikeSource<Bound extends BoundSource = BoundSource> extends SpikingGroup {
  bind(binding: Binding): Bound
}

export interface BoundSource {
  readonly spikes: SpikeList
  /** Fills the spike list for the present step. */
  readonly advance: () => void
}

/** Something that records; one probe serves one simulation. */
export interface Probe {
  readonly name: string
  /** Whose spikes it records, if it records spikes: it is then left out of steps without any. */
  readonly group?: SpikingGroup
  /** Whether it records nothing for now; asked when a run begins. */
  idle?(): boolean
  /** Returns the call that records the present step. */
  bind(binding: Binding): () => void
}
