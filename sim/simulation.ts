// A network compiled: state in a backend's memory, and a flat plan of bound kernel calls whose step allocates nothing.
import {
  type Backend,
  currentBackend,
  type DataType,
  DisposedError,
  InvalidArgumentError,
  keep,
  streamKey,
  type Tensor,
  zeros,
} from '../src/index.ts'
import type { Binding, BoundSource, Probe, SpikeSource } from './binding.ts'
import type { NeuronCalls } from './neurons/model.ts'
import type { Population } from './population.ts'
import { claimProbe } from './probes/claim.ts'
import { type Slot, schedule } from './schedule.ts'
import { SlowVariable } from './slowVariable.ts'
import type { SpikeList, SpikingGroup } from './spikes.ts'
import type { BoundProjection, Projection } from './synapses/projection.ts'

/**
 * What a network needs to run.
 *
 * @example
 * ```ts
 * import { Network, type SimulationOptions } from 'spikegrad/sim'
 * const options: SimulationOptions = { dt: 0.5, seed: 1 }
 * const simulation = new Network().compile(options)
 * simulation.run(100)
 * simulation.time // 50
 * ```
 */
export interface SimulationOptions {
  /** Time step, ms. */
  readonly dt: number
  /** Fixes every random draw. */
  readonly seed: number
}

/**
 * What `Simulation` needs to know of a network.
 *
 * @example
 * ```ts
 * import { currentLif, type NetworkDescription, Population, Simulation } from 'spikegrad/sim'
 * const cells = new Population('cells', 3, currentLif)
 * const description: NetworkDescription = { sources: [], populations: [cells], projections: [], probes: [] }
 * new Simulation(description, { dt: 1, seed: 1 }).state(cells, 'v').toArray() // [-65, -65, -65]
 * ```
 */
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
  /** Does nothing in a step in which no population spikes, as most are. */
  readonly needsSpikes: boolean
  /** Whether it would do nothing in a whole run. */
  readonly idle?: () => boolean
}

interface BoundPopulation {
  readonly population: Population
  readonly state: Map<string, Tensor>
  readonly spikes: SpikeList
  readonly calls: NeuronCalls
}

/**
 * A compiled network, ready to run.
 *
 * @example
 * ```ts
 * import { currentLif, Network, Population } from 'spikegrad/sim'
 * const network = new Network()
 * const cells = network.add(new Population('cells', 2, currentLif))
 * const simulation = network.compile({ dt: 0.5, seed: 1 })
 * simulation.state(cells, 'v').write([-60, -65])
 * simulation.run(200)
 * simulation.time // 100
 * simulation.dispose()
 * ```
 */
export class Simulation {
  readonly backend: Backend
  readonly dt: number
  readonly #tensors: Tensor[] = []
  readonly #sources = new Map<SpikingGroup, BoundSource>()
  readonly #populations = new Map<SpikingGroup, BoundPopulation>()
  readonly #projections = new Map<Projection, BoundProjection>()
  readonly #slow: SlowVariable[] = []
  /** The spikes of each population. */
  readonly #spikeLists: SpikeList[] = []
  readonly #frozenPlan: readonly PlanCall[]
  readonly #learningPlan: readonly PlanCall[]
  #learning = false
  #step = 0
  #disposed = false

  /** @throws InvalidArgumentError when dt is not a positive finite number, or the seed no integer from 0. */
  constructor(network: NetworkDescription, { dt, seed }: SimulationOptions) {
    if (!(dt > 0) || !Number.isFinite(dt)) {
      throw new InvalidArgumentError(`dt must be a positive number of milliseconds, got ${dt}`)
    }
    // Refuses what is no seed, even where nothing draws.
    streamKey(seed, 'simulation')
    this.backend = currentBackend()
    this.dt = dt
    try {
      const plans = this.#compile(network, seed)
      this.#frozenPlan = plans.frozen
      this.#learningPlan = plans.learning
    } catch (error) {
      this.dispose()
      throw error
    }
  }

  #compile(network: NetworkDescription, seed: number): { frozen: PlanCall[]; learning: PlanCall[] } {
    const binding: Binding = {
      backend: this.backend,
      dt: this.dt,
      seed,
      allocate: (shape, dtype) => this.#allocate(shape, dtype),
      spikesOf: group => this.#spikesOf(group),
      stateOf: (population, variable) => this.state(population, variable),
      currentStep: () => this.#step,
    }
    for (const source of network.sources) this.#sources.set(source, source.bind(binding))
    for (const population of network.populations) this.#bindPopulation(population)
    for (const projection of network.projections) this.#projections.set(projection, projection.bind(binding))
    const probes = network.probes.map(probe => {
      claimProbe(probe)
      const idle = probe.idle?.bind(probe)
      return {
        slot: 'probes' as const,
        label: probe.name,
        call: probe.bind(binding),
        needsSpikes: probe.group !== undefined && this.#populations.has(probe.group),
        ...(idle && { idle }),
      }
    })
    const plan = (learning: boolean) =>
      inOrder([...this.#groupCalls(learning), ...this.#projectionCalls(learning), ...probes])
    return { frozen: plan(false), learning: plan(true) }
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

  /**
   * Runs `steps` time steps (not milliseconds).
   * @throws InvalidArgumentError unless `steps` is an integer from 0.
   */
  run(steps: number): void {
    this.#checkAlive()
    if (!Number.isSafeInteger(steps) || steps < 0) {
      throw new InvalidArgumentError(`run: a number of steps is an integer from 0, got ${steps}`)
    }
    const plan = this.#learning ? this.#learningPlan : this.#frozenPlan
    const active = plan.filter(({ idle }) => !idle?.())
    const isFirst = ({ slot }: PlanCall) => slot === 'inputs' || slot === 'neurons'
    const first = active.filter(isFirst).map(({ call }) => call)
    const rest = active.filter(call => !isFirst(call))
    const afterSpikes = rest.map(({ call }) => call)
    const afterSilence = rest.filter(({ needsSpikes }) => !needsSpikes).map(({ call }) => call)
    for (let left = steps; left > 0; ) {
      const stretch = this.#learning ? this.#stepsToSlowDecay(left) : left
      for (let s = 0; s < stretch; s++) {
        for (let c = 0; c < first.length; c++) first[c]!()
        const then = this.#anySpikes() ? afterSpikes : afterSilence
        for (let c = 0; c < then.length; c++) then[c]!()
        this.#step++
      }
      if (this.#learning) for (const slow of this.#slow) slow.advance(stretch)
      left -= stretch
    }
  }

  /** Whether a population, not a source, spikes in the present step. */
  #anySpikes(): boolean {
    for (let p = 0; p < this.#spikeLists.length; p++) if (this.#spikeLists[p]!.count > 0) return true
    return false
  }

  /** Steps that may pass before a slow variable is due, at most `left`. */
  #stepsToSlowDecay(left: number): number {
    return this.#slow.reduce((least, { due }) => Math.min(least, due), left)
  }

  /** Scales the incoming weights of every projection that has a set total. */
  normaliseWeights(): void {
    this.#checkAlive()
    for (const { normalise } of this.#projections.values()) normalise?.()
  }

  /** What steers a source: its `encode`, say. */
  input<Bound extends BoundSource>(source: SpikeSource<Bound>): Bound {
    const bound = this.#sources.get(source)
    if (!bound) throw new InvalidArgumentError(`"${source.name}" is not a source of this simulation`)
    return bound as Bound
  }

  /** A state variable of a population, float32 [size]; its `write` sets it. */
  state(population: SpikingGroup, variable: string): Tensor {
    this.#checkAlive()
    const tensor = this.#populations.get(population)?.state.get(variable)
    if (!tensor)
      throw new InvalidArgumentError(`"${population.name}" has no state "${variable}" in this simulation`)
    return tensor
  }

  /** The weights of a dense projection, float32 [from, to]; their `write` sets them. */
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
    for (const [variable, tau] of Object.entries(model.slow ?? {})) {
      const { address } = state.get(variable)!
      this.#slow.push(new SlowVariable(this.backend, address, size, this.dt / parameters[tau!]!))
    }
    const spikes = { address: this.#allocate([size], 'int32').address, count: 0 }
    this.#spikeLists.push(spikes)
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
      plan.push({ slot: 'inputs', label: source.name, call: advance, needsSpikes: false })
    }
    for (const { population, calls } of this.#populations.values()) {
      const { name, model } = population
      plan.push({ slot: 'neurons', label: `${name} (${model.name})`, call: calls.step, needsSpikes: false })
      plan.push({ slot: 'reset', label: name, call: calls.reset, needsSpikes: true })
      if (learning && calls.adapt)
        plan.push({ slot: 'reset', label: `${name}, adaptation`, call: calls.adapt, needsSpikes: true })
    }
    return plan
  }

  #projectionCalls(learning: boolean): PlanCall[] {
    const plan: PlanCall[] = []
    for (const [{ name, from }, bound] of this.#projections) {
      const needsSpikes = this.#populations.has(from)
      const rule = learning ? bound.learning : undefined
      plan.push({ slot: 'delivery', label: name, call: rule?.deliver ?? bound.deliver, needsSpikes })
      if (rule) plan.push({ slot: 'plasticity', label: name, call: rule.afterSpikes, needsSpikes: true })
    }
    return plan
  }
}

/** Sorts calls into the slots of the schedule, keeping their order within a slot. */
function inOrder(calls: readonly PlanCall[]): PlanCall[] {
  return schedule.flatMap(({ slot }) => calls.filter(call => call.slot === slot))
}
