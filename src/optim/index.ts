// The public face of the optimisers.
export { Adam, type AdamOptions, AdamW } from './adam.ts'
export { clipGradientNorm, clipGradientValue } from './gradients.ts'
export { Optimiser, type OptimiserState } from './optimiser.ts'
export { RmsProp, type RmsPropOptions } from './rmsProp.ts'
export {
  type CosineDecayOptions,
  cosineDecay,
  exponentialDecay,
  type OneCycleOptions,
  oneCycle,
  type Schedule,
  Scheduler,
  type StepDecayOptions,
  stepDecay,
  type WarmUpOptions,
  warmUp,
} from './schedules.ts'
export { GradientDescent, Sgd, type SgdOptions } from './sgd.ts'
