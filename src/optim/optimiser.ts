// The base of all optimisers: what they check, and the state they keep beside each parameter.
import { DisposedError, InvalidArgumentError, ShapeError } from '../errors.ts'
import { keep } from '../scope.ts'
import { formatShape, sameShape } from '../shape.ts'
import { Tensor } from '../tensor.ts'

export abstract class Optimiser {
  /** What `step` changes, in order. */
  readonly parameters: readonly Tensor[]
  readonly #state: Tensor[] = []
  #learningRate = 0
  #steps = 0
  #disposed = false

  /** @throws InvalidArgumentError when there is no parameter, one is not float32 or listed twice, or the rate is wrong. */
  constructor(parameters: readonly Tensor[], learningRate: number) {
    if (parameters.length === 0)
      throw new InvalidArgumentError(`${this.#name}: expected at least one parameter`)
    if (new Set(parameters).size !== parameters.length) {
      throw new InvalidArgumentError(`${this.#name}: a parameter is listed twice`)
    }
    for (const { dtype } of parameters) {
      if (dtype !== 'float32')
        throw new InvalidArgumentError(`${this.#name}: parameters are float32, got ${dtype}`)
    }
    this.parameters = [...parameters]
    this.learningRate = learningRate
  }

  get #name(): string {
    return this.constructor.name
  }

  /** How far a step goes; may be changed between steps. */
  get learningRate(): number {
    return this.#learningRate
  }

  set learningRate(rate: number) {
    if (!(rate > 0 && Number.isFinite(rate))) {
      throw new InvalidArgumentError(`${this.#name}: learningRate is a positive number, got ${rate}`)
    }
    this.#learningRate = rate
  }

  /** Number of steps taken. */
  get steps(): number {
    return this.#steps
  }

  /**
   * Changes every parameter by its gradient. Everything is checked before anything is written.
   * @param gradients one for each parameter, in their order and of their shapes.
   * @throws ShapeError when a gradient is missing or has another shape.
   * @throws DisposedError after `dispose`, or when a parameter or gradient was freed.
   * @throws InvalidArgumentError when a gradient is not float32, or lives in another backend.
   */
  step(gradients: readonly Tensor[]): void {
    if (this.#disposed) throw new DisposedError(`${this.#name}: step after dispose`)
    if (gradients.length !== this.parameters.length) {
      throw new ShapeError(
        `${this.#name}: expected ${this.parameters.length} gradients, one for each parameter, got ${gradients.length}`,
      )
    }
    for (let i = 0; i < gradients.length; i++) this.#check(i, this.parameters[i]!, gradients[i]!)
    this.#steps++
    this.update(gradients)
  }

  /** Applies one step; `steps` already counts it. */
  protected abstract update(gradients: readonly Tensor[]): void

  /** A tensor of zeros for each parameter, freed by `dispose`. */
  protected zeroState(): readonly Tensor[] {
    return this.parameters.map(({ shape, size, backend }) => {
      const tensor = keep(new Tensor(shape, 'float32', backend))
      backend.kernels.fill(tensor.address, size, 0)
      this.#state.push(tensor)
      return tensor
    })
  }

  /** Frees the optimiser's state; the parameters stay. */
  dispose(): void {
    this.#disposed = true
    for (const tensor of this.#state) tensor.dispose()
  }

  #check(i: number, parameter: Tensor, gradient: Tensor): void {
    const where = `${this.#name}: parameter ${i} of shape ${formatShape(parameter.shape)}`
    if (parameter.disposed) throw new DisposedError(`${where} was disposed`)
    if (gradient.disposed) throw new DisposedError(`${where}: its gradient was disposed`)
    if (!sameShape(parameter.shape, gradient.shape)) {
      throw new ShapeError(`${where}: its gradient has shape ${formatShape(gradient.shape)}`)
    }
    if (gradient.dtype !== 'float32' || gradient.backend !== parameter.backend) {
      throw new InvalidArgumentError(`${where}: its gradient is not float32 in the same backend`)
    }
  }
}

/** Checks that an optimiser's option lies in [0, 1). */
export function checkFraction(what: string, value: number): void {
  if (!(value >= 0 && value < 1)) {
    throw new InvalidArgumentError(`${what} is a number from 0 to below 1, got ${value}`)
  }
}
