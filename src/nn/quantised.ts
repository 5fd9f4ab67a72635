// Layers with 8-bit weights, for inference alone.

import { add, multiply, subtract } from '../ops/binary.ts'
import { conv2d } from '../ops/convolution.ts'
import { matmul } from '../ops/products.ts'
import { reshape } from '../ops/rows.ts'
import { scope } from '../scope.ts'
import { type Shape, sizeOf } from '../shape.ts'
import { Tensor } from '../tensor.ts'
import type { Conv2d } from './convolution.ts'
import type { Linear } from './linear.ts'
import { type Configuration, Module } from './module.ts'
import { ModuleBuffer, type Parameter } from './parameter.ts'

/** Stored bytes are weights plus this, since a backend's bytes have no sign. */
const EXCESS = 128
/** The largest magnitude; -128 is left out, so that the range is symmetric. */
const LARGEST = 127

/** Weights as int8 with a scale for each output: weight = scale * int8. */
abstract class QuantisedLayer extends Module {
  /** uint8 of the weight's shape: the int8 plus 128. */
  readonly weight: ModuleBuffer
  /** float32 [outputs]. */
  readonly scale: ModuleBuffer
  /** float32 [outputs], where the layer has one. */
  readonly bias: ModuleBuffer | undefined

  /** @param axis of the outputs in the weight's shape. */
  constructor(weight: Parameter, bias: Parameter | undefined, axis: number) {
    super()
    const { backend, shape } = weight
    const outputs = shape[axis]!
    this.weight = new ModuleBuffer(shape, 'uint8', { backend })
    this.scale = new ModuleBuffer([outputs], 'float32', { backend })
    this.bias = bias && new ModuleBuffer([outputs], 'float32', { backend })
    this.bias?.write(bias!.view())
    const inner = sizeOf(shape.slice(axis + 1))
    const outputOf = (entry: number) => Math.floor(entry / inner) % outputs
    const [weights, bytes, scales] = [weight.view(), this.weight.view(), this.scale.view()]
    for (let i = 0; i < weights.length; i++) {
      const output = outputOf(i)
      scales[output] = Math.max(scales[output]!, Math.abs(weights[i]!) / LARGEST)
    }
    for (let i = 0; i < weights.length; i++) {
      const scale = scales[outputOf(i)]!
      const rounded = scale === 0 ? 0 : Math.round(weights[i]! / scale)
      bytes[i] = EXCESS + Math.min(LARGEST, Math.max(-LARGEST, rounded))
    }
  }

  /** The int8 weights as float32: whole numbers from -127 to 127. */
  protected integers(): Tensor {
    const { backend, shape, size, address } = this.weight
    const row = new Tensor([1], 'int32', backend).write([0])
    const bytes = new Tensor(shape, 'float32', backend)
    backend.kernels.gatherByteRows(address, row.address, bytes.address, 1, size, 1)
    return subtract(bytes, new Tensor([], 'float32', backend).write([EXCESS]))
  }

  /** The weights as stored, without the excess; a copy. */
  toInt8(): Int8Array<ArrayBuffer> {
    return Int8Array.from(this.weight.view(), byte => byte - EXCESS)
  }

  /** The products, scaled and shifted: numbers for each output lie along `shape`. */
  protected finish(products: Tensor, shape: Shape): Tensor {
    const scaled = multiply(products, reshape(this.scale, shape))
    return this.bias === undefined ? scaled : add(scaled, reshape(this.bias, shape))
  }
}

/**
 * `Linear` with 8-bit weights and a scale for each output, for inference: its weights are not trained.
 *
 * @example
 * ```ts
 * import { Linear, QuantisedLinear } from 'spikegrad'
 * const layer = new Linear(2, 1)
 * layer.weight.write([127, -50])
 * new QuantisedLinear(layer).toInt8() // [127, -50]
 * ```
 */
export class QuantisedLinear extends QuantisedLayer {
  readonly inputs: number
  readonly outputs: number

  /** Copies a layer, which stays as it is. */
  constructor({ weight, bias, inputs, outputs }: Linear) {
    super(weight, bias, 1)
    this.inputs = inputs
    this.outputs = outputs
  }

  override get kind(): string {
    return this.constructor === QuantisedLinear ? 'QuantisedLinear' : super.kind
  }

  override get configuration(): Configuration {
    return { inputs: this.inputs, outputs: this.outputs }
  }

  override forward(x: Tensor): Tensor {
    return scope(() => {
      const rows = x.shape.length === 2 ? x : reshape(x, [x.size / this.inputs, this.inputs])
      const y = this.finish(matmul(rows, this.integers()), [this.outputs])
      return x.shape.length === 2 ? y : reshape(y, [...x.shape.slice(0, -1), this.outputs])
    })
  }

  override inputShape(): Shape {
    return [this.inputs]
  }
}

/**
 * `Conv2d` with 8-bit weights and a scale for each filter, for inference: its weights are not trained.
 *
 * @example
 * ```ts
 * import { Conv2d, QuantisedConv2d, zeros } from 'spikegrad'
 * const layer = new QuantisedConv2d(new Conv2d(1, 8, 3))
 * layer.forward(zeros([2, 1, 5, 5])).shape // [2, 8, 3, 3]
 * ```
 */
export class QuantisedConv2d extends QuantisedLayer {
  readonly channels: number
  readonly filters: number
  readonly options: Conv2d['options']

  /** Copies a layer, which stays as it is. */
  constructor({ weight, bias, channels, filters, options }: Conv2d) {
    super(weight, bias, 0)
    this.channels = channels
    this.filters = filters
    this.options = options
  }

  override get kind(): string {
    return this.constructor === QuantisedConv2d ? 'QuantisedConv2d' : super.kind
  }

  override get configuration(): Configuration {
    const { channels, filters, weight, bias } = this
    return { channels, filters, size: weight.shape.slice(2), bias: bias !== undefined, ...this.options }
  }

  override forward(x: Tensor): Tensor {
    return scope(() =>
      this.finish(conv2d(x, this.integers(), undefined, this.options), [this.scale.size, 1, 1]),
    )
  }
}
