// Layers one after another.
import { InvalidArgumentError } from '../errors.ts'
import { scope } from '../scope.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { Relu } from './activations.ts'
import { Linear } from './linear.ts'
import { type Configuration, isPlain, Module } from './module.ts'
import { summarise } from './summary.ts'

/**
 * Applies layers in order.
 *
 * @example
 * ```ts
 * import { Linear, Relu, Sequential, zeros } from 'spikegrad'
 * const net = new Sequential([new Linear(4, 8), new Relu(), new Linear(8, 2)])
 * net.forward(zeros([3, 4])).shape // [3, 2]
 * ```
 */
export class Sequential extends Module {
  readonly layers: readonly Module[]

  /** @throws InvalidArgumentError when there is no layer, or two parameters were given one name. */
  constructor(layers: readonly Module[]) {
    super()
    if (layers.length === 0) throw new InvalidArgumentError('Sequential: expected at least one layer')
    this.layers = [...layers]
    this.stateDictionary()
  }

  override get kind(): string {
    return this.constructor === Sequential ? 'Sequential' : super.kind
  }

  override get configuration(): Configuration {
    return { layers: this.layers.length }
  }

  override forward(x: Tensor): Tensor {
    return scope(() => {
      let value = x
      for (let i = 0; i < this.layers.length; i++) {
        const layer = this.layers[i]!
        const next = this.layers[i + 1]
        // A linear map and the rectifier after it are one operation.
        if (next !== undefined && isPlain(layer, Linear) && isPlain(next, Relu)) {
          value = layer.rectified(value)
          i++
        } else value = layer.forward(value)
      }
      return value
    })
  }

  /** What the first layer takes that takes not just anything. */
  override inputShape(): Shape | undefined {
    for (const layer of this.layers) {
      const shape = layer.inputShape()
      if (shape !== undefined || !layer.elementwise) return shape
    }
    return undefined
  }

  override outputShape(inputShape: Shape): Shape {
    return this.layers.reduce((shape, layer) => layer.outputShape(shape), inputShape)
  }

  /**
   * A text table: each layer, the shape of its output for n inputs, and its number of parameters; then their total.
   * @param input the shape of one input, or its number of features; by default what the first layer takes.
   * @throws InvalidArgumentError when no layer says what it takes, and no shape is given.
   * @throws ShapeError when the layers do not fit one another.
   */
  summary(input?: Shape | number): string {
    return summarise(this, input)
  }
}
