// Counts spikes per neuron.
import type { Backend, Tensor } from '../../src/index.ts'
import type { Binding, Probe } from '../binding.ts'
import type { SpikingGroup } from '../spikes.ts'

/**
 * Counts the spikes of each neuron.
 *
 * @example
 * ```ts
 * import { Network, SpikeCountProbe, spikeTimes } from 'spikegrad/sim'
 * const network = new Network()
 * const input = network.add(spikeTimes('input', 2, [{ index: 1, time: 0 }, { index: 1, time: 5 }]))
 * const probe = network.probe(new SpikeCountProbe(input))
 * network.compile({ dt: 1, seed: 1 }).run(10)
 * probe.counts // [0, 2]
 * ```
 */
export class SpikeCountProbe implements Probe {
  readonly name: string
  readonly group: SpikingGroup
  #counts: Tensor | undefined
  #backend: Backend | undefined

  constructor(group: SpikingGroup) {
    this.name = `spike counts of ${group.name}`
    this.group = group
  }

  bind(binding: Binding): () => void {
    const { kernels } = binding.backend
    const spikes = binding.spikesOf(this.group)
    const counts = binding.allocate([this.group.size])
    this.#counts = counts
    this.#backend = binding.backend
    return () => {
      if (spikes.count > 0) kernels.addAt(spikes.address, spikes.count, counts.address, 1)
    }
  }

  /** Spikes per neuron since the start or the last `clear`: a view, good until memory next grows. */
  get counts(): Float32Array {
    if (!this.#counts || !this.#backend) return new Float32Array(this.group.size)
    const start = this.#counts.address >>> 2
    return this.#backend.memory.float32.subarray(start, start + this.group.size)
  }

  clear(): void {
    this.counts.fill(0)
  }
}
