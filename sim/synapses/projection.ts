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

/** @throws InvalidArgumentError when `into` is not an input of the target's model. */
export function checkEnds({ from, to, into }: ProjectionEnds): string {
  const { inputs, name } = to.model
  if (!inputs.includes(into)) {
    throw new InvalidArgumentError(
      `projection from "${from.name}" to "${to.name}": ${name} has no input "${into}", only ${inputs.join(', ')}`,
    )
  }
  return `${from.name} to ${to.name}`
}

/** @throws InvalidArgumentError when both ends do not have the same size. */
export function checkPartners({ from, to }: ProjectionEnds): void {
  if (from.size !== to.size) {
    throw new InvalidArgumentError(
      `projection from "${from.name}" (${from.size}) to "${to.name}" (${to.size}): partners need equal sizes`,
    )
  }
}

/** @throws InvalidArgumentError when a number is not finite. */
export function checkFinite(what: string, value: number): void {
  if (!Number.isFinite(value)) throw new InvalidArgumentError(`${what} must be a finite number, got ${value}`)
}
