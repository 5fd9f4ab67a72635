// What a projection is: spikes of one group reach an input variable of a population.
import { InvalidArgumentError, type Tensor } from '../../src/index.ts'
import type { Binding } from '../binding.ts'
import type { Population } from '../population.ts'
import type { SpikingGroup } from '../spikes.ts'

/**
 * Synapses from one group to a population.
 *
 * @example
 * ```ts
 * import { currentLif, oneToOne, Population, type Projection } from 'spikegrad/sim'
 * const cells = new Population('cells', 3, currentLif)
 * const projection: Projection = oneToOne({ from: cells, to: cells, into: 'i', weight: 0.1 })
 * projection.name // 'cells to cells'
 * ```
 */
export interface Projection {
  readonly name: string
  readonly from: SpikingGroup
  readonly to: Population
  /** The state variable of `to` that a spike adds to. */
  readonly into: string
  bind(binding: Binding): BoundProjection
}

/**
 * A projection in a compiled network.
 *
 * @example
 * ```ts
 * import { currentLif, Network, Population, type BoundProjection, type Projection } from 'spikegrad/sim'
 * const network = new Network()
 * const cells = network.add(new Population('cells', 1, currentLif))
 * let delivered = 0
 * const bound: BoundProjection = { deliver: () => void delivered++ }
 * const wire: Projection = { name: 'wire', from: cells, to: cells, into: 'i', bind: () => bound }
 * network.connect(wire)
 * network.compile({ dt: 1, seed: 1 }).run(100)
 * delivered // 0
 * ```
 */
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

/**
 * Where a projection starts, ends and arrives.
 *
 * @example
 * ```ts
 * import { currentLif, dense, Population, type ProjectionEnds } from 'spikegrad/sim'
 * const cells = new Population('cells', 3, currentLif)
 * const ends: ProjectionEnds = { from: cells, to: cells, into: 'i', name: 'recurrent' }
 * dense({ ...ends, weights: { low: 0, high: 0.1 } }).name // 'recurrent'
 * ```
 */
export interface ProjectionEnds {
  readonly from: SpikingGroup
  readonly to: Population
  readonly into: string
  /** Keys its random streams; by default "<from> to <to>". */
  readonly name?: string
}

/**
 * What a projection between partners needs: ends of one size, and a weight that all its synapses share.
 *
 * @example
 * ```ts
 * import { currentLif, oneToOne, type PartnerOptions, Population } from 'spikegrad/sim'
 * const cells = new Population('cells', 3, currentLif)
 * const options: PartnerOptions = { from: cells, to: cells, into: 'i', weight: 0.1 }
 * oneToOne(options).into // 'i'
 * ```
 */
export interface PartnerOptions extends ProjectionEnds {
  readonly weight: number
}

function nameOf({ name, from, to }: ProjectionEnds): string {
  return name ?? `${from.name} to ${to.name}`
}

/** Makes a projection of its ends, which have been checked, and of how it is bound. */
export function defineProjection(
  ends: ProjectionEnds,
  bind: (binding: Binding, name: string) => BoundProjection,
): Projection {
  const { from, to, into } = ends
  const name = nameOf(ends)
  return { name, from, to, into, bind: binding => bind(binding, name) }
}

/**
 * Checks a projection that is about to be made, all problems at once.
 * @param weights what its weights lie between, where that is known.
 * @param problems what else is wrong with it.
 * @throws InvalidArgumentError when `into` is no input of the target, or a weight is not finite or below what the input takes.
 */
export function checkProjection(
  ends: ProjectionEnds,
  weights: readonly number[],
  problems: readonly string[] = [],
): void {
  const { name: model, inputs } = ends.to.model
  const input = Object.hasOwn(inputs, ends.into) ? inputs[ends.into] : undefined
  const found = [...problems]
  if (!input) {
    found.push(`${model} has no input "${ends.into}", only ${Object.keys(inputs).join(', ')}`)
  }
  const least = input?.minimumWeight ?? Number.NEGATIVE_INFINITY
  for (const weight of weights) {
    if (!Number.isFinite(weight)) found.push(`a weight must be a finite number, got ${weight}`)
    else if (weight < least)
      found.push(`a weight into "${ends.into}" must be at least ${least}, got ${weight}`)
  }
  if (found.length > 0) throw new InvalidArgumentError(`projection "${nameOf(ends)}": ${found.join('; ')}`)
}

/** @throws InvalidArgumentError when the ends differ in size, or as `checkProjection`. */
export function checkPartners(options: PartnerOptions): void {
  const { from, to, weight } = options
  const problem = `partners need equal sizes, got ${from.size} and ${to.size}`
  checkProjection(options, [weight], from.size === to.size ? [] : [problem])
}
