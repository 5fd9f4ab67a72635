// All-but-own synapses: a spike of neuron k reaches every neuron except k, computed as a count and never as a matrix.
import {
  type BoundProjection,
  checkEnds,
  checkFinite,
  checkPartners,
  type Projection,
  type ProjectionEnds,
} from './projection.ts'

/** @throws InvalidArgumentError when the ends differ in size or the weight is not finite. */
export function allButOwn(ends: ProjectionEnds & { readonly weight: number }): Projection {
  const name = checkEnds(ends)
  checkPartners(ends)
  checkFinite(`weight of "${name}"`, ends.weight)
  const { from, to, into, weight } = ends
  return {
    name,
    from,
    to,
    into,
    bind(binding): BoundProjection {
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
    },
  }
}
