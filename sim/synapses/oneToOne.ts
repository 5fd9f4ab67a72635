// One-to-one synapses: neuron k reaches neuron k, all with one weight.
import {
  type BoundProjection,
  checkEnds,
  checkFinite,
  checkPartners,
  type Projection,
  type ProjectionEnds,
} from './projection.ts'

/** @throws InvalidArgumentError when the ends differ in size or the weight is not finite. */
export function oneToOne(ends: ProjectionEnds & { readonly weight: number }): Projection {
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
      return {
        deliver: () => {
          if (spikes.count > 0) kernels.propagateOneToOne(spikes.address, spikes.count, target, weight)
        },
      }
    },
  }
}
