// What a neuron model is: data (parameters, state, equations) and the kernel calls that advance it.
import { type Address, type Backend, InvalidArgumentError } from '../../src/index.ts'
import type { SpikeList } from '../spikes.ts'

/**
 * The units of parameters and state; `'1'` has none.
 *
 * @example
 * ```ts
 * import { currentLif, type Unit } from 'spikegrad/sim'
 * const unit: Unit = currentLif.parameters.iBias.unit
 * unit // 'nA'
 * ```
 */
export type Unit = 'ms' | 'mV' | 'nA' | 'MΩ' | '1'

/**
 * What a number stands for.
 *
 * @example
 * ```ts
 * import { conductanceLif, type Quantity } from 'spikegrad/sim'
 * const theta: Quantity = conductanceLif.state.theta
 * theta.meaning // 'adaptive part of the threshold'
 * ```
 */
export interface Quantity {
  readonly unit: Unit
  readonly meaning: string
}

/**
 * A parameter of a model: its default, and what it may be.
 *
 * @example
 * ```ts
 * import { currentLif, type ParameterDeclaration } from 'spikegrad/sim'
 * const tauMem: ParameterDeclaration = currentLif.parameters.tauMem
 * tauMem.default // 20
 * ```
 */
export interface ParameterDeclaration extends Quantity {
  readonly default: number
  /** Smallest value allowed; `exclusive` leaves the bound itself out. */
  readonly minimum?: number
  readonly exclusive?: boolean
}

/**
 * The values of a model's parameters, in the units it declares.
 *
 * @example
 * ```ts
 * import { currentLif, type ParameterValues, Population } from 'spikegrad/sim'
 * const values: ParameterValues = new Population('cells', 3, currentLif, { r: 50 }).parameters
 * values.r // 50
 * ```
 */
export type ParameterValues<Name extends string = string> = { readonly [name in Name]: number }

/**
 * What a model needs to bind its kernels to one population in one backend.
 *
 * @example
 * ```ts
 * import { type NeuronBinding, type NeuronCalls, Network, type NeuronModel, Population } from 'spikegrad/sim'
 * // A unit whose v grows by 1 in every step, whatever it receives.
 * const counter: NeuronModel<never, 'v'> = {
 *   name: 'counter',
 *   equations: ['v = v + 1 in every step'],
 *   parameters: {},
 *   state: { v: { unit: '1', meaning: 'steps so far', initial: 0 } },
 *   inputs: {},
 *   bind: ({ backend, size, state }: NeuronBinding<never, 'v'>): NeuronCalls => ({
 *     step: () => {
 *       const start = state.v >>> 2
 *       for (let n = 0; n < size; n++) backend.memory.float32[start + n]! += 1
 *     },
 *     reset: () => {},
 *   }),
 * }
 * const network = new Network()
 * const units = network.add(new Population('units', 2, counter))
 * const simulation = network.compile({ dt: 1, seed: 1 })
 * simulation.run(5)
 * simulation.state(units, 'v').toArray() // [5, 5]
 * ```
 */
export interface NeuronBinding<ParameterName extends string, StateName extends string> {
  readonly backend: Backend
  readonly size: number
  /** Time step, ms. */
  readonly dt: number
  readonly parameters: ParameterValues<ParameterName>
  /** Address of each state variable, float32 [size]. */
  readonly state: { readonly [name in StateName]: Address }
  /** Steps left of the refractory period, int32 [size]. */
  readonly refractory: Address
  readonly spikes: SpikeList
}

/**
 * What advances the neurons of one population.
 *
 * @example
 * ```ts
 * import type { NeuronCalls } from 'spikegrad/sim'
 * const silent: NeuronCalls = { step: () => {}, reset: () => {} }
 * silent.adapt // undefined
 * ```
 */
export interface NeuronCalls {
  /** Advances all neurons by dt and fills the spike list. */
  readonly step: () => void
  /** Resets the neurons of the spike list. */
  readonly reset: () => void
  /** What a spike changes for good, done only while learning. */
  readonly adapt?: () => void
}

/**
 * A neuron as data: what it is made of, its equations, and how its kernels are bound.
 *
 * @example
 * ```ts
 * import { currentLif, type NeuronModel } from 'spikegrad/sim'
 * const model: NeuronModel<string, 'v' | 'i'> = currentLif
 * model.equations[1] // 'di/dt = -i / tauSyn'
 * ```
 */
export interface NeuronModel<ParameterName extends string = string, StateName extends string = string> {
  readonly name: string
  /** The model as equations, for people: the kernels integrate these. */
  readonly equations: readonly string[]
  readonly parameters: { readonly [name in ParameterName]: ParameterDeclaration }
  /** State variables with the parameter each starts from, or a number. */
  readonly state: { readonly [name in StateName]: Quantity & { readonly initial: ParameterName | number } }
  /** State variables that synapses may add to, and the least weight that makes sense there. */
  readonly inputs: { readonly [name in StateName]?: { readonly minimumWeight?: number } }
  /** Variables that decay, while learning, too slowly for a float32 step, with the parameter that is their time constant. */
  readonly slow?: { readonly [name in StateName]?: ParameterName }
  bind(binding: NeuronBinding<ParameterName, StateName>): NeuronCalls
}

/**
 * Fills in a model's defaults.
 * @throws InvalidArgumentError naming every unknown parameter and every value out of range, all at once.
 */
export function resolveParameters<Name extends string>(
  model: Pick<NeuronModel<Name>, 'name' | 'parameters'>,
  given: Partial<ParameterValues<Name>>,
): ParameterValues<Name> {
  const declared: Record<string, ParameterDeclaration> = model.parameters
  const problems: string[] = []
  const values: Record<string, number> = {}
  for (const [name, { default: value }] of Object.entries(declared)) values[name] = value
  for (const [name, value] of Object.entries(given) as [string, number][]) {
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (declaration === undefined) {
      problems.push(`unknown parameter "${name}" (it has ${Object.keys(declared).join(', ')})`)
      continue
    }
    const { minimum = Number.NEGATIVE_INFINITY, exclusive = false, unit } = declaration
    if (!Number.isFinite(value) || value < minimum || (exclusive && value === minimum)) {
      const bound = Number.isFinite(minimum)
        ? ` ${exclusive ? 'above' : 'of at least'} ${minimum} ${unit}`
        : ''
      problems.push(`${name} must be a finite number${bound}, got ${value}`)
    }
    values[name] = value
  }
  if (problems.length > 0) throw new InvalidArgumentError(`${model.name}: ${problems.join('; ')}`)
  return values as ParameterValues<Name>
}

/**
 * Steps for which a neuron is held after the step of its spike, so that it integrates again at t + `refractory`.
 *
 * @example
 * ```ts
 * import { heldSteps } from 'spikegrad/sim'
 * heldSteps(2, 0.5) // 3
 * ```
 */
export function heldSteps(refractory: number, dt: number): number {
  return Math.max(0, Math.round(refractory / dt) - 1)
}
