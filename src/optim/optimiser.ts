// The base of all optimisers: what they check, and the state they keep beside each parameter.
import { checkNotNegative, checkPositive, isWhole } from '../check.ts'
import type { FloatExpression } from '../compile/expression.ts'
import type { Program } from '../compile/program.ts'
import { DisposedError, InvalidArgumentError, ShapeError } from '../errors.ts'
import { type Configuration, checkState, type StateEntry, writeAll } from '../nn/module.ts'
import { StateTensor } from '../nn/parameter.ts'
import { keep } from '../scope.ts'
import { formatShape, sameShape } from '../shape.ts'
import { Tensor } from '../tensor.ts'
import { checkFinite } from './finite.ts'

/**
 * All that an optimiser remembers between steps.
 *
 * @example
 * ```ts
 * import { type OptimiserState, Parameter, Sgd } from 'spikegrad'
 * const sgd = new Sgd([new Parameter([2])], { learningRate: 0.5, momentum: 0.9 })
 * const state: OptimiserState = sgd.stateDictionary()
 * state.learningRate // 0.5
 * ```
 */
export interface OptimiserState {
  /** Which optimiser it is of, as `Adam`. */
  readonly algorithm: string
  /** Steps taken. */
  readonly steps: number
  readonly learningRate: number
  /** What it was made with beside the rate; compared when the state is loaded. */
  readonly configuration: Configuration
  /** One tensor for each parameter and thing remembered, by names as `fc1.weight.firstMoment`. */
  readonly tensors: ReadonlyMap<string, StateEntry>
}

interface Remembered {
  readonly parameter: number
  readonly what: string
  readonly tensor: Tensor
}

/**
 * The base of all optimisers. One of your own says in `update` what a step does with the gradients.
 *
 * @example
 * ```ts
 * import { Optimiser, Parameter, type Tensor, tensor } from 'spikegrad'
 * class SignDescent extends Optimiser {
 *   protected override update(gradients: readonly Tensor[]) {
 *     this.parameters.forEach((parameter, i) => {
 *       const signs = gradients[i]!.view()
 *       parameter.write(parameter.view().map((x, entry) => x - this.learningRate * Math.sign(signs[entry]!)))
 *     })
 *   }
 * }
 * const x = new Parameter(tensor([1, 1]))
 * new SignDescent([x], 0.5).step([tensor([30, -0.2])])
 * x.toArray() // [0.5, 1.5]
 * ```
 */
export abstract class Optimiser {
  /** What `step` changes, in order. */
  readonly parameters: readonly Tensor[]
  /** Whether `step` refuses gradients that are not finite, at the cost of one more pass over them; true unless set. */
  checkGradients = true
  readonly #state: Remembered[] = []
  #learningRate = 0
  #steps = 0
  #disposed = false

  /** @throws InvalidArgumentError when there is no parameter, one is not float32 or listed twice, or the rate is wrong. */
  constructor(parameters: readonly Tensor[], learningRate: number) {
    if (parameters.length === 0)
      throw new InvalidArgumentError(`${this.algorithm}: expected at least one parameter`)
    if (new Set(parameters).size !== parameters.length) {
      throw new InvalidArgumentError(`${this.algorithm}: a parameter is listed twice`)
    }
    for (const { dtype } of parameters) {
      if (dtype !== 'float32')
        throw new InvalidArgumentError(`${this.algorithm}: parameters are float32, got ${dtype}`)
    }
    checkPositive(`${this.algorithm}: learningRate`, learningRate)
    this.parameters = [...parameters]
    this.learningRate = learningRate
  }

  /** Its name in errors and files: of its class, unless told; a name that is told survives minification. */
  get algorithm(): string {
    return this.constructor.name
  }

  /** How far a step goes; may be changed between steps, as schedules do, also to 0. */
  get learningRate(): number {
    return this.#learningRate
  }

  set learningRate(rate: number) {
    checkNotNegative(`${this.algorithm}: learningRate`, rate)
    this.#learningRate = rate
  }

  /** What else its steps depend on than the rate, the gradients and its state, which a loaded state has to share: its decays, say. */
  get configuration(): Configuration {
    return {}
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
   * @throws NonFiniteError naming the first parameter whose gradient is infinite or not a number.
   */
  step(gradients: readonly Tensor[]): void {
    if (this.#disposed) throw new DisposedError(`${this.algorithm}: step after dispose`)
    if (gradients.length !== this.parameters.length) {
      throw new ShapeError(
        `${this.algorithm}: expected ${this.parameters.length} gradients, one for each parameter, got ${gradients.length}`,
      )
    }
    for (let i = 0; i < gradients.length; i++) this.#check(i, this.parameters[i]!, gradients[i]!)
    if (this.checkGradients) this.checkFinite(gradients)
    this.#steps++
    this.update(gradients)
  }

  /** @throws NonFiniteError naming the first parameter whose gradient is infinite or not a number. */
  checkFinite(gradients: readonly Tensor[]): void {
    checkFinite(this.algorithm, gradients, i => `"${this.#names()[i]!}"`)
  }

  /** Applies one step; `steps` already counts it. */
  protected abstract update(gradients: readonly Tensor[]): void

  /** A tensor of zeros for each parameter, saved with the optimiser's state as `what`, and freed by `dispose`. */
  protected zeroState(what: string): readonly Tensor[] {
    return this.parameters.map(({ shape, size, backend }, parameter) => {
      const tensor = keep(new Tensor(shape, 'float32', backend))
      backend.kernels.fill(tensor.address, size, 0)
      this.#state.push({ parameter, what, tensor })
      return tensor
    })
  }

  /**
   * What it remembers, by name.
   * @param names of the parameters; those it does not have by default go by their own, which `Module` gives them.
   */
  stateDictionary(
    names?: ReadonlyMap<Tensor, string>,
  ): Omit<OptimiserState, 'tensors'> & { readonly tensors: ReadonlyMap<string, Tensor> } {
    const named = this.#names(names)
    const tensors = this.#state.map(
      ({ parameter, what, tensor }) => [`${named[parameter]}.${what}`, tensor] as const,
    )
    const { algorithm, steps, learningRate, configuration } = this
    return { algorithm, steps, learningRate, configuration, tensors: new Map(tensors) }
  }

  /**
   * Goes on from a state that was saved. Everything is checked before anything is written.
   * @throws InvalidArgumentError when it is of another optimiser, one made with other options, or of other parameters.
   * @throws ShapeError when a shape differs.
   */
  loadState(state: OptimiserState): void {
    this.checkProgress(state)
    const { tensors } = this.stateDictionary()
    writeAll(checkState(`${this.algorithm}: loadState`, tensors, state.tensors))
    this.setProgress(state)
  }

  /** Checks what of a state is not in tensors. */
  checkProgress({ algorithm, steps, learningRate, configuration }: Omit<OptimiserState, 'tensors'>): void {
    const where = `${this.algorithm}: loadState`
    if (algorithm !== this.algorithm) {
      throw new InvalidArgumentError(`${where}: got the state of ${JSON.stringify(algorithm)}`)
    }
    if (!isWhole(steps)) {
      throw new InvalidArgumentError(`${where}: the number of steps is a whole number, got ${steps}`)
    }
    checkNotNegative(`${where}: learningRate`, learningRate)
    const found: Readonly<Record<string, unknown>> = { ...configuration }
    for (const [option, value] of Object.entries(this.configuration)) {
      const [own, other] = [value, found[option]].map(part => JSON.stringify(part))
      if (own === other) continue
      throw new InvalidArgumentError(`${where}: ${option} is ${own}, the state is of one with ${other}`)
    }
  }

  /** Takes over what `checkProgress` found right. */
  setProgress({ steps, learningRate }: Omit<OptimiserState, 'tensors'>): void {
    this.#steps = steps
    this.#learningRate = learningRate
  }

  /** Frees the optimiser's state; the parameters stay. */
  dispose(): void {
    this.#disposed = true
    for (const { tensor } of this.#state) tensor.dispose()
  }

  /** The parameters' names, as given or their own; their place where they have none, or share one. */
  #names(given?: ReadonlyMap<Tensor, string>): readonly string[] {
    const names = this.parameters.map(
      parameter => given?.get(parameter) ?? (parameter instanceof StateTensor ? parameter.name : ''),
    )
    return names.map((name, i) =>
      name === '' || names.indexOf(name) !== names.lastIndexOf(name) ? `parameter ${i}` : name,
    )
  }

  #check(i: number, parameter: Tensor, gradient: Tensor): void {
    const where = () => `${this.algorithm}: parameter ${i} of shape ${formatShape(parameter.shape)}`
    if (parameter.disposed) throw new DisposedError(`${where()} was disposed`)
    if (gradient.disposed) throw new DisposedError(`${where()}: its gradient was disposed`)
    if (!sameShape(parameter.shape, gradient.shape)) {
      throw new ShapeError(`${where()}: its gradient has shape ${formatShape(gradient.shape)}`)
    }
    if (gradient.dtype !== 'float32' || gradient.backend !== parameter.backend) {
      throw new InvalidArgumentError(`${where()}: its gradient is not float32 in the same backend`)
    }
  }
}

/** State closer to 0 than this becomes 0: what decays must not linger among the denormals, which are thirty times slower. */
export const TINY = 1e-20

/**
 * The same of a mean of squares, which the root takes back to the size of a gradient: just above the denormals, since a small one
 * that became 0 would make a large step.
 */
export const TINY_SQUARE = 1e-37

const programs = new Map<string, Program>()

/** The program of an update, made once for the same options: what is compiled for a program is kept. */
export function programFor(options: readonly unknown[], define: () => Program): Program {
  const key = JSON.stringify(options)
  let program = programs.get(key)
  if (program === undefined) {
    program = define()
    programs.set(key, program)
  }
  return program
}

/** A gradient with so much of its parameter added. */
export function decayed(
  gradient: FloatExpression,
  parameter: FloatExpression,
  weightDecay: number,
): FloatExpression {
  return weightDecay === 0 ? gradient : parameter.timesPlus(weightDecay, gradient)
}
