// Stochastic gradient descent, with or without momentum.
import { checkFraction, checkNotNegative } from '../check.ts'
import { compiled } from '../compile/compiled.ts'
import { defineProgram } from '../compile/define.ts'
import type { Program } from '../compile/program.ts'
import { InvalidArgumentError } from '../errors.ts'
import type { Configuration } from '../nn/module.ts'
import type { Tensor } from '../tensor.ts'
import { decayed, Optimiser, programFor, TINY } from './optimiser.ts'

/**
 * What `Sgd` may be told.
 *
 * @example
 * ```ts
 * import { Parameter, Sgd, type SgdOptions } from 'spikegrad'
 * const options: SgdOptions = { learningRate: 0.1, momentum: 0.9, nesterov: true }
 * new Sgd([new Parameter([2])], options).momentum // 0.9
 * ```
 */
export interface SgdOptions {
  readonly learningRate: number
  /** How much of the last velocity is carried on, from 0 to below 1; by default 0. */
  readonly momentum?: number
  /** Share of a gradient that does not reach the velocity, from 0 to below 1; by default 0. The first gradient reaches it whole. */
  readonly dampening?: number
  /** Goes where the velocity is about to lead (Nesterov 1983, as Sutskever et al. 2013 write it); needs momentum without dampening. */
  readonly nesterov?: boolean
  /** Adds so much of each parameter to its gradient; by default 0. */
  readonly weightDecay?: number
}

/**
 * parameter -= learningRate * gradient; with momentum (Polyak 1964, in the form of Sutskever et al. 2013 without their
 * rescaling), velocity = momentum * velocity + (1 - dampening) * gradient takes the gradient's place. The numbers are those of
 * PyTorch's `SGD`.
 *
 * @example
 * ```ts
 * import { Parameter, Sgd, tensor } from 'spikegrad'
 * const x = new Parameter(tensor([1, 2]))
 * new Sgd([x], { learningRate: 0.5 }).step([tensor([1, -1])])
 * x.toArray() // [0.5, 2.5]
 * ```
 */
export class Sgd extends Optimiser {
  readonly momentum: number
  readonly dampening: number
  readonly nesterov: boolean
  readonly weightDecay: number
  readonly #velocities: readonly Tensor[]
  readonly #program: Program

  /** @throws InvalidArgumentError when an option is out of range. */
  constructor(parameters: readonly Tensor[], options: SgdOptions) {
    super(parameters, options.learningRate)
    this.momentum = options.momentum ?? 0
    this.dampening = options.dampening ?? 0
    this.nesterov = options.nesterov ?? false
    this.weightDecay = options.weightDecay ?? 0
    checkFraction(`${this.algorithm}: momentum`, this.momentum)
    checkFraction(`${this.algorithm}: dampening`, this.dampening)
    checkNotNegative(`${this.algorithm}: weightDecay`, this.weightDecay)
    if (this.nesterov && (this.momentum === 0 || this.dampening > 0)) {
      throw new InvalidArgumentError(`${this.algorithm}: nesterov needs momentum, and no dampening`)
    }
    this.#velocities = this.momentum > 0 ? this.zeroState('velocity') : []
    this.#program = this.momentum > 0 ? momentumProgram(this) : plainProgram(this)
  }

  override get algorithm(): string {
    return 'Sgd'
  }

  override get configuration(): Configuration {
    const { momentum, dampening, nesterov, weightDecay } = this
    return { momentum, dampening, nesterov, weightDecay }
  }

  protected override update(gradients: readonly Tensor[]): void {
    const { learningRate, momentum, parameters, steps } = this
    // The first velocity is the gradient itself.
    const share = steps === 1 ? 1 : 1 - this.dampening
    for (let i = 0; i < parameters.length; i++) {
      const { address, size, backend } = parameters[i]!
      const velocity = this.#velocities[i]
      const program = compiled(this.#program, backend)
      const gradient = gradients[i]!.address
      if (velocity === undefined) program.run(size, address, gradient, learningRate)
      else program.run(size, address, gradient, velocity.address, learningRate, momentum, share)
    }
  }
}

/**
 * Gradient descent: `Sgd` without momentum. What is stochastic about that is only that a step sees a batch; give it the gradient of
 * all examples, and this is the name.
 *
 * @example
 * ```ts
 * import { GradientDescent, Parameter, tensor } from 'spikegrad'
 * const x = new Parameter(tensor([4]))
 * new GradientDescent([x], { learningRate: 0.25 }).step([tensor([8])])
 * x.item() // 2
 * ```
 */
export class GradientDescent extends Sgd {
  /** @throws InvalidArgumentError when the learning rate is not a positive number. */
  constructor(parameters: readonly Tensor[], { learningRate }: { readonly learningRate: number }) {
    super(parameters, { learningRate })
  }

  override get algorithm(): string {
    return 'GradientDescent'
  }
}

function plainProgram({ weightDecay }: Sgd): Program {
  return programFor(['Sgd', weightDecay], () =>
    defineProgram(
      'gradient descent',
      program => {
        const parameter = program.state('parameter')
        const gradient = decayed(program.input('gradient'), parameter.value, weightDecay)
        const learningRate = program.scalar('learningRate')
        program.store(parameter, learningRate.negate().timesPlus(gradient, parameter.value))
      },
      { fused: true },
    ),
  )
}

function momentumProgram({ weightDecay, dampening, nesterov }: Sgd): Program {
  return programFor(['Sgd', weightDecay, dampening > 0, nesterov], () =>
    defineProgram(
      'gradient descent with momentum',
      program => {
        const parameter = program.state('parameter')
        const gradient = decayed(program.input('gradient'), parameter.value, weightDecay)
        const velocity = program.state('velocity')
        const learningRate = program.scalar('learningRate')
        const momentum = program.scalar('momentum')
        const share = program.scalar('share')
        const push = dampening === 0 ? gradient : gradient.times(share)
        const moved = momentum.timesPlus(velocity.value, push).flushBelow(TINY)
        const direction = nesterov ? momentum.timesPlus(moved, gradient) : moved
        program.store(velocity, moved)
        program.store(parameter, learningRate.negate().timesPlus(direction, parameter.value))
      },
      { fused: true },
    ),
  )
}
