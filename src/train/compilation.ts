// What a model was compiled with: its functions and its optimiser, each made when the network is there and it is needed.
import type { TargetKind } from '../data/examples.ts'
import { InvalidArgumentError } from '../errors.ts'
import type { Module } from '../nn/module.ts'
import type { Optimiser } from '../optim/optimiser.ts'
import type { Tensor } from '../tensor.ts'
import type { CheckpointParts } from './checkpoint.ts'
import {
  type Compiled,
  type CompileOptions,
  checkCompileOptions,
  compiledFor,
  optimiserFor,
} from './compileOptions.ts'
import { lossPlan } from './losses.ts'

interface MadeOptimiser {
  readonly optimiser: Optimiser
  /** Those of the network's parameters that it changes. */
  readonly trained: readonly Tensor[]
}

export class Compilation {
  readonly #options: CompileOptions
  #compiled: Compiled | undefined
  #made: MadeOptimiser | undefined

  /** @throws InvalidArgumentError when an option is wrong, or does not go with the network, when that is built already. */
  constructor(options: CompileOptions, network: Module | undefined) {
    checkCompileOptions(options)
    this.#options = options
    if (network !== undefined) this.compiled(network)
  }

  get targetKind(): TargetKind {
    return lossPlan(this.#options.loss).targetKind
  }

  compiled(network: Module): Compiled {
    this.#compiled ??= compiledFor(network, this.#options)
    return this.#compiled
  }

  /** @throws InvalidArgumentError as `optimiserFor`. */
  optimiser(network: Module): Optimiser {
    return this.#needOptimiser(network).optimiser
  }

  #needOptimiser(network: Module): MadeOptimiser {
    if (this.#made === undefined) {
      const optimiser = optimiserFor(network, this.#options.optimiser)
      const own = new Set<Tensor>(network.parameters())
      this.#made = { optimiser, trained: optimiser.parameters.filter(parameter => own.has(parameter)) }
    }
    return this.#made
  }

  /** Those of the parameters to be trained that the network no longer has. */
  #lost(network: Module): readonly Tensor[] {
    const own = new Set<Tensor>(network.parameters())
    return this.#needOptimiser(network).trained.filter(parameter => !own.has(parameter))
  }

  /** @throws InvalidArgumentError when the network no longer has all parameters that are to be trained. */
  checkTrainable(network: Module): void {
    const lost = this.#lost(network).length
    if (lost === 0) return
    throw new InvalidArgumentError(
      `fit: the network no longer has ${lost} of the ${this.#made!.trained.length} parameters that its optimiser trains: ` +
        'put the layers back, as the report of quantise does, or compile the model anew',
    )
  }

  /** What checkpoints hold: a network that is not trained, a quantised one for instance, has no use for an optimiser. */
  parts(model: Module): CheckpointParts {
    const trains = model.parameters().length > 0 && this.#lost(model).length === 0
    return trains ? { model, optimiser: this.optimiser(model) } : { model }
  }

  /** Frees the optimiser, unless it was given ready made. */
  dispose(): void {
    const optimiser = this.#made?.optimiser
    if (optimiser !== this.#options.optimiser) optimiser?.dispose()
  }
}
