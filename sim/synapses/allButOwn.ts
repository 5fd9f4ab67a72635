// All-but-own synapses: a spike of neuron k reaches every neuron except k, computed as a count and never as a matrix.
import { checkPartners, defineProjection, type PartnerOptions, type Projection } from './projection.ts'

/** @throws InvalidArgumentError when the ends differ in size or the weight is not finite. */
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
