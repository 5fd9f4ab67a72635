// Layers: a linear map with bias, and the rectifier.
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { add } from '../ops/binary.ts'
import { matmul } from '../ops/products.ts'
import { relu } from '../ops/unary.ts'
import { scope } from '../scope.ts'
import { formatShape, type Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { type Initialisation, initialWeights } from './initialise.ts'
import { Module } from './module.ts'
import { Parameter } from './parameter.ts'

export interface LinearOptions {
  /** Seed of the initial weights; the stream is `<name>.weight`. */
  readonly seed: number
  /** Names the parameters `<name>.weight` and `<name>.bias`. */
  readonly name: string
  /** By default `heNormal`. */
  readonly initialisation?: Initialisation
  /** Its inputs are mostly zeros, as pixels of digits are: skip them. */
  readonly sparseInput?: boolean
}

/** x W + b, with weight W [inputs, outputs] and bias b [outputs], which starts at 0. */
export class Linear extends Module {
  override readonly label: string
  readonly weight: Parameter
  readonly bias: Parameter
  readonly outputs: number
  readonly #sparse: boolean

  /** @throws InvalidArgumentError when a number of units is not a positive integer, or an option is wrong. */
  constructor(inputs: number, outputs: number, options: LinearOptions) {
    super(inputs)
    const { seed, name, initialisation = 'heNormal', sparseInput = false } = options
    for (const units of [inputs, outputs]) {
      if (!Number.isSafeInteger(units) || units < 1) {
        throw new InvalidArgumentError(
          `Linear "${name}": a number of units is a positive integer, got ${units}`,
        )
      }
    }
    this.label = `Linear ${name}`
    this.outputs = outputs
    this.#sparse = sparseInput
    const weights = initialWeights(initialisation, inputs, outputs, seed, `${name}.weight`)
    this.weight = new Parameter(`${name}.weight`, [inputs, outputs])
    this.bias = new Parameter(`${name}.bias`, [outputs])
    this.weight.write(weights)
    this.bias.view().fill(0)
  }

  /** @param x of shape [n, inputs]; the result has shape [n, outputs]. */
  override forward(x: Tensor): Tensor {
    return scope(() => add(matmul(x, this.weight, { sparse: this.#sparse }), this.bias))
  }

  override outputShape(inputShape: Shape): Shape {
    if (inputShape.length !== 2 || inputShape[1] !== this.inputs) {
      throw new ShapeError(`${this.label}: takes shape [n, ${this.inputs}], got ${formatShape(inputShape)}`)
    }
    return [inputShape[0]!, this.outputs]
  }

  override parameters(): readonly Parameter[] {
    return [this.weight, this.bias]
  }
}

/** max(x, 0), entry by entry. */
export class Relu extends Module {
  override readonly label = 'Relu'

  override forward(x: Tensor): Tensor {
    return relu(x)
  }

  override outputShape(inputShape: Shape): Shape {
    return inputShape
  }
}
