// The public face of training in the manner of Keras, and of what is done to trained networks.
export type { AccuracyCost, Evaluate } from './accuracyCost.ts'
export type { Callback, TrainedModel, Training } from './callback.ts'
export { CsvLogger, FollowSchedule, KeepPruned } from './callbacks.ts'
export { type CheckpointParts, encodeCheckpoint, restoreCheckpoint } from './checkpoint.ts'
export type { CompileOptions, OptimiserName } from './compileOptions.ts'
export type { TrainingProgress } from './fit.ts'
export type { FitOptions } from './fitOptions.ts'
export {
  EarlyStopping,
  type EarlyStoppingOptions,
  SaveCheckpoint,
  type SaveCheckpointOptions,
} from './following.ts'
export { formatLogs, History, type Logs } from './history.ts'
export type { ActivationName, LayerOptions, LayerPlace, LayerPlan } from './layerPlan.ts'
export { type Conv2dPlanOptions, type DenseOptions, dense, layers } from './layers.ts'
export type { Loss, LossName, NamedLoss } from './losses.ts'
export { accuracy, binaryAccuracy, type Metric, type MetricName } from './metrics.ts'
export { Model } from './model.ts'
export { PruningMasks, type PruningOptions, type PruningReport, pruneByMagnitude } from './pruning.ts'
export { type QuantisationOptions, type QuantisationReport, quantise } from './quantisation.ts'
export { restoreModule } from './restoreModule.ts'
export { type SequentialOptions, sequential } from './sequential.ts'
