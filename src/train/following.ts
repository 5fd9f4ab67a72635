// Callbacks that follow a number of the logs: to end training in time, and to save what is best.
import { checkCount, checkInteger, checkNotNegative } from '../check.ts'
import { InvalidArgumentError } from '../errors.ts'
import type { Callback, TrainedModel, Training } from './callback.ts'
import type { History, Logs } from './history.ts'

/** Whether a larger number is better: of accuracies, unless the user says. */
type Mode = 'minimise' | 'maximise'

/** Follows one number of the logs and says when it is the best so far; begins anew when that is another than before. */
class Best {
  readonly #monitor: string | undefined
  readonly #mode: Mode | undefined
  readonly #margin: number
  #name: string | undefined
  value = Number.NaN

  constructor(monitor: string | undefined, mode: Mode | undefined, margin = 0) {
    this.#monitor = monitor
    this.#mode = mode
    this.#margin = margin
  }

  /** @throws InvalidArgumentError when the logs do not have the number. */
  improvedBy(logs: Logs): boolean {
    const name = this.#monitor ?? ('validationLoss' in logs ? 'validationLoss' : 'loss')
    const value = logs[name]
    if (value === undefined) {
      throw new InvalidArgumentError(
        `a callback follows "${name}", the logs have ${Object.keys(logs).join(', ')}`,
      )
    }
    if (name !== this.#name) this.value = Number.NaN
    this.#name = name
    const mode = this.#mode ?? (/accuracy$/i.test(name) ? 'maximise' : 'minimise')
    const gain = mode === 'maximise' ? value - this.value : this.value - value
    if (!(Number.isNaN(this.value) ? !Number.isNaN(value) : gain > this.#margin)) return false
    this.value = value
    return true
  }
}

/**
 * What `EarlyStopping` may be told.
 *
 * @example
 * ```ts
 * import { EarlyStopping, type EarlyStoppingOptions } from 'spikegrad'
 * const options: EarlyStoppingOptions = { monitor: 'validationAccuracy', patience: 3 }
 * const callback = new EarlyStopping(options)
 * ```
 */
export interface EarlyStoppingOptions {
  /** The number of the logs to follow; by default `validationLoss` where there is one, else `loss`. */
  readonly monitor?: string
  /** By default `maximise` for accuracies, else `minimise`. */
  readonly mode?: 'minimise' | 'maximise'
  /** After how many epochs in a row without a better number training ends, as Keras'; by default 0, which is as 1: at the first. */
  readonly patience?: number
  /** By how much a number has to be better to count; by default 0. */
  readonly minimumChange?: number
  /** Whether to end with the parameters and buffers of the best epoch, unless it was the signal that ended training; true unless told. */
  readonly restoreBest?: boolean
}

/**
 * Ends training when a number gets no better, and goes back to the parameters and buffers of the best epoch. Begins anew with
 * each call of `fit`. The optimiser and the count of epochs stay where training ended, and so a checkpoint that is saved after
 * that holds the best parameters with the last state of the optimiser: to go on from the best epoch bit for bit, save it with
 * `SaveCheckpoint`. Training that the signal ended is left as it is, so that it can go on.
 *
 * @example
 * ```ts
 * import { dense, EarlyStopping, sequential, tensor } from 'spikegrad'
 * const model = sequential([dense(1)]).compile({ optimiser: 'sgd', loss: 'meanSquaredError' })
 * const callbacks = [new EarlyStopping({ minimumChange: 10 })]
 * const history = await model.fit(tensor([[1], [2]]), tensor([[2], [4]]), { epochs: 9, callbacks })
 * history.epochs.length // 2
 * ```
 */
export class EarlyStopping implements Callback {
  readonly #options: EarlyStoppingOptions
  #best: Best
  #waited = 0
  #state: ReadonlyMap<string, { shape: readonly number[]; data: ArrayLike<number> }> | undefined

  /** @throws InvalidArgumentError when an option is out of range. */
  constructor(options: EarlyStoppingOptions = {}) {
    const { patience = 0, minimumChange = 0 } = options
    checkInteger('EarlyStopping: patience', patience)
    checkNotNegative('EarlyStopping: minimumChange', minimumChange)
    this.#options = options
    this.#best = this.#newBest()
  }

  #newBest(): Best {
    return new Best(this.#options.monitor, this.#options.mode, this.#options.minimumChange)
  }

  onTrainBegin(): void {
    this.#best = this.#newBest()
    this.#waited = 0
    this.#state = undefined
  }

  onEpochEnd(training: Training, logs: Logs): void {
    const { patience = 0, restoreBest = true } = this.#options
    if (this.#best.improvedBy(logs)) {
      this.#waited = 0
      if (restoreBest) this.#state = copyOfState(training.model)
    } else if (++this.#waited >= patience) {
      training.stop()
    }
  }

  onTrainEnd({ model }: Training, { ended }: Pick<History, 'ended'>): void {
    if (this.#state !== undefined && ended !== 'signal') model.network.loadState(this.#state)
    this.#state = undefined
  }
}

function copyOfState({ network }: TrainedModel) {
  return new Map(
    [...network.stateDictionary()].map(([name, tensor]) => [
      name,
      { shape: tensor.shape, data: tensor.toArray() },
    ]),
  )
}

/**
 * What `SaveCheckpoint` may be told.
 *
 * @example
 * ```ts
 * import { SaveCheckpoint, type SaveCheckpointOptions } from 'spikegrad'
 * const saved: Uint8Array[] = []
 * const options: SaveCheckpointOptions = { save: bytes => saved.push(bytes), bestOnly: true }
 * const callback = new SaveCheckpoint(options)
 * ```
 */
export interface SaveCheckpointOptions {
  /** Puts a checkpoint away; training waits when it returns a promise. */
  readonly save: (bytes: Uint8Array<ArrayBuffer>, logs: Logs) => unknown
  /** Epochs from one checkpoint to the next; by default 1. */
  readonly everyEpochs?: number
  /** Also after every so many batches; by default never. */
  readonly everyBatches?: number
  /**
   * Only at the end of an epoch that is the best so far, over all calls of `fit` for one model that follow one number; by default at
   * every one.
   */
  readonly bestOnly?: boolean
  /** As for `EarlyStopping`. */
  readonly monitor?: string
  /** As for `EarlyStopping`. */
  readonly mode?: 'minimise' | 'maximise'
}

/**
 * Hands out checkpoints from which training goes on bit for bit.
 *
 * @example
 * ```ts
 * import { dense, SaveCheckpoint, sequential, zeros } from 'spikegrad'
 * const saved: Uint8Array[] = []
 * const model = sequential([dense(1)]).compile({ optimiser: 'adam', loss: 'meanSquaredError' })
 * const callbacks = [new SaveCheckpoint({ save: bytes => saved.push(bytes) })]
 * await model.fit(zeros([4, 2]), zeros([4, 1]), { epochs: 2, callbacks })
 * saved.length // 2
 * ```
 */
export class SaveCheckpoint implements Callback {
  readonly #options: SaveCheckpointOptions
  #best: Best
  #model: TrainedModel | undefined

  /** @throws InvalidArgumentError when a number of epochs or batches is not a positive integer. */
  constructor(options: SaveCheckpointOptions) {
    for (const name of ['everyEpochs', 'everyBatches'] as const) {
      checkCount(`SaveCheckpoint: ${name}`, options[name] ?? 1)
    }
    this.#options = options
    this.#best = new Best(options.monitor, options.mode)
  }

  onTrainBegin({ model }: Training): void {
    if (this.#model !== undefined && this.#model !== model) {
      this.#best = new Best(this.#options.monitor, this.#options.mode)
    }
    this.#model = model
  }

  onBatchEnd({ model, batch }: Training, logs: Logs): unknown {
    const { everyBatches, save } = this.#options
    if (everyBatches === undefined || (batch + 1) % everyBatches !== 0) return undefined
    return save(model.save(), logs)
  }

  onEpochEnd({ model, epoch }: Training, logs: Logs): unknown {
    const { everyEpochs = 1, bestOnly = false, save } = this.#options
    if (bestOnly ? !this.#best.improvedBy(logs) : (epoch + 1) % everyEpochs !== 0) return undefined
    return save(model.save(), logs)
  }
}
