// The spikes of one group of neurons in the present step: what every part of a network hands to the next.
import type { Address } from '../src/index.ts'

/** `count` ascending int32 indices at `address`; both change from step to step. */
export interface SpikeList {
  address: Address
  count: number
}

/** Anything that spikes: a population, or a source of input. */
export interface SpikingGroup {
  readonly name: string
  readonly size: number
}
