// The run that the lessons are about. Fixed here, so that recordings and text stay true when the page's defaults move on.
import { initialConfig, type LearnerConfig } from '../../experiments/learners/parameters.ts'

export const lessonConfig: LearnerConfig = {
  ...initialConfig,
  ...{ seed: 1, hidden1: 128, hidden2: 64, activation: 'relu' },
  ...{ optimiser: 'adam', learningRate: 0.002, momentum: 0.9, batchSize: 64, weightDecay: 0 },
  ...{ neurons: 400, inhibition: 17, excitation: 10.4, potentiationRate: 0.02, thetaStep: 0.15 },
}

/** Lesson 5: a smaller brain with the constants of the paper, inhibition among them, and with none of that. */
export const inhibitedConfig: LearnerConfig = {
  ...lessonConfig,
  ...{ neurons: 100, potentiationRate: 0.01, thetaStep: 0.05 },
}
export const uninhibitedConfig: LearnerConfig = { ...inhibitedConfig, inhibition: 0 }

/** Lesson 8: the digits 0 to 4, then 5 to 9. */
export const oldDigitsConfig: LearnerConfig = { ...lessonConfig, classes: '1111100000' }
export const newDigitsConfig: LearnerConfig = { ...lessonConfig, classes: '0000011111' }
