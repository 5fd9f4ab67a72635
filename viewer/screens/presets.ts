// Configurations worth trying, as what differs from the defaults.
import { initialConfig, type LearnerConfig } from '../../experiments/learners/parameters.ts'
import type { Text } from '../text/text.ts'

export type PresetName = keyof Text['lab']['presets']

export const presets: Readonly<Record<PresetName, LearnerConfig>> = {
  page: initialConfig,
  published: { ...initialConfig, potentiationRate: 0.01, thetaStep: 0.05 },
  fast: { ...initialConfig, neurons: 100, hidden1: 32, hidden2: 32 },
  noCompetition: { ...initialConfig, inhibition: 0 },
  noThreshold: { ...initialConfig, thetaStep: 0 },
  plainDescent: { ...initialConfig, optimiser: 'gradientDescent', learningRate: 0.1 },
  noisy: { ...initialConfig, pixelNoise: 0.33 },
  halfLesion: { ...initialConfig, mlpLesion: 0.5, brainLesion: 0.5 },
  firstFive: { ...initialConfig, classes: '1111100000' },
}
