// The fully connected layer.
import { checkCount } from '../check.ts'
import { type LinearMapOptions, linear } from '../ops/linear.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { refuseShape } from './check.ts'
import { type Initialisation, initialWeights } from './initialise.ts'
import { type Configuration, Module } from './module.ts'
import { namedPart, Parameter } from './parameter.ts'
import { drawsOf, type SeedOptions } from './randomState.ts'

/**
 * What `Linear` may be told.
 *
 * @example
 * ```ts
 * import { Linear, type LinearOptions } from 'spikegrad'
 * const options: LinearOptions = { seed: 1, name: 'hidden', initialisation: 'glorotUniform' }
 * new Linear(784, 64, options).weight.name // 'hidden.weight'
 * ```
 */
export interface LinearOptions extends SeedOptions {
  /** By default `heNormal`. */
  readonly initialisation?: Initialisation
  /** Its inputs are mostly zeros, as pixels of digits are: skip them. */
  readonly sparseInput?: boolean
}

/**
 * x W + b over the last axis, with weight W [inputs, outputs] (the transpose of PyTorch's) and bias b [outputs], which
 * starts at 0.
 *
 * @example
 * ```ts
 * import { Linear, zeros } from 'spikegrad'
 * const layer = new Linear(784, 64)
 * layer.forward(zeros([32, 784])).shape // [32, 64]
 * ```
 */
export class Linear extends Module {
  readonly inputs: number
  readonly outputs: number
  readonly weight: Parameter
  readonly bias: Parameter
  readonly #name: string | undefined
  readonly #options: LinearMapOptions
  readonly #rectifying: LinearMapOptions

  /** @throws InvalidArgumentError when a number of units is not a positive integer, or an option is wrong. */
  constructor(inputs: number, outputs: number, options: LinearOptions = {}) {
    super()
    const { name, initialisation = 'heNormal', sparseInput = false } = options
    for (const units of [inputs, outputs]) {
      checkCount(`Linear${name === undefined ? '' : ` "${name}"`}: a number of units`, units)
    }
    this.inputs = inputs
    this.outputs = outputs
    this.#name = name
    this.#options = { sparse: sparseInput }
    this.#rectifying = { sparse: sparseInput, activation: 'relu' }
    const { seed, stream } = drawsOf(`linear ${inputs} to ${outputs}`, options)
    const weights = initialWeights(initialisation, inputs, outputs, seed, `${stream}.weight`)
    this.weight = new Parameter([inputs, outputs], namedPart(name, 'weight'))
    this.bias = new Parameter([outputs], namedPart(name, 'bias'))
    this.weight.write(weights)
  }

  override get kind(): string {
    return this.constructor === Linear ? 'Linear' : super.kind
  }

  override get configuration(): Configuration {
    const { inputs, outputs } = this
    return { inputs, outputs, ...(this.#name !== undefined && { name: this.#name }) }
  }

  override get label(): string {
    return this.#name === undefined ? this.kind : `${this.kind} ${this.#name}`
  }

  /** @param x of shape [..., inputs]; the result has shape [..., outputs]. */
  override forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias, this.#options)
  }

  /** max(forward(x), 0), in one pass over the result. */
  rectified(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias, this.#rectifying)
  }

  override inputShape(): Shape {
    return [this.inputs]
  }

  override outputShape(inputShape: Shape): Shape {
    if (inputShape.length < 2 || inputShape.at(-1) !== this.inputs) {
      refuseShape(this.label, `[n, ${this.inputs}]`, inputShape)
    }
    return [...inputShape.slice(0, -1), this.outputs]
  }
}
