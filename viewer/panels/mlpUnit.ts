// What a frame says about one unit of the MLP: its sum, its strongest inputs, its gradient, its last change.
import { PIXELS } from '../../experiments/learners/common.ts'
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'

/** One synapse of the unit. */
export interface Contribution {
  readonly input: number
  /** What the input put out: a pixel's brightness from 0 to 1, or a unit's activation. */
  readonly x: number
  readonly weight: number
  readonly product: number
  /** Derivative of this image's loss by the weight: delta x. */
  readonly gradient: number
  /** What the last update added; NaN when nobody recorded it. */
  readonly change: number
}

export interface MlpUnit {
  readonly layer: number
  readonly unit: number
  readonly inputs: number
  /** Whether weights, bias, sum and change are there, exact and of one moment; otherwise weights are bytes, maybe of a later one. */
  readonly exact: boolean
  readonly output: boolean
  readonly lesioned: boolean
  /** Bias and sum, NaN when nobody recorded them. */
  readonly bias: number
  readonly sum: number
  readonly activation: number
  /** Derivative of this image's loss by the sum. */
  readonly delta: number
  readonly biasChange: number
  /** Strongest first, by the magnitude of weight times input. */
  readonly strongest: readonly Contribution[]
  /** Of all synapses: their weights, and what the last update added, null when nobody recorded it. */
  readonly weights: Float32Array
  readonly change: Float32Array | null
  /** How much the last update moved the weights: the mean magnitude, NaN when nobody recorded it. */
  readonly meanChange: number
}

/** @returns null for a unit that the network does not have. */
export function mlpUnit(frame: MlpFrame, layer: number, unit: number, most = 8): MlpUnit | null {
  const activation = frame.activations[layer - 1]?.[unit]
  const delta = frame.gradients[layer - 1]?.[unit]
  if (activation === undefined || delta === undefined) return null
  const inputs = frame.shape.layers[layer - 1]!
  const exact = frame.focusUnit === unit && frame.focusLayer === layer
  const weights = exact ? frame.focus.weights.slice(0, inputs) : recordedWeights(frame, layer, unit, inputs)
  const change = exact ? frame.focus.change.slice(0, inputs) : null
  const contributions = Array.from(weights, (weight, input): Contribution => {
    const x = inputOf(frame, layer, input)
    return {
      input,
      x,
      weight,
      product: weight * x,
      gradient: delta * x,
      change: change?.[input] ?? Number.NaN,
    }
  })
  contributions.sort((a, b) => Math.abs(b.product) - Math.abs(a.product))
  return {
    layer,
    unit,
    inputs,
    exact,
    output: layer === frame.activations.length,
    lesioned: frame.lesions[layer - 1]![unit] === 1,
    bias: exact ? frame.focusBias : Number.NaN,
    sum: exact ? frame.focusSum : Number.NaN,
    activation,
    delta,
    biasChange: exact ? frame.focusBiasChange : Number.NaN,
    strongest: contributions.slice(0, most),
    weights,
    change,
    meanChange:
      change === null ? Number.NaN : change.reduce((sum, value) => sum + Math.abs(value), 0) / inputs,
  }
}

/** What enters a layer: pixels from 0 to 1, or the activations of the layer before. */
function inputOf(frame: MlpFrame, layer: number, input: number): number {
  return layer === 1 ? frame.pixels[input]! / 255 : frame.activations[layer - 2]![input]!
}

function recordedWeights(frame: MlpFrame, layer: number, unit: number, inputs: number): Float32Array {
  const scale = [frame.scale1, frame.scale2, frame.scale3][layer - 1]!
  const bytes = frame.weights[layer - 1]!.subarray(unit * inputs, (unit + 1) * inputs)
  return Float32Array.from(bytes, byte => (byte / 127) * scale)
}

/** Whether the weights into this layer come from pixels, and so make a picture. */
export function seesPixels(frame: MlpFrame, layer: number): boolean {
  return frame.shape.layers[layer - 1] === PIXELS
}
