// Writes the story of an image, and the weights of now, into a frame of the MLP.
import type { Focus } from './learner.ts'
import type { MlpFrame } from './mlpFrame.ts'
import type { MlpStory, ShownMlp } from './mlpStory.ts'

/** The last update of the weights, as far as frames tell of it. */
export interface LastUpdate {
  /** The parameters before it, in the network's order. */
  readonly before: readonly Float32Array[]
  /** Whether the story was told before it: the image met those parameters, not the ones of now. */
  readonly sinceStory: boolean
}

export function writeMlpFrame(
  frame: MlpFrame,
  network: ShownMlp,
  story: MlpStory,
  lastUpdate: LastUpdate,
  focus: Focus | null,
): void {
  frame.label = story.label
  frame.predicted = story.predicted
  frame.loss = story.loss
  frame.pixels.set(story.pixels)
  for (let layer = 0; layer < 3; layer++) {
    frame.activations[layer]!.set(story.outputs[layer]!)
    frame.gradients[layer]!.set(story.gradients[layer]!)
    frame.lesions[layer]!.set(network.lesions[layer]!)
  }
  frame.scale1 = quantise(network.layers[0].weight.view(), frame.weights[0]!, frame.shape.layers[1])
  frame.scale2 = quantise(network.layers[1].weight.view(), frame.weights[1]!, frame.shape.layers[2])
  frame.scale3 = quantise(network.layers[2].weight.view(), frame.weights[2]!, frame.shape.layers[3])
  writeFocus(frame, network, story, lastUpdate, focus)
}

/** Weights [inputs, units] as bytes [units, inputs]; returns the largest magnitude, which is 127. */
function quantise(weights: ArrayLike<number>, into: Int8Array, units: number): number {
  let scale = 0
  for (let i = 0; i < weights.length; i++) scale = Math.max(scale, Math.abs(weights[i]!))
  const factor = scale > 0 ? 127 / scale : 0
  const inputs = weights.length / units
  for (let from = 0, i = 0; from < inputs; from++) {
    for (let unit = 0; unit < units; unit++, i++) {
      into[unit * inputs + from] = Math.round(weights[i]! * factor)
    }
  }
  return scale
}

/** Weights and bias are those that the image met, so that they make the sum that it made. */
function writeFocus(
  frame: MlpFrame,
  { shape, layers }: ShownMlp,
  story: MlpStory,
  { before, sinceStory }: LastUpdate,
  focus: Focus | null,
): void {
  const { weights, change } = frame.focus
  weights.fill(0)
  change.fill(0)
  const units = focus === null ? 0 : (shape.layers[focus.layer] ?? 0)
  if (focus === null || focus.layer < 1 || focus.unit >= units) {
    frame.focusUnit = -1
    frame.focusLayer = -1
    frame.focusBias = Number.NaN
    frame.focusSum = Number.NaN
    frame.focusBiasChange = Number.NaN
    return
  }
  const { layer, unit } = focus
  const now = layers[layer - 1]!
  const earlier = before[2 * (layer - 1)]!
  const matrix = now.weight.view()
  for (let from = 0; from < now.inputs; from++) {
    const i = from * units + unit
    weights[from] = sinceStory ? earlier[i]! : matrix[i]!
    change[from] = matrix[i]! - earlier[i]!
  }
  const bias = now.bias.view()[unit]!
  const earlierBias = before[2 * layer - 1]![unit]!
  frame.focusUnit = unit
  frame.focusLayer = layer
  frame.focusBias = sinceStory ? earlierBias : bias
  frame.focusSum = story.sums[layer - 1]![unit]!
  frame.focusBiasChange = bias - earlierBias
}
