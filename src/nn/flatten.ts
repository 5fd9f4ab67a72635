// From rows of any shape to rows of features.
import { reshape } from '../ops/rows.ts'
import { type Shape, sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { refuseShape } from './check.ts'
import { Module } from './module.ts'

/**
 * Flattens all axes but the first.
 *
 * @example
 * ```ts
 * import { Flatten, zeros } from 'spikegrad'
 * new Flatten().forward(zeros([2, 3, 4])).shape // [2, 12]
 * ```
 */
export class Flatten extends Module {
  override get kind(): string {
    return this.constructor === Flatten ? 'Flatten' : super.kind
  }

  override forward(x: Tensor): Tensor {
    const shape = this.outputShape(x.shape)
    return shape.length === x.shape.length ? x : reshape(x, shape)
  }

  override outputShape(inputShape: Shape): Shape {
    const [count, ...rest] = inputShape
    if (count === undefined) refuseShape('Flatten', '[n, ...]', inputShape)
    return [count, sizeOf(rest)]
  }
}
