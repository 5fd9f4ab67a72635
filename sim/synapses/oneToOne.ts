// One-to-one synapses: neuron k reaches neuron k, all with one weight.
import { checkPartners, defineProjection, type PartnerOptions, type Projection } from './projection.ts'

/**
 * Synapses by which neuron k reaches neuron k, all with one weight.
 * @throws InvalidArgumentError when the ends differ in size or the weight is not finite.
 *
 * @example
 * ```ts
 * import { currentLif, Network, oneToOne, Population, spikeTimes } from 'spikegrad/sim'
 * const network = new Network()
 * const input = network.add(spikeTimes('input', 3, [{ index: 1, time: 0 }]))
 * const cells = network.add(new Population('cells', 3, currentLif))
 * network.connect(oneToOne({ from: input, to: cells, into: 'i', weight: 0.5 }))
 * const simulation = network.compile({ dt: 1, seed: 1 })
 * simulation.run(1)
 * simulation.state(cells, 'i').toArray() // [0, 0.5, 0]
 * ```
 */
export function oneToOne(options: PartnerOptions): Projection {
  checkPartners(options)
  const { from, to, into, weight } = options
  return defineProjection(options, binding => {
    const { kernels } = binding.backend
    const spikes = binding.spikesOf(from)
    const target = binding.stateOf(to, into).address
    return {
      deliver: () => {
        if (spikes.count > 0) kernels.propagateOneToOne(spikes.address, spikes.count, target, weight)
      },
    }
  })
}
