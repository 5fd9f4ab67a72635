// Adam: steps scaled by running moments of the gradient.
import { InvalidArgumentError } from '../errors.ts'
import type { Tensor } from '../tensor.ts'
import { checkFraction, Optimiser } from './optimiser.ts'

export interface AdamOptions {
  /** By default 1e-3. */
  readonly learningRate?: number
  /** Decay of the first moment; by default 0.9. */
  readonly beta1?: number
  /** Decay of the second moment; by default 0.999. */
  readonly beta2?: number
  /** Added to the root of the second moment; by default 1e-8. */
  readonly epsilon?: number
}

/** Adam (Kingma & Ba 2015, algorithm 1). */
export class Adam extends Optimiser {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  readonly #firstMoments: readonly Tensor[]
  readonly #secondMoments: readonly Tensor[]

  /** @throws InvalidArgumentError when an option is out of range. */
  constructor(parameters: readonly Tensor[], options: AdamOptions = {}) {
    super(parameters, options.learningRate ?? 1e-3)
    this.beta1 = options.beta1 ?? 0.9
    this.beta2 = options.beta2 ?? 0.999
    this.epsilon = options.epsilon ?? 1e-8
    checkFraction('Adam: beta1', this.beta1)
    checkFraction('Adam: beta2', this.beta2)
    if (!(this.epsilon > 0 && Number.isFinite(this.epsilon))) {
      throw new InvalidArgumentError(`Adam: epsilon is a positive number, got ${this.epsilon}`)
    }
    this.#firstMoments = this.zeroState()
    this.#secondMoments = this.zeroState()
  }

  protected override update(gradients: readonly Tensor[]): void {
    const { beta1, beta2, epsilon, parameters, steps } = this
    const stepSize = this.learningRate / (1 - beta1 ** steps)
    const secondCorrection = 1 / Math.sqrt(1 - beta2 ** steps)
    for (let i = 0; i < parameters.length; i++) {
      const { address, size, backend } = parameters[i]!
      backend.kernels.adamStep(
        address,
        gradients[i]!.address,
        this.#firstMoments[i]!.address,
        this.#secondMoments[i]!.address,
        size,
        stepSize,
        beta1,
        beta2,
        epsilon,
        secondCorrection,
      )
    }
  }
}
