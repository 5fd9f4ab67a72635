// RMSprop: steps scaled by a running root mean square of the gradient.
import { checkFraction, checkNotNegative, checkPositive } from '../check.ts'
import { compiled } from '../compile/compiled.ts'
import { defineProgram } from '../compile/define.ts'
import type { Program } from '../compile/program.ts'
import type { Configuration } from '../nn/module.ts'
import type { Tensor } from '../tensor.ts'
import { decayed, Optimiser, programFor, TINY, TINY_SQUARE } from './optimiser.ts'

/**
 * What `RmsProp` may be told.
 *
 * @example
 * ```ts
 * import { Parameter, RmsProp, type RmsPropOptions } from 'spikegrad'
 * const options: RmsPropOptions = { learningRate: 0.001, momentum: 0.9 }
 * new RmsProp([new Parameter([2])], options).decay // 0.99
 * ```
 */
export interface RmsPropOptions {
  /** By default 0.01. */
  readonly learningRate?: number
  /** Decay of the mean square, PyTorch's alpha; by default 0.99. */
  readonly decay?: number
  /** Added to its root; by default 1e-8. */
  readonly epsilon?: number
  /** How much of the last velocity is carried on, from 0 to below 1; by default 0. */
  readonly momentum?: number
  /** Takes the squared mean of the gradient from its mean square, which leaves the variance. */
  readonly centred?: boolean
  /** Adds so much of each parameter to its gradient; by default 0. */
  readonly weightDecay?: number
}

/**
 * RMSprop (Tieleman & Hinton 2012, lecture 6e; centred: Graves 2013, equation 40), with the numbers of PyTorch's `RMSprop`.
 *
 * @example
 * ```ts
 * import { Parameter, RmsProp, tensor } from 'spikegrad'
 * const x = new Parameter(tensor([3]))
 * new RmsProp([x], { learningRate: 0.5, decay: 0.75 }).step([tensor([40])])
 * x.item() // 2
 * ```
 */
export class RmsProp extends Optimiser {
  readonly decay: number
  readonly epsilon: number
  readonly momentum: number
  readonly centred: boolean
  readonly weightDecay: number
  /** Mean squares; then, where asked for, means and velocities: for each parameter in the order of the program's operands. */
  readonly #state: readonly (readonly Tensor[])[]
  readonly #program: Program

  /** @throws InvalidArgumentError when an option is out of range. */
  constructor(parameters: readonly Tensor[], options: RmsPropOptions = {}) {
    super(parameters, options.learningRate ?? 0.01)
    this.decay = options.decay ?? 0.99
    this.epsilon = options.epsilon ?? 1e-8
    this.momentum = options.momentum ?? 0
    this.centred = options.centred ?? false
    this.weightDecay = options.weightDecay ?? 0
    checkFraction('RmsProp: decay', this.decay)
    checkPositive('RmsProp: epsilon', this.epsilon)
    checkFraction('RmsProp: momentum', this.momentum)
    checkNotNegative('RmsProp: weightDecay', this.weightDecay)
    const state = [this.zeroState('meanSquare')]
    if (this.centred) state.push(this.zeroState('mean'))
    if (this.momentum > 0) state.push(this.zeroState('velocity'))
    this.#state = parameters.map((_, i) => state.map(tensors => tensors[i]!))
    this.#program = stepProgram(this)
  }

  override get algorithm(): string {
    return 'RmsProp'
  }

  override get configuration(): Configuration {
    const { decay, epsilon, momentum, centred, weightDecay } = this
    return { decay, epsilon, momentum, centred, weightDecay }
  }

  protected override update(gradients: readonly Tensor[]): void {
    const { learningRate, parameters } = this
    for (let i = 0; i < parameters.length; i++) {
      const { address, size, backend } = parameters[i]!
      const state = this.#state[i]!.map(tensor => tensor.address)
      compiled(this.#program, backend).run(size, address, gradients[i]!.address, learningRate, ...state)
    }
  }
}

/** v = decay v + (1 - decay) g^2; with d = g / (sqrt(v) + epsilon), parameter -= learningRate * d, or its velocity. */
function stepProgram({ decay, epsilon, momentum, centred, weightDecay }: RmsProp): Program {
  const options = ['RmsProp', decay, epsilon, momentum, centred, weightDecay]
  return programFor(options, () =>
    defineProgram(
      'RmsProp',
      program => {
        const parameter = program.state('parameter')
        const gradient = decayed(program.input('gradient'), parameter.value, weightDecay)
        const learningRate = program.scalar('learningRate')
        const meanSquare = program.state('meanSquare')
        const square = gradient
          .times(gradient)
          .timesPlus(1 - decay, meanSquare.value.times(decay))
          .flushBelow(TINY_SQUARE)
        program.store(meanSquare, square)
        let variance = square
        if (centred) {
          const mean = program.state('mean')
          const average = gradient.timesPlus(1 - decay, mean.value.times(decay)).flushBelow(TINY)
          program.store(mean, average)
          // Rounding may leave less than nothing.
          variance = square.minus(average.times(average)).atLeast(0)
        }
        let direction = gradient.over(variance.sqrt().plus(epsilon))
        if (momentum > 0) {
          const velocity = program.state('velocity')
          direction = velocity.value.timesPlus(momentum, direction).flushBelow(TINY)
          program.store(velocity, direction)
        }
        program.store(parameter, learningRate.negate().timesPlus(direction, parameter.value))
      },
      { fused: true },
    ),
  )
}
