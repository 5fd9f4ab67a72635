// The loop of training: batches in a seeded order, steps, and what is reported and called on the way.
import { valueAndGradients } from '../autograd.ts'
import { batchesIn, epochOrder } from '../data/batches.ts'
import type { Examples } from '../data/examples.ts'
import { NonFiniteError } from '../errors.ts'
import { clipGradientNorm, clipGradientValue } from '../optim/gradients.ts'
import { scope } from '../scope.ts'
import type { Tensor } from '../tensor.ts'
import type { Callback, TrainedModel, Training } from './callback.ts'
import type { Compiled } from './compileOptions.ts'
import { type ExampleRange, evaluated, measured } from './evaluation.ts'
import { formatLogs, History, type Logs, RunningMeans } from './history.ts'
import type { BatchOrder, TrainingPosition } from './position.ts'
import { Rollback } from './rollback.ts'
import { Turn } from './yielding.ts'

/**
 * How far training has come.
 *
 * @example
 * ```ts
 * import type { TrainingProgress } from 'spikegrad'
 * const show = ({ epoch, batch, batches }: TrainingProgress) => `epoch ${epoch}: ${batch} of ${batches}`
 * show({ epoch: 1, epochs: 5, batch: 3, batches: 10, logs: {} }) // 'epoch 1: 3 of 10'
 * ```
 */
export interface TrainingProgress {
  /** Of this call, counted from 1. */
  readonly epoch: number
  readonly epochs: number
  /** Batches done in this epoch. */
  readonly batch: number
  readonly batches: number
  /** Means over the epoch so far. */
  readonly logs: Logs
}

/** What the loop needs of `FitOptions`, checked and completed. */
export interface LoopOptions {
  readonly epochs: number
  readonly batchSize: number
  readonly seed: number
  readonly shuffle: boolean
  readonly dropLast: boolean
  /** The examples to train on, and to validate with. */
  readonly train: ExampleRange
  readonly validation: ExampleRange | undefined
  readonly callbacks: readonly Callback[]
  readonly signal: AbortSignal | undefined
  readonly onProgress: ((progress: TrainingProgress) => void) | undefined
  readonly verbose: boolean
}

/** How far a model was trained: shared by it and the loop. */
export interface Progress {
  position: TrainingPosition
}

/** One call of `fit`. */
export class Fit {
  readonly #model: TrainedModel
  readonly #progress: Progress
  readonly #compiled: Compiled
  readonly #options: LoopOptions
  readonly #order: BatchOrder
  readonly #turn = new Turn()
  readonly #epochs: Logs[] = []
  readonly #batches: number
  #stopped = false
  #epochNumber: number
  #batchNumber: number

  constructor(model: TrainedModel, progress: Progress, compiled: Compiled, options: LoopOptions) {
    const { batchSize, seed, shuffle, dropLast, train } = options
    this.#model = model
    this.#progress = progress
    this.#compiled = compiled
    this.#options = options
    this.#order = { count: train.count, batchSize, ...(shuffle && { seed }), ...(dropLast && { dropLast }) }
    this.#batches = batchesIn('fit', train.count, batchSize, dropLast)
    const { epoch, batch } = this.#resumed()
    this.#epochNumber = epoch
    this.#batchNumber = batch
  }

  /** Where the position leaves off; of an epoch that lacks but its validation, at its last batch. */
  #resumed() {
    const resumed = this.#progress.position.resumed(this.#order)
    return { ...resumed, first: resumed.batch, batch: Math.min(resumed.batch, this.#batches - 1) }
  }

  async run(): Promise<History> {
    await this.#call('onTrainBegin')
    let ended: History['ended'] = 'completed'
    for (let epoch = 0; epoch < this.#options.epochs; epoch++) {
      const finished = await this.#epoch(epoch)
      if (!finished && !this.#stopped) ended = 'signal'
      if (this.#stopped) ended = 'callback'
      if (ended !== 'completed') break
    }
    const history = new History(this.#epochs, ended)
    await this.#call('onTrainEnd', history)
    return history
  }

  /** Returns whether it came to its end. */
  async #epoch(number: number): Promise<boolean> {
    const { train, batchSize, epochs, shuffle, seed } = this.#options
    const { epoch, first, batch: current, means } = this.#resumed()
    const running = new RunningMeans(means)
    const order = epochOrder(train.count, epoch, shuffle ? seed : undefined)
    const batches = this.#batches
    const report = (batch: number) =>
      this.#options.onProgress?.({ epoch: number + 1, epochs, batch, batches, logs: running.logs })
    this.#epochNumber = epoch
    this.#batchNumber = current
    await this.#call('onEpochBegin')
    this.#model.network.train()
    const rollback = new Rollback(this.#model.network)
    for (let batch = first; batch < batches; batch++) {
      if (this.#ended()) return false
      this.#batchNumber = batch
      const begun = this.#callNow('onBatchBegin')
      if (begun !== undefined) await begun
      const indices = order.slice(batch * batchSize, (batch + 1) * batchSize)
      const logs = this.#step(train.examples, indices, rollback)
      running.add(logs, indices.length)
      this.#progress.position = this.#progress.position.after(epoch, batch + 1, this.#order, running.state)
      const done = this.#callNow('onBatchEnd', logs)
      if (done !== undefined) await done
      if (this.#turn.over) {
        report(batch + 1)
        await this.#turn.end()
      }
    }
    report(batches)
    return this.#endOfEpoch(epoch, running.logs)
  }

  async #endOfEpoch(epoch: number, means: Logs): Promise<boolean> {
    const { validation, verbose, signal } = this.#options
    const logs: Record<string, number> = { epoch: epoch + 1, ...means }
    if (validation !== undefined) {
      const batchSize = Math.max(this.#options.batchSize, 256)
      const options = { batchSize, turn: this.#turn, signal }
      const validated = await evaluated(this.#model.network, this.#compiled, validation, options)
      // The epoch is not at its end without: the next call of `fit` begins with the validation.
      if (validated === undefined) return false
      for (const [name, value] of Object.entries(validated)) {
        logs[`validation${name[0]!.toUpperCase()}${name.slice(1)}`] = value
      }
    }
    this.#progress.position = this.#progress.position.next(epoch + 1)
    this.#epochs.push(logs)
    if (verbose) console.log(formatLogs(logs))
    const done = this.#callNow('onEpochEnd', logs)
    if (done !== undefined) await done
    return !this.#ended()
  }

  #ended(): boolean {
    return this.#stopped || (this.#options.signal?.aborted ?? false)
  }

  /** Loss and metrics of a batch, after a step along its gradient. */
  #step(examples: Examples, indices: Int32Array<ArrayBuffer>, rollback: Rollback): Logs {
    const { forward, loss, metrics } = this.#compiled
    const { optimiser } = this.#model
    rollback.note()
    try {
      return scope(() => {
        const { inputs, targets } = examples.batch(indices)
        let logs: Logs = {}
        const { value, gradients } = valueAndGradients(() => {
          const outputs = forward(inputs)
          logs = measured(metrics, outputs, targets!)
          return loss(outputs, targets!)
        }, optimiser.parameters)
        this.#checkAndClip(value, gradients)
        optimiser.step(gradients)
        return { loss: value, ...logs }
      })
    } catch (error) {
      rollback.restore()
      throw error
    }
  }

  #checkAndClip(loss: number, gradients: readonly Tensor[]): void {
    const { clipNorm, clipValue } = this.#compiled
    const { optimiser } = this.#model
    const clips = clipNorm !== undefined || clipValue !== undefined
    // Before clipping, which would hide an infinity; and before the loss, since this names the parameter.
    if (!Number.isFinite(loss) || (clips && optimiser.checkGradients)) optimiser.checkFinite(gradients)
    if (!Number.isFinite(loss)) {
      throw new NonFiniteError(
        `fit: the loss is ${loss} at batch ${this.#batchNumber} of epoch ${this.#epochNumber}, both counted from 0; ` +
          'nothing was changed',
      )
    }
    if (clipNorm !== undefined) clipGradientNorm(gradients, clipNorm)
    if (clipValue !== undefined) clipGradientValue(gradients, clipValue)
  }

  #training(): Training {
    return {
      model: this.#model,
      epoch: this.#epochNumber,
      batch: this.#batchNumber,
      stop: () => {
        this.#stopped = true
      },
    }
  }

  async #call(moment: keyof Callback, argument?: unknown): Promise<void> {
    await this.#callNow(moment, argument)
  }

  /** Calls the callbacks one after another, each when the one before is done; a promise only when one of them returned one. */
  #callNow(moment: keyof Callback, argument?: unknown, first = 0): Promise<unknown> | undefined {
    const { callbacks } = this.#options
    for (let i = first; i < callbacks.length; i++) {
      const callback = callbacks[i]!
      const call = callback[moment] as ((training: Training, argument: unknown) => unknown) | undefined
      const result = call?.call(callback, this.#training(), argument)
      if (isPromise(result)) {
        return Promise.resolve(result).then(() => this.#callNow(moment, argument, i + 1))
      }
    }
    return undefined
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
