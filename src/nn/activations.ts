// Activations as layers.
import { gelu, leakyRelu, relu, sigmoid, tanh } from '../ops/activations.ts'
import { softmax } from '../ops/losses.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { type Configuration, Module } from './module.ts'

/** A function of each entry, or of each row: its result has the shape of its input. */
export abstract class Activation extends Module {
  override get elementwise(): boolean {
    return true
  }

  override outputShape(inputShape: Shape): Shape {
    return inputShape
  }
}

/**
 * max(x, 0), entry by entry.
 *
 * @example
 * ```ts
 * import { Relu, tensor } from 'spikegrad'
 * new Relu().forward(tensor([-1, 2])).toArray() // [0, 2]
 * ```
 */
export class Relu extends Activation {
  override get kind(): string {
    return this.constructor === Relu ? 'Relu' : super.kind
  }

  override forward(x: Tensor): Tensor {
    return relu(x)
  }
}

/**
 * x where it is positive, else slope * x.
 *
 * @example
 * ```ts
 * import { LeakyRelu, tensor } from 'spikegrad'
 * new LeakyRelu(0.5).forward(tensor([-1, 2])).toArray() // [-0.5, 2]
 * ```
 */
export class LeakyRelu extends Activation {
  readonly slope: number

  /** @param slope what an entry below 0 is multiplied by; by default 0.01. */
  constructor(slope = 0.01) {
    super()
    this.slope = slope
  }

  override get kind(): string {
    return this.constructor === LeakyRelu ? 'LeakyRelu' : super.kind
  }

  override get configuration(): Configuration {
    return { slope: this.slope }
  }

  override forward(x: Tensor): Tensor {
    return leakyRelu(x, this.slope)
  }
}

/**
 * x times the normal distribution function of x (Hendrycks & Gimpel 2016, the exact form).
 *
 * @example
 * ```ts
 * import { Gelu, tensor } from 'spikegrad'
 * new Gelu().forward(tensor([0, 100])).toArray() // [0, 100]
 * ```
 */
export class Gelu extends Activation {
  override get kind(): string {
    return this.constructor === Gelu ? 'Gelu' : super.kind
  }

  override forward(x: Tensor): Tensor {
    return gelu(x)
  }
}

/**
 * 1 / (1 + exp(-x)), entry by entry.
 *
 * @example
 * ```ts
 * import { Sigmoid, tensor } from 'spikegrad'
 * new Sigmoid().forward(tensor([0])).item() // 0.5
 * ```
 */
export class Sigmoid extends Activation {
  override get kind(): string {
    return this.constructor === Sigmoid ? 'Sigmoid' : super.kind
  }

  override forward(x: Tensor): Tensor {
    return sigmoid(x)
  }
}

/**
 * The hyperbolic tangent, entry by entry.
 *
 * @example
 * ```ts
 * import { Tanh, tensor } from 'spikegrad'
 * new Tanh().forward(tensor([0, 100])).toArray() // [0, 1]
 * ```
 */
export class Tanh extends Activation {
  override get kind(): string {
    return this.constructor === Tanh ? 'Tanh' : super.kind
  }

  override forward(x: Tensor): Tensor {
    return tanh(x)
  }
}

/**
 * The softmax over the last axis.
 *
 * @example
 * ```ts
 * import { Softmax, tensor } from 'spikegrad'
 * new Softmax().forward(tensor([[3, 3]])).toArray() // [0.5, 0.5]
 * ```
 */
export class Softmax extends Activation {
  override get kind(): string {
    return this.constructor === Softmax ? 'Softmax' : super.kind
  }

  override forward(x: Tensor): Tensor {
    return softmax(x)
  }
}
