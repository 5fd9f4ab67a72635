// Adam: steps scaled by running moments of the gradient.
import { checkFraction, checkNotNegative, checkPositive } from '../check.ts'
import { compiled } from '../compile/compiled.ts'
import { defineProgram } from '../compile/define.ts'
import type { Program } from '../compile/program.ts'
import type { Configuration } from '../nn/module.ts'
import type { Tensor } from '../tensor.ts'
import { decayed, Optimiser, programFor, TINY, TINY_SQUARE } from './optimiser.ts'

/**
 * What `Adam` and `AdamW` may be told.
 *
 * @example
 * ```ts
 * import { Adam, type AdamOptions, Parameter } from 'spikegrad'
 * const options: AdamOptions = { learningRate: 0.01 }
 * new Adam([new Parameter([2])], options).beta2 // 0.999
 * ```
 */
export interface AdamOptions {
  /** By default 1e-3. */
  readonly learningRate?: number
  /** Decay of the first moment; by default 0.9. */
  readonly beta1?: number
  /** Decay of the second moment; by default 0.999. */
  readonly beta2?: number
  /** Added to the root of the second moment; by default 1e-8. */
  readonly epsilon?: number
  /**
   * `Adam` adds so much of each parameter to its gradient, by default 0; `AdamW` takes learningRate times so much from the
   * parameter itself, by default 0.01.
   */
  readonly weightDecay?: number
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1), with the numbers of PyTorch's.
 *
 * @example
 * ```ts
 * import { Adam, Parameter, tensor } from 'spikegrad'
 * const x = new Parameter(tensor([1, 1]))
 * new Adam([x], { learningRate: 0.5 }).step([tensor([100, -0.01])])
 * x.toArray() // [0.5, 1.5]
 * ```
 */
export class Adam extends Optimiser {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  readonly weightDecay: number
  readonly #firstMoments: readonly Tensor[]
  readonly #secondMoments: readonly Tensor[]
  readonly #program: Program

  /** @throws InvalidArgumentError when an option is out of range. */
  constructor(parameters: readonly Tensor[], options: AdamOptions = {}) {
    super(parameters, options.learningRate ?? 1e-3)
    this.beta1 = options.beta1 ?? 0.9
    this.beta2 = options.beta2 ?? 0.999
    this.epsilon = options.epsilon ?? 1e-8
    this.weightDecay = options.weightDecay ?? 0
    checkFraction(`${this.algorithm}: beta1`, this.beta1)
    checkFraction(`${this.algorithm}: beta2`, this.beta2)
    checkPositive(`${this.algorithm}: epsilon`, this.epsilon)
    checkNotNegative(`${this.algorithm}: weightDecay`, this.weightDecay)
    this.#firstMoments = this.zeroState('firstMoment')
    this.#secondMoments = this.zeroState('secondMoment')
    this.#program = stepProgram(this, this.decoupled)
  }

  override get algorithm(): string {
    return 'Adam'
  }

  override get configuration(): Configuration {
    const { beta1, beta2, epsilon, weightDecay } = this
    return { beta1, beta2, epsilon, weightDecay }
  }

  /** Whether weight decay acts on the parameter, apart from the gradient. */
  protected get decoupled(): boolean {
    return false
  }

  protected override update(gradients: readonly Tensor[]): void {
    const { beta1, beta2, learningRate, parameters, steps } = this
    const stepSize = learningRate / (1 - beta1 ** steps)
    const secondCorrection = 1 / Math.sqrt(1 - beta2 ** steps)
    const lost = this.decoupled ? learningRate * this.weightDecay : 0
    for (let i = 0; i < parameters.length; i++) {
      const { address, size, backend } = parameters[i]!
      compiled(this.#program, backend).run(
        size,
        address,
        gradients[i]!.address,
        this.#firstMoments[i]!.address,
        this.#secondMoments[i]!.address,
        stepSize,
        secondCorrection,
        lost,
      )
    }
  }
}

/**
 * Adam with weight decay apart from the gradient (Loshchilov & Hutter 2019, algorithm 2), with the numbers of PyTorch's `AdamW`.
 *
 * @example
 * ```ts
 * import { AdamW, Parameter, tensor } from 'spikegrad'
 * const x = new Parameter(tensor([8]))
 * new AdamW([x], { learningRate: 0.5, weightDecay: 0.5 }).step([tensor([0])])
 * x.item() // 6
 * ```
 */
export class AdamW extends Adam {
  /** @throws InvalidArgumentError when an option is out of range. */
  constructor(parameters: readonly Tensor[], options: AdamOptions = {}) {
    super(parameters, { ...options, weightDecay: options.weightDecay ?? 0.01 })
  }

  override get algorithm(): string {
    return 'AdamW'
  }

  protected override get decoupled(): boolean {
    return true
  }
}

/**
 * m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; parameter -= stepSize * m / (sqrt(v) * secondCorrection + epsilon), where
 * stepSize = learningRate / (1 - b1^t) and secondCorrection = 1 / sqrt(1 - b2^t).
 */
function stepProgram({ beta1, beta2, epsilon, weightDecay }: Adam, decoupled: boolean): Program {
  const options = ['Adam', beta1, beta2, epsilon, weightDecay, decoupled]
  return programFor(options, () =>
    defineProgram(
      'Adam',
      program => {
        const parameter = program.state('parameter')
        const given = program.input('gradient')
        const firstMoment = program.state('firstMoment')
        const secondMoment = program.state('secondMoment')
        const stepSize = program.scalar('stepSize')
        const secondCorrection = program.scalar('secondCorrection')
        const lost = program.scalar('lost')

        const gradient = decoupled ? given : decayed(given, parameter.value, weightDecay)
        // 1 - beta in double precision: 1 - 0.999 in single precision is wrong in its fifth digit.
        const first = gradient.timesPlus(1 - beta1, firstMoment.value.times(beta1)).flushBelow(TINY)
        const second = gradient
          .times(gradient)
          .timesPlus(1 - beta2, secondMoment.value.times(beta2))
          .flushBelow(TINY_SQUARE)
        const direction = first.over(second.sqrt().timesPlus(secondCorrection, epsilon))
        // Not parameter * (1 - lost): of a small decay that would round away the last digits.
        const before = decoupled ? parameter.value.minus(parameter.value.times(lost)) : parameter.value

        program.store(firstMoment, first)
        program.store(secondMoment, second)
        program.store(parameter, stepSize.negate().timesPlus(direction, before))
      },
      { fused: true },
    ),
  )
}
