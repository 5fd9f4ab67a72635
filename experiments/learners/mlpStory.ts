// One image through the MLP and back, in plain loops over its weights: what a frame tells of it.
import type { Tensor } from '../../src/index.ts'
import { CLASSES, PIXELS } from './common.ts'
import type { Activation, MlpNetwork } from './mlpNetwork.ts'

/** An activation and its derivative, both from what they make: from the sum, and from the output. */
const activations: {
  readonly [Name in Activation]: {
    readonly value: (sum: number) => number
    readonly slope: (output: number) => number
  }
} = {
  relu: { value: sum => Math.max(sum, 0), slope: output => (output > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, slope: output => 1 - output * output },
  sigmoid: { value: sum => 1 / (1 + Math.exp(-sum)), slope: output => output * (1 - output) },
}

/** Of each layer after the inputs, [units] each. */
type PerLayer = readonly [Float64Array, Float64Array, Float64Array]

/** An MLP, as far as its story shows it. */
export type ShownMlp = Pick<MlpNetwork, 'shape' | 'layers' | 'activation' | 'lesions'>

export class MlpStory {
  readonly pixels = new Uint8Array(PIXELS)
  label = -1
  /** Class of the largest output. */
  predicted = -1
  /** Cross-entropy, nats; NaN without a label. */
  loss = Number.NaN
  /** What enters each unit's activation. */
  readonly sums: PerLayer
  /** What the units put out; of the last layer, probabilities. */
  readonly outputs: PerLayer
  /** Derivatives of the loss by the sums. */
  readonly gradients: PerLayer
  readonly #inputs = new Float64Array(PIXELS)

  constructor({ shape }: ShownMlp) {
    const [, hidden1, hidden2] = shape.layers
    const perLayer = (): PerLayer => [
      new Float64Array(hidden1),
      new Float64Array(hidden2),
      new Float64Array(CLASSES),
    ]
    this.sums = perLayer()
    this.outputs = perLayer()
    this.gradients = perLayer()
  }

  /** Shows an image to the network as it is now. */
  tell(network: ShownMlp, pixels: Uint8Array, label: number): void {
    this.pixels.set(pixels)
    this.label = label
    this.#forward(network)
    this.#backward(network)
  }

  #forward({ layers, activation, lesions }: ShownMlp): void {
    for (let pixel = 0; pixel < PIXELS; pixel++) this.#inputs[pixel] = this.pixels[pixel]! / 255
    const { value } = activations[activation]
    let inputs: Float64Array = this.#inputs
    for (let layer = 0; layer < 3; layer++) {
      const sums = this.sums[layer]!
      addProducts(inputs, layers[layer]!.weight, layers[layer]!.bias, sums)
      inputs = this.outputs[layer]!
      for (let unit = 0; unit < sums.length; unit++) {
        inputs[unit] = lesions[layer]![unit] === 1 ? 0 : value(sums[unit]!)
      }
    }
    softmax(this.sums[2], this.outputs[2])
    this.predicted = largest(this.outputs[2])
    this.loss = this.label < 0 ? Number.NaN : logSumExp(this.sums[2]) - this.sums[2][this.label]!
  }

  #backward({ layers, activation, lesions }: ShownMlp): void {
    const [, , outputGradients] = this.gradients
    if (this.label < 0) {
      for (const gradients of this.gradients) gradients.fill(0)
      return
    }
    for (let unit = 0; unit < CLASSES; unit++) {
      outputGradients[unit] = this.outputs[2][unit]! - (unit === this.label ? 1 : 0)
    }
    const { slope } = activations[activation]
    for (let layer = 1; layer >= 0; layer--) {
      const above = this.gradients[layer + 1]!
      const gradients = this.gradients[layer]!
      const weights = layers[layer + 1]!.weight.view()
      for (let unit = 0; unit < gradients.length; unit++) {
        let sum = 0
        for (let to = 0; to < above.length; to++) sum += weights[unit * above.length + to]! * above[to]!
        gradients[unit] = lesions[layer]![unit] === 1 ? 0 : sum * slope(this.outputs[layer]![unit]!)
      }
    }
  }
}

/** sums = inputs weight + bias. */
function addProducts(inputs: Float64Array, weight: Tensor, bias: Tensor, sums: Float64Array): void {
  const weights = weight.view()
  const units = sums.length
  sums.set(bias.view())
  for (let from = 0; from < inputs.length; from++) {
    const input = inputs[from]!
    if (input === 0) continue
    const row = from * units
    for (let unit = 0; unit < units; unit++) sums[unit] = sums[unit]! + input * weights[row + unit]!
  }
}

function logSumExp(sums: Float64Array): number {
  const top = sums[largest(sums)]!
  return top + Math.log(sums.reduce((total, sum) => total + Math.exp(sum - top), 0))
}

function softmax(sums: Float64Array, into: Float64Array): void {
  const scale = logSumExp(sums)
  for (let unit = 0; unit < sums.length; unit++) into[unit] = Math.exp(sums[unit]! - scale)
}

function largest(values: Float64Array): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i
  return best
}
