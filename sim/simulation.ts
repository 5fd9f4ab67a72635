// A network compiled: state in a backend's memory, and a flat plan of bound kernel calls whose step allocates nothing.
import {
  type Backend,
  currentBackend,
  type DataType,
  DisposedError,
  InvalidArgumentError,
  keep,
  type Tensor,
  zeros,
} from '../src/index.ts'
import type { Binding, BoundSource, Probe, SpikeSource } from './binding.ts'
import type { NeuronCalls } from './neurons/model.ts'
import type { Population } from './population.ts'
import { type Slot, schedule } from './schedule.ts'
import type { SpikeList, SpikingGroup } from './spikes.ts'
import type { BoundProjection, Projection } from './synapses/projection.ts'

export interface SimulationOptions {
  /** Time step, ms. */
  readonly dt: number
  /** Fixes every random draw. */
  readonly seed: number
}

/** What `Simulation` needs to know of a network. */
export interface NetworkDescription {
  readonly sources: readonly SpikeSource[]
  readonly populations: readonly Population[]
  readonly projections: readonly Projection[]
  readonly probes: readonly Probe[]
}

/** One call of the plan. */
interface PlanCall {
  readonly slot: Slot
  readonly label: string
  readonly call: () => void
}

interface BoundPopulation {
  readonly population: Population
  readonly state: Map<string, Tensor>
  readonly spikes: SpikeList
  readonly calls: NeuronCalls
}

export class Simulation {
  readonly backend: Backend
  readonly dt: number
  readonly #tensors: Tensor[] = []
  readonly #sources = new Map<SpikingGroup, BoundSource>()
  readonly #populations = new Map<SpikingGroup, BoundPopulation>()
  readonly #projections = new Map<Projection, BoundProjection>()
  readonly #frozenPlan: readonly PlanCall[]
  readonly #learningPlan: readonly PlanCall[]
  #learning = false
  #step = 0
  #learnedSteps = 0
  #disposed = false

  /** @throws InvalidArgumentError when dt is not a positive finite number. */
  constructor(network: NetworkDescription, { dt, seed }: SimulationOptions) {
    if (!(dt > 0) || !Number.isFinite(dt)) {
      throw new InvalidArgumentError(`dt must be a positive number of milliseconds, got ${dt}`)
    }
    this.backend = currentBackend()
    this.dt = dt
    const binding: Binding = {
      backend: this.backend,
      dt,
      seed,
      allocate: (shape, dtype) => this.#allocate(shape, dtype),
      spikesOf: group => this.#spikesOf(group),
      stateOf: (population, variable) => this.state(population, variable),
      currentStep: () => this.#step,
    }
    for (const source of network.sources) this.#sources.set(source, source.bind(binding))
    for (const population of network.populations) this.#bindPopulation(population)
    for (const projection of network.projections) this.#projections.set(projection, projection.bind(binding))
    const probes = network.probes.map(probe => ({
      slot: 'probes' as const,
      label: probe.name,
      call: probe.bind(binding),
    }))
    this.#frozenPlan = inOrder([...this.#groupCalls(false), ...this.#projectionCalls(false), ...probes])
    this.#learningPlan = inOrder([...this.#groupCalls(true), ...this.#projectionCalls(true), ...probes])
  }

  /** Simulated time, ms. */
  get time(): number {
    return this.#step * this.dt
  }

  /** Whether weights and thresholds change. Switching it on starts with cleared traces. */
  get learning(): boolean {
    return this.#learning
  }

  set learning(on: boolean) {
    if (on && !this.#learning) {
      for (const { learning } of this.#projections.values()) learning?.clear()
    }
    this.#learning = on
  }

  /** Runs `steps` time steps. */
  run(steps: number): void {
    this.#checkAlive()
    const plan = this.#learning ? this.#learningPlan : this.#frozenPlan
    const calls = plan.map(({ call }) => call)
    for (let s = 0; s < steps; s++) {
      for (let c = 0; c < calls.length; c++) calls[c]!()
      this.#step++
    }
    if (this.#learning) this.#learnedSteps += steps
  }

  /** Scales the incoming weights of every projection that has a set total. */
  normaliseWeights(): void {
    this.#checkAlive()
    for (const { normalise } of this.#projections.values()) normalise?.()
  }

  /**
   * Decays the variables too slow for a float32 step, in closed form, for the time learned since the last call.
   * At 20 mV one step of a threshold with time constant 1e7 ms is below half a unit in the last place.
   */
  decaySlowState(): void {
    this.#checkAlive()
    const elapsed = this.#learnedSteps * this.dt
    this.#learnedSteps = 0
    for (const { population, state } of this.#populations.values()) {
      for (const [variable, tau] of Object.entries(population.model.slow ?? {})) {
        const { address } = state.get(variable)!
        const factor = Math.exp(-elapsed / population.parameters[tau!]!)
        this.backend.kernels.decay(address, population.size, factor)
      }
    }
  }

  /** What steers a source: its `encode`, say. */
  input<Bound extends BoundSource>(source: SpikeSource<Bound>): Bound {
    const bound = this.#sources.get(source)
    if (!bound) throw new InvalidArgumentError(`"${source.name}" is not a source of this simulation`)
    return bound as Bound
  }

  /** A state variable of a population, float32 [size]; writing to its memory sets it. */
  state(population: SpikingGroup, variable: string): Tensor {
    this.#checkAlive()
    const tensor = this.#populations.get(population)?.state.get(variable)
    if (!tensor)
      throw new InvalidArgumentError(`"${population.name}" has no state "${variable}" in this simulation`)
    return tensor
  }

  /** The weights of a dense projection, float32 [from, to]. */
  weights(projection: Projection): Tensor {
    this.#checkAlive()
    const weights = this.#projections.get(projection)?.weights
    if (!weights)
      throw new InvalidArgumentError(`"${projection.name}" has no weight matrix in this simulation`)
    return weights
  }

  /** The plan as text, one call a line: what a step does, in order. */
  describe(): string {
    const plan = this.#learning ? this.#learningPlan : this.#frozenPlan
    return plan.map(({ slot, label }) => `${slot.padEnd(10)} ${label}`).join('\n')
  }

  /** Frees all memory; the simulation cannot be used afterwards. */
  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    for (const tensor of this.#tensors) tensor.dispose()
  }

  #checkAlive(): void {
    if (this.#disposed) throw new DisposedError('this simulation was disposed')
  }

  #allocate(shape: readonly number[], dtype: DataType = 'float32'): Tensor {
    const tensor = keep(zeros(shape, dtype))
    this.#tensors.push(tensor)
    return tensor
  }

  #spikesOf(group: SpikingGroup): SpikeList {
    const bound = this.#sources.get(group) ?? this.#populations.get(group)
    if (!bound) throw new InvalidArgumentError(`"${group.name}" is not part of this network`)
    return bound.spikes
  }

  #bindPopulation(population: Population): void {
    const { model, parameters, size } = population
    const { kernels } = this.backend
    const state = new Map<string, Tensor>()
    for (const [name, { initial }] of Object.entries(model.state)) {
      const tensor = this.#allocate([size])
      kernels.fill(tensor.address, size, typeof initial === 'number' ? initial : parameters[initial]!)
      state.set(name, tensor)
    }
    const spikes = { address: this.#allocate([size], 'int32').address, count: 0 }
    const calls = model.bind({
      backend: this.backend,
      size,
      dt: this.dt,
      parameters,
      state: Object.fromEntries([...state].map(([name, { address }]) => [name, address])),
      refractory: this.#allocate([size], 'int32').address,
      spikes,
    })
    this.#populations.set(population, { population, state, spikes, calls })
  }

  #groupCalls(learning: boolean): PlanCall[] {
    const plan: PlanCall[] = []
    for (const [source, { advance }] of this.#sources) {
      plan.push({ slot: 'inputs', label: source.name, call: advance })
    }
    for (const { population, calls } of this.#populations.values()) {
      const { name, model } = population
      plan.push({ slot: 'neurons', label: `${name} (${model.name})`, call: calls.step })
      plan.push({ slot: 'reset', label: name, call: calls.reset })
      if (learning && calls.adapt)
        plan.push({ slot: 'reset', label: `${name}, adaptation`, call: calls.adapt })
    }
    return plan
  }

  #projectionCalls(learning: boolean): PlanCall[] {
    const plan: PlanCall[] = []
    for (const [{ name }, bound] of this.#projections) {
      const rule = learning ? bound.learning : undefined
      plan.push({ slot: 'delivery', label: name, call: rule?.deliver ?? bound.deliver })
      if (rule) plan.push({ slot: 'plasticity', label: name, call: rule.afterSpikes })
    }
    return plan
  }
}

/** Sorts calls into the slots of the schedule, keeping their order within a slot. */
function inOrder(calls: readonly PlanCall[]): PlanCall[] {
  return schedule.flatMap(({ slot }) => calls.filter(call => call.slot === slot))
}
