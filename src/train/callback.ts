// What callbacks are, and what they see of training.
import type { Module } from '../nn/module.ts'
import type { Optimiser } from '../optim/optimiser.ts'
import type { History, Logs } from './history.ts'

/**
 * What callbacks see of a model.
 *
 * @example
 * ```ts
 * import { dense, sequential, type TrainedModel } from 'spikegrad'
 * const model: TrainedModel = sequential([dense(1)], { inputShape: [2] }).compile({ optimiser: 'adam', loss: 'huber' })
 * model.optimiser.steps // 0
 * ```
 */
export interface TrainedModel {
  readonly network: Module
  readonly optimiser: Optimiser
  /** A checkpoint. */
  readonly save: () => Uint8Array<ArrayBuffer>
}

/**
 * What a callback sees of training, and may do to it.
 *
 * @example
 * ```ts
 * import type { Callback, Training } from 'spikegrad'
 * const stopAfterThousandSteps: Callback = {
 *   onBatchEnd: (training: Training) => training.model.optimiser.steps >= 1000 && training.stop(),
 * }
 * ```
 */
export interface Training {
  readonly model: TrainedModel
  /** Of this epoch, counted from 0 over all calls of `fit`. */
  readonly epoch: number
  /** Of the last batch within this epoch, counted from 0. */
  readonly batch: number
  /** Ends training after the current batch, or epoch when called at an epoch's end. */
  stop(): void
}

/**
 * Functions that `fit` calls, and waits for when they return a promise. `onEpochEnd` sees the means over the epoch and the
 * validation data.
 *
 * @example
 * ```ts
 * import type { Callback } from 'spikegrad'
 * const losses: number[] = []
 * const collect: Callback = { onEpochEnd: (_, logs) => losses.push(logs.loss!) }
 * ```
 */
export interface Callback {
  readonly onTrainBegin?: (training: Training) => unknown
  readonly onEpochBegin?: (training: Training) => unknown
  readonly onBatchBegin?: (training: Training) => unknown
  readonly onBatchEnd?: (training: Training, logs: Logs) => unknown
  readonly onEpochEnd?: (training: Training, logs: Logs) => unknown
  readonly onTrainEnd?: (training: Training, history: History) => unknown
}
