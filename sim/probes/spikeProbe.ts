// Keeps every spike as an event.
import type { Binding, Probe } from '../binding.ts'
import type { SpikingGroup } from '../spikes.ts'

/**
 * Keeps every spike as an event.
 *
 * @example
 * ```ts
 * import { Network, SpikeProbe, spikeTimes } from 'spikegrad/sim'
 * const network = new Network()
 * const input = network.add(spikeTimes('input', 2, [{ index: 1, time: 4 }]))
 * const probe = network.probe(new SpikeProbe(input))
 * network.compile({ dt: 1, seed: 1 }).run(10)
 * probe.times // [4]
 * probe.indices // [1]
 * ```
 */
export class SpikeProbe implements Probe {
  readonly name: string
  readonly group: SpikingGroup
  /** Whether spikes are kept; may be switched between runs. */
  recording: boolean
  #times = new Float64Array(1024)
  #indices = new Int32Array(1024)
  #count = 0

  constructor(group: SpikingGroup, options: { readonly recording?: boolean } = {}) {
    this.name = `spikes of ${group.name}`
    this.group = group
    this.recording = options.recording ?? true
  }

  idle(): boolean {
    return !this.recording
  }

  bind(binding: Binding): () => void {
    const { memory } = binding.backend
    const spikes = binding.spikesOf(this.group)
    return () => {
      if (spikes.count === 0) return
      if (this.#count + spikes.count > this.#times.length) this.#grow(this.#count + spikes.count)
      const time = binding.currentStep() * binding.dt
      for (let s = 0; s < spikes.count; s++) {
        this.#times[this.#count] = time
        this.#indices[this.#count++] = memory.int32[(spikes.address >>> 2) + s]!
      }
    }
  }

  #grow(needed: number): void {
    const length = Math.max(needed, 2 * this.#times.length)
    const times = new Float64Array(length)
    const indices = new Int32Array(length)
    times.set(this.#times)
    indices.set(this.#indices)
    this.#times = times
    this.#indices = indices
  }

  /** Number of events kept. */
  get length(): number {
    return this.#count
  }

  /** Times of the events, ms from the start of the simulation, ascending. */
  get times(): Float64Array {
    return this.#times.slice(0, this.#count)
  }

  /** Neuron of each event. */
  get indices(): Int32Array {
    return this.#indices.slice(0, this.#count)
  }

  clear(): void {
    this.#count = 0
  }
}
