// A few images of MNIST for tests of the learners.
import type { LearnerData } from '../../experiments/learners/learner.ts'
import { initialConfig, type LearnerConfig } from '../../experiments/learners/parameters.ts'
import { loadMnistImages, loadMnistLabels } from '../mnist.ts'

export const data: LearnerData = {
  train: { images: loadMnistImages('train', 400), labels: loadMnistLabels('train', 400) },
  test: { images: loadMnistImages('t10k', 60), labels: loadMnistLabels('t10k', 60) },
  parts: [100, 300],
}

export const imageAt = (place: number) => data.train.images.subarray(784 * place, 784 * (place + 1))

/** A configuration with small networks. */
export function configOf(changes: Partial<LearnerConfig> = {}): LearnerConfig {
  return { ...initialConfig, hidden1: 16, hidden2: 12, batchSize: 20, neurons: 30, ...changes }
}
