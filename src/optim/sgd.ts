// Stochastic gradient descent, with or without momentum.
import type { Tensor } from '../tensor.ts'
import { checkFraction, Optimiser } from './optimiser.ts'

export interface SgdOptions {
  readonly learningRate: number
  /** How much of the last velocity is carried on, from 0 to below 1; by default 0. */
  readonly momentum?: number
}

/**
 * parameter -= learningRate * gradient; with momentum (Polyak 1964, in the form of Sutskever et al. 2013 without
 * their rescaling), velocity = momentum * velocity + gradient takes the gradient's place.
 */
export class Sgd extends Optimiser {
  readonly momentum: number
  readonly #velocities: readonly Tensor[]

  /** @throws InvalidArgumentError when an option is out of range. */
  constructor(parameters: readonly Tensor[], options: SgdOptions) {
    super(parameters, options.learningRate)
    this.momentum = options.momentum ?? 0
    checkFraction('Sgd: momentum', this.momentum)
    this.#velocities = this.momentum > 0 ? this.zeroState() : []
  }

  protected override update(gradients: readonly Tensor[]): void {
    const { learningRate, momentum, parameters } = this
    for (let i = 0; i < parameters.length; i++) {
      const { address, size, backend } = parameters[i]!
      const gradient = gradients[i]!.address
      const velocity = this.#velocities[i]
      if (velocity === undefined) backend.kernels.gradientDescentStep(address, gradient, size, learningRate)
      else backend.kernels.momentumStep(address, gradient, velocity.address, size, learningRate, momentum)
    }
  }
}
