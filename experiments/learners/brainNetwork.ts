// The brain itself: a network of Diehl & Cook that takes new parameters while it runs, with lesions, and a copy of it that only looks.
import { DiehlCook, type DiehlCookChanges, type Population } from '../../sim/index.ts'
import { drawLesion } from './lesion.ts'
import type { LearnerConfig, ParameterName } from './parameters.ts'

/** The parameters that are the network's own numbers. */
const numbers = [
  'potentiationRate',
  'depressionRate',
  'tauPre',
  'tauPostFast',
  'tauPostSlow',
  'thetaStep',
  'incomingTotal',
  'inhibition',
  'excitation',
  'tauMem',
  'initialIntensity',
  'minimumSpikes',
] as const satisfies readonly ParameterName[]

/** What the neurons of both populations remember from one presentation to the next. */
const momentary = ['v', 'gExc', 'gInh'] as const

function changesOf(config: LearnerConfig): DiehlCookChanges {
  const { potentiationRate, depressionRate, tauPre, tauPostFast, tauPostSlow } = config
  return {
    initialIntensity: config.initialIntensity,
    minimumSpikes: config.minimumSpikes,
    incomingTotal: config.incomingTotal,
    excitatoryToInhibitory: config.excitation,
    inhibitoryToExcitatory: config.inhibition,
    excitatory: { tauMem: config.tauMem, thetaStep: config.thetaStep },
    plasticity: { potentiationRate, depressionRate, tauPre, tauPostFast, tauPostSlow },
  }
}

function build(config: LearnerConfig): DiehlCook {
  return new DiehlCook({ neurons: config.neurons, seed: config.seed, parameters: changesOf(config) })
}

export class BrainNetwork {
  readonly neurons: number
  /** 1 for a silenced neuron. */
  readonly lesions: Uint8Array<ArrayBuffer>
  #config: LearnerConfig
  #learner: DiehlCook
  /** Looks without learning, so that what it sees leaves no trace in the one that learns; made when first needed. */
  #looker: DiehlCook | null = null
  #lookerVersion = -1
  /** Theta of the silenced neurons, whose own is infinite meanwhile. */
  readonly #heldTheta: Float32Array

  constructor(config: LearnerConfig) {
    this.neurons = config.neurons
    this.lesions = new Uint8Array(config.neurons)
    this.#heldTheta = new Float32Array(config.neurons)
    this.#config = config
    this.#learner = build(config)
    this.#hurt(config)
  }

  get learner(): DiehlCook {
    return this.#learner
  }

  /** Thetas, mV; of silenced neurons, what they will have again. */
  theta(): Float32Array {
    const theta = this.#learner.theta.toArray() as Float32Array
    this.lesions.forEach((silent, neuron) => {
      if (silent === 1) theta[neuron] = this.#heldTheta[neuron]!
    })
    return theta
  }

  /** Takes new parameters and keeps weights, thetas and where the membranes stand; the sizes and the seed stay. */
  configure(config: LearnerConfig): void {
    const before = this.#config
    this.#config = config
    if (numbers.some(name => before[name] !== config[name])) this.#rebuild()
    if (before.brainLesion !== config.brainLesion) this.#hurt(config)
    this.#lookerVersion = -1
  }

  /**
   * The copy, rested and with the weights and thresholds of now.
   * @param version counts their changes.
   */
  looker(version: number): DiehlCook {
    this.#looker ??= build(this.#config)
    const looker = this.#looker
    if (this.#lookerVersion !== version) {
      looker.weights.view().set(this.#learner.weights.view())
      looker.theta.view().set(this.#learner.theta.view())
      looker.normaliseWeights({ force: true })
      this.#lookerVersion = version
    }
    const { excitatory, inhibitory } = looker.parameters
    rest(looker, looker.excitatory, excitatory.vLeak)
    rest(looker, looker.inhibitory, inhibitory.vLeak)
    return looker
  }

  dispose(): void {
    this.#learner.dispose()
    this.#looker?.dispose()
  }

  #rebuild(): void {
    const before = this.#learner
    const after = build(this.#config)
    this.#learner = after
    this.#looker?.dispose()
    this.#looker = null
    after.weights.view().set(before.weights.view())
    after.theta.view().set(before.theta.view())
    for (const variable of momentary) {
      for (const part of ['excitatory', 'inhibitory'] as const) {
        const from = before.simulation.state(before[part], variable)
        after.simulation.state(after[part], variable).view().set(from.view())
      }
    }
    before.dispose()
  }

  /** Silences neurons by a threshold that cannot be reached; others get theirs back as it was. */
  #hurt({ brainLesion, seed }: LearnerConfig): void {
    const marks = drawLesion(this.neurons, brainLesion, seed, 'excitatory')
    const theta = this.#learner.theta.view()
    marks.forEach((silent, neuron) => {
      if (silent === this.lesions[neuron]) return
      if (silent === 1) {
        this.#heldTheta[neuron] = theta[neuron]!
        theta[neuron] = Number.POSITIVE_INFINITY
      } else theta[neuron] = this.#heldTheta[neuron]!
    })
    this.lesions.set(marks)
  }
}

function rest({ simulation }: DiehlCook, population: Population, vLeak: number): void {
  simulation.state(population, 'v').view().fill(vLeak)
  simulation.state(population, 'gExc').view().fill(0)
  simulation.state(population, 'gInh').view().fill(0)
}
