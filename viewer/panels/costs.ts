// What learning cost each network: counts that were measured, and an energy that is only a model of them.
import { PRESENTATION_DURATION, STEP } from '../../experiments/learners/brainFrame.ts'
import { PIXELS } from '../../experiments/learners/common.ts'
import type { Frames } from './frames.ts'

/**
 * Energy of one operation in a 45 nm process, joules: M. Horowitz, "Computing's energy problem (and what we can do about it)",
 * ISSCC 2014. A 32-bit floating-point multiplication is 3.7 pJ, an addition 0.9 pJ; 64 bits read from an 8 kB memory on the
 * chip are 10 pJ, so that a word of 32 bits is half of that.
 */
export const energyModel = {
  multiplyAccumulate: 4.6e-12,
  accumulate: 0.9e-12,
  wordFromMemory: 5e-12,
  /** Multiply-accumulates of one neuron's step of 0.5 ms: leak, two conductances and their decay; an estimate. */
  membraneStep: 10,
} as const

export interface Range {
  readonly low: number
  readonly high: number
}

/** What one network spent. NaN stands for what cannot be said yet. */
export interface Cost {
  readonly samples: number
  /** Labels that it was told while learning, and those used only to name its neurons. */
  readonly labelsLearnedFrom: number
  readonly labelsReadOut: number
  readonly operations: number
  readonly operationsPerImage: number
  /** Neurons' steps an image, where the network has membranes. */
  readonly membraneSteps: number
  readonly seconds: number
  readonly secondsPerImage: number
  /** Joules an image by the model: operations alone, and with memory and membranes. */
  readonly energyPerImage: Range
  readonly parameters: number
  readonly testAccuracy: number
  readonly testImages: number
}

/** The MLP's bill so far, null before its first frame. */
export function mlpCost({ mlp }: Pick<Frames, 'mlp'>): Cost | null {
  if (mlp === null) return null
  const { layers } = mlp.shape
  const { multiplyAccumulate, wordFromMemory } = energyModel
  const perImage = mlp.operations / mlp.samples
  return {
    ...measured(mlp),
    labelsLearnedFrom: mlp.samples,
    labelsReadOut: 0,
    operationsPerImage: perImage,
    membraneSteps: Number.NaN,
    energyPerImage: {
      low: perImage * multiplyAccumulate,
      high: perImage * (multiplyAccumulate + wordFromMemory),
    },
    parameters: layers.slice(1).reduce((sum, units, layer) => sum + units * (layers[layer]! + 1), 0),
  }
}

/** The brain's bill so far, null before its first frame. */
export function brainCost({ brain }: Pick<Frames, 'brain'>): Cost | null {
  if (brain === null) return null
  const { neurons } = brain.shape
  const { accumulate, multiplyAccumulate, wordFromMemory, membraneStep } = energyModel
  const perImage = brain.operations / brain.samples
  // As many inhibitory neurons as excitatory ones.
  const membraneSteps = 2 * neurons * (PRESENTATION_DURATION / STEP)
  return {
    ...measured(brain),
    labelsLearnedFrom: 0,
    labelsReadOut: brain.samples,
    operationsPerImage: perImage,
    membraneSteps,
    energyPerImage: {
      low: perImage * accumulate,
      high: perImage * (accumulate + wordFromMemory) + membraneSteps * membraneStep * multiplyAccumulate,
    },
    parameters: neurons * (PIXELS + 1),
  }
}

function measured(frame: NonNullable<Frames['mlp'] | Frames['brain']>) {
  const { samples, operations, seconds, testAccuracy, testImages } = frame
  return { samples, operations, seconds, secondsPerImage: seconds / samples, testAccuracy, testImages }
}
