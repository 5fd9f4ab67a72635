// Lesson 5: how alike the receptive fields of a frame are, and how many neurons fire.
import type { BrainFrame } from '../../../experiments/learners/brainFrame.ts'
import { PIXELS } from '../../../experiments/learners/common.ts'
import type { Recording } from '../../../experiments/recording/recording.ts'
import type { CompetitionFigures } from '../figureTypes.ts'

/** Frames at the end of a recording over which the neurons that fire are counted. */
const LAST_FRAMES = 10

/** Mean Pearson correlation of the receptive fields of two neurons, over all pairs. */
export function likenessOf({ weights, shape: { neurons } }: BrainFrame): number {
  const sum = new Float64Array(PIXELS)
  for (let neuron = 0; neuron < neurons; neuron++) {
    const field = standardised(weights.subarray(PIXELS * neuron, PIXELS * (neuron + 1)))
    for (let pixel = 0; pixel < PIXELS; pixel++) sum[pixel] = sum[pixel]! + field[pixel]!
  }
  // Each field has length 1: the square of their sum is the sum of all correlations, each field's own included.
  const square = sum.reduce((total, value) => total + value * value, 0)
  return (square - neurons) / (neurons * (neurons - 1))
}

function standardised(field: Uint8Array): Float64Array {
  const mean = field.reduce((total, weight) => total + weight, 0) / field.length
  const centred = Float64Array.from(field, weight => weight - mean)
  const length = Math.hypot(...centred)
  return centred.map(value => value / length)
}

/** What the text says of a recorded run. */
export function competitionOf(recording: Recording): CompetitionFigures {
  const { brain } = recording.readers()
  const { length } = recording.frames('brain')
  let firing = 0
  for (let index = length - LAST_FRAMES; index < length; index++) {
    firing += brain.read(index).counts.filter(count => count > 0).length
  }
  const last = brain.read(length - 1)
  return { accuracy: last.testAccuracy, likeness: likenessOf(last), neuronsFiring: firing / LAST_FRAMES }
}
