// The run that the lessons are about. Fixed here, so that recordings and text stay true when the page's defaults move on.
import { initialConfig, type LearnerConfig } from '../../experiments/learners/parameters.ts'

export const lessonConfig: LearnerConfig = {
  ...initialConfig,
  ...{ seed: 1, hidden1: 128, hidden2: 64, activation: 'relu' },
  ...{ optimiser: 'adam', learningRate: 0.002, momentum: 0.9, batchSize: 64, weightDecay: 0 },
  ...{ neurons: 400, inhibition: 17, excitation: 10.4, thetaStep: 0.05 },
}

/** Lesson 5: a smaller brain, with the inhibition of the paper and with none. */
export const inhibitedConfig: LearnerConfig = { ...lessonConfig, neurons: 100 }
export const uninhibitedConfig: LearnerConfig = { ...inhibitedConfig, inhibition: 0 }

/** Lesson 8: the digits 0 to 4, then 5 to 9. */
export const oldDigitsConfig: LearnerConfig = { ...lessonConfig, classes: '1111100000' }
export const newDigitsConfig: LearnerConfig = { ...lessonConfig, classes: '0000011111' }
