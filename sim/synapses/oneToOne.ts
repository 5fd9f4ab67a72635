// One-to-one synapses: neuron k reaches neuron k, all with one weight.
import { checkPartners, defineProjection, type PartnerOptions, type Projection } from './projection.ts'

/** @throws InvalidArgumentError when the ends differ in size or the weight is not finite. */
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
