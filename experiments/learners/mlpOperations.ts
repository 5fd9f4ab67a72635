// What the MLP computes while it learns: effective multiply-accumulates, those in which neither factor is zero.
import { CLASSES } from './common.ts'
import type { LearnerConfig } from './parameters.ts'

/** Multiply-accumulates of an update, by parameter: what the optimiser's equations have. */
export const updateOperations: { readonly [Name in LearnerConfig['optimiser']]: number } = {
  gradientDescent: 1,
  sgd: 2,
  adam: 3,
  rmsProp: 2,
}

/**
 * Of a batch, counted from what is not zero in each image's layers, in the sense of NeuroBench (Yik et al. 2025,
 * doi 10.1038/s41467-025-56739-4); no weight is taken to be zero. Backwards, the derivatives of a layer are zero where its
 * rectified outputs are.
 * @param pixels how many pixels of each image are not zero, [images].
 * @param hidden outputs of both hidden layers, [images, units] each.
 */
export function learningOperations(
  pixels: Int32Array,
  hidden: readonly [ArrayLike<number>, ArrayLike<number>],
  backward: boolean,
): number {
  const [units1, units2] = hidden.map(outputs => outputs.length / pixels.length) as [number, number]
  let total = 0
  for (let image = 0; image < pixels.length; image++) {
    const inputs = pixels[image]!
    const first = nonZeros(hidden[0], image * units1, units1)
    const second = nonZeros(hidden[1], image * units2, units2)
    total += inputs * units1 + first * units2 + second * CLASSES
    if (!backward) continue
    // By the weights of each layer, then by the outputs of both hidden ones.
    total += inputs * first + first * second + second * CLASSES
    total += second * CLASSES + first * second
  }
  return total
}

function nonZeros(values: ArrayLike<number>, start: number, length: number): number {
  let count = 0
  for (let i = start; i < start + length; i++) if (values[i] !== 0) count += 1
  return count
}
