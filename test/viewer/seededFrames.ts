// Frames of both networks that follow from a seed alone: what a picture is compared by.
import {
  type BrainFrame,
  brainFrame,
  IMAGE_DURATION,
  MEMBRANE_SAMPLES,
  STEP,
} from '../../experiments/learners/brainFrame.ts'
import { CLASSES, PIXELS, SIDE } from '../../experiments/learners/common.ts'
import { type MlpFrame, mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { RandomStream } from '../../src/index.ts'

const LABEL = 3

/** A round stroke about a point, 0 to 1. */
function stroke(pixel: number, across: number, down: number, radius: number): number {
  const [x, y] = [(pixel % SIDE) - across, Math.floor(pixel / SIDE) - down]
  return Math.exp(-(((Math.hypot(x, y) - radius) / 2) ** 2))
}

function drawImage(pixels: Uint8Array): void {
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const value = Math.max(stroke(pixel, 13, 9, 4), stroke(pixel, 13, 18, 5))
    pixels[pixel] = pixel % SIDE > 9 ? 255 * value : 0
  }
}

const common = {
  ...{ samples: 1234, image: 77, label: LABEL, predicted: LABEL, trainAccuracy: 0.81, testAccuracy: 0.79 },
  ...{ testImages: 500, operations: 1e8, seconds: 12, weightsVersion: 5, learned: 1 },
  ...{ focusUnit: -1, focusLayer: 0 },
}

/** The deep network, of two hidden layers of this size, in the middle of learning. */
export function seededMlpFrame(seed: number, hidden = 64): MlpFrame {
  const frame = mlpFrame({ layers: [PIXELS, hidden, hidden, CLASSES] })
  const stream = new RandomStream(seed, 'mlp frame')
  Object.assign(frame, common, { loss: 0.4, updates: 38, scale1: 0.2, scale2: 0.4, scale3: 0.5 })
  drawImage(frame.pixels)
  const [first, second, output] = frame.activations as [Float32Array, Float32Array, Float32Array]
  for (const layer of [first, second])
    for (let unit = 0; unit < layer.length; unit++) layer[unit] = Math.max(0, 2 * stream.uniform() - 0.8)
  for (let unit = 0; unit < CLASSES; unit++) output[unit] = unit === LABEL ? 0.73 : 0.03
  for (const layer of frame.gradients)
    for (let unit = 0; unit < layer.length; unit++) layer[unit] = 0.2 * (stream.uniform() - 0.5)
  frame.lesions[0]!.fill(1, hidden - 4)
  for (const [layer, weights] of frame.weights.entries()) {
    for (let at = 0; at < weights.length; at++) {
      // Smooth where they are shown as pictures, so that golden files stay small.
      const [unit, pixel] = [Math.floor(at / PIXELS), at % PIXELS]
      const sign = unit % 2 === 0 ? 1 : -1
      weights[at] =
        layer === 0
          ? sign * 127 * (stroke(pixel, 8 + (unit % 13), 14, 6) - 0.5 * stroke(pixel, 18, 8 + (unit % 11), 3))
          : 254 * (stream.uniform() - 0.5)
    }
  }
  return frame
}

/** The brain, with one neuron that fires most and silences the others. */
export function seededBrainFrame(seed: number, neurons = 400): BrainFrame {
  const frame = brainFrame({ neurons })
  const stream = new RandomStream(seed, 'brain frame')
  const winner = 137
  drawImage(frame.pixels)
  for (let neuron = 0; neuron < neurons; neuron++) {
    frame.labels[neuron] = Math.floor(stream.uniform() * CLASSES)
    frame.theta[neuron] = 20 + 15 * stream.uniform()
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const value = stroke(pixel, 8 + (neuron % 11), 9 + (neuron % 9), 4 + (neuron % 4))
      frame.weights[neuron * PIXELS + pixel] = 220 * value
    }
  }
  frame.labels[winner] = LABEL
  frame.lesions.fill(1, neurons - 12)
  for (let sample = 0; sample < MEMBRANE_SAMPLES; sample++)
    for (let neuron = 0; neuron < neurons; neuron++)
      frame.membranes[sample * neurons + neuron] = 120 + ((sample * 7 + neuron * 13) % 60)
  const { input, excitatory, inhibitory } = frame.spikes
  const steps = IMAGE_DURATION / STEP
  let inputs = 0
  let spikes = 0
  for (let step = 0; step < steps; step++) {
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      if (frame.pixels[pixel]! / 255 < 30 * stream.uniform()) continue
      input.steps[inputs] = step
      input.neurons[inputs++] = pixel
    }
    if (step % 37 !== 20) continue
    const neuron = step % 5 === 0 ? Math.floor(stream.uniform() * neurons) : winner
    for (const views of [excitatory, inhibitory]) {
      views.steps[spikes] = step + (views === inhibitory ? 1 : 0)
      views.neurons[spikes] = neuron
    }
    spikes++
    frame.counts[neuron]!++
  }
  Object.assign(frame, common, {
    ...{ inputSpikes: inputs, excitatorySpikes: spikes, inhibitorySpikes: spikes },
    ...{ intensity: 2, attempts: 1, winner, thetaMaximum: 35 },
  })
  const members = new Float32Array(CLASSES)
  for (const [neuron, label] of frame.labels.entries()) {
    members[label]!++
    frame.votes[label]! += frame.counts[neuron]!
  }
  for (let label = 0; label < CLASSES; label++) frame.votes[label]! /= Math.max(members[label]!, 1)
  for (let pixel = 0; pixel < PIXELS; pixel++)
    frame.winnerChange[pixel] = 120 * (stroke(pixel, 13, 9, 4) - stroke(pixel, 8, 9, 6))
  return frame
}
