// What a projection is: spikes of one group reach an input variable of a population.
import { InvalidArgumentError, type Tensor } from '../../src/index.ts'
import type { Binding } from '../binding.ts'
import type { Population } from '../population.ts'
import type { SpikingGroup } from '../spikes.ts'

export interface Projection {
  readonly name: string
  readonly from: SpikingGroup
  readonly to: Population
  /** The state variable of `to` that a spike adds to. */
  readonly into: string
  bind(binding: Binding): BoundProjection
}

export interface BoundProjection {
  /** Delivers the present spikes, with weights as they are. */
  readonly deliver: () => void
  /** Weights, where they are a matrix: float32 [from, to]. */
  readonly weights?: Tensor
  /** What replaces `deliver`, and is added, while learning. */
  readonly learning?: {
    /** Clears the traces, as at the start of learning. */
    readonly clear: () => void
    readonly deliver: () => void
    readonly afterSpikes: () => void
  }
  /** Scales each neuron's incoming weights to their set total. */
  readonly normalise?: () => void
}

/** Where a projection starts, ends and arrives. */
export interface ProjectionEnds {
  readonly from: SpikingGroup
  readonly to: Population
  readonly into: string
}

/**
 * Makes a projection of its ends and of how it is bound; names it after the ends.
 * @throws InvalidArgumentError when `into` is not an input of the target's model.
 */
export function defineProjection(
  { from, to, into }: ProjectionEnds,
  bind: (binding: Binding, name: string) => BoundProjection,
): Projection {
  const { inputs, name: model } = to.model
  if (!inputs.includes(into)) {
    throw new InvalidArgumentError(
      `projection from "${from.name}" to "${to.name}": ${model} has no input "${into}", only ${inputs.join(', ')}`,
    )
  }
  const name = `${from.name} to ${to.name}`
  return { name, from, to, into, bind: binding => bind(binding, name) }
}

/** What a projection between partners needs: ends of one size, and a weight that all its synapses share. */
export interface PartnerOptions extends ProjectionEnds {
  readonly weight: number
}

/** @throws InvalidArgumentError when the ends differ in size or the weight is not finite. */
export function checkPartners({ from, to, weight }: PartnerOptions): void {
  if (from.size !== to.size) {
    throw new InvalidArgumentError(
      `projection from "${from.name}" (${from.size}) to "${to.name}" (${to.size}): partners need equal sizes`,
    )
  }
  checkFinite(`weight from "${from.name}" to "${to.name}"`, weight)
}

/** @throws InvalidArgumentError when a number is not finite. */
export function checkFinite(what: string, value: number): void {
  if (!Number.isFinite(value)) throw new InvalidArgumentError(`${what} must be a finite number, got ${value}`)
}
