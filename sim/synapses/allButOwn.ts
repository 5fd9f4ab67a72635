// All-but-own synapses: a spike of neuron k reaches every neuron except k, computed as a count and never as a matrix.
import { checkPartners, defineProjection, type PartnerOptions, type Projection } from './projection.ts'

/**
 * Synapses by which each neuron reaches all but its own partner, as lateral inhibition does.
 * @throws InvalidArgumentError when the ends differ in size or the weight is not finite.
 *
 * @example
 * ```ts
 * import { allButOwn, currentLif, Network, Population, spikeTimes } from 'spikegrad/sim'
 * const network = new Network()
 * const input = network.add(spikeTimes('input', 3, [{ index: 1, time: 0 }]))
 * const cells = network.add(new Population('cells', 3, currentLif))
 * network.connect(allButOwn({ from: input, to: cells, into: 'i', weight: 0.5 }))
 * const simulation = network.compile({ dt: 1, seed: 1 })
 * simulation.run(1)
 * simulation.state(cells, 'i').toArray() // [0.5, 0, 0.5]
 * ```
 */
export function allButOwn(options: PartnerOptions): Projection {
  checkPartners(options)
  const { from, to, into, weight } = options
  return defineProjection(options, binding => {
    const { kernels } = binding.backend
    const spikes = binding.spikesOf(from)
    const target = binding.stateOf(to, into).address
    const scratch = binding.allocate([to.size]).address
    return {
      deliver: () => {
        if (spikes.count === 0) return
        kernels.propagateAllButOwn(spikes.address, spikes.count, target, to.size, weight, scratch)
      },
    }
  })
}
