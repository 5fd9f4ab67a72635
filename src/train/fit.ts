// The loop of training: batches in a seeded order, steps, and what is reported and called on the way.
import { valueAndGradients } from '../autograd.ts'
import { epochOrder } from '../data/batches.ts'
import type { Examples } from '../data/examples.ts'
import { NonFiniteError } from '../errors.ts'
import { inEvaluation } from '../nn/module.ts'
import { clipGradientNorm, clipGradientValue } from '../optim/gradients.ts'
import { scope } from '../scope.ts'
import type { Tensor } from '../tensor.ts'
import type { Callback, TrainedModel, Training } from './callback.ts'
import type { Compiled } from './compileOptions.ts'
import { formatLogs, History, type Logs, RunningMeans } from './history.ts'
import type { BatchOrder, TrainingPosition } from './position.ts'
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
  /** Places of the examples to train on, and to validate with. */
  readonly train: { readonly examples: Examples; readonly count: number }
  readonly validation:
    | { readonly examples: Examples; readonly start: number; readonly count: number }
    | undefined
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
  #stopped = false
  #epochNumber = 0
  #batchNumber = 0

  constructor(model: TrainedModel, progress: Progress, compiled: Compiled, options: LoopOptions) {
    const { batchSize, seed, shuffle, train } = options
    this.#model = model
    this.#progress = progress
    this.#compiled = compiled
    this.#options = options
    this.#order = { count: train.count, batchSize, ...(shuffle && { seed }) }
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
    const { epoch, batch: first, means } = this.#progress.position.resumed(this.#order)
    const running = new RunningMeans(means)
    const order = epochOrder(train.count, epoch, shuffle ? seed : undefined)
    const batches = Math.ceil(train.count / batchSize)
    const report = (batch: number) =>
      this.#options.onProgress?.({ epoch: number + 1, epochs, batch, batches, logs: running.logs })
    this.#epochNumber = epoch
    this.#batchNumber = first
    await this.#call('onEpochBegin')
    this.#model.network.train()
    for (let batch = first; batch < batches; batch++) {
      if (this.#ended()) return false
      this.#batchNumber = batch
      const begun = this.#callNow('onBatchBegin')
      if (begun !== undefined) await begun
      const indices = order.slice(batch * batchSize, (batch + 1) * batchSize)
      const logs = this.#step(train.examples, indices, epoch, batch)
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
    const { validation, verbose } = this.#options
    const logs: Record<string, number> = { epoch: epoch + 1, ...means }
    if (validation !== undefined) {
      const { examples, start, count } = validation
      const validated = await evaluated(this.#model, this.#compiled, examples, start, count, {
        batchSize: Math.max(this.#options.batchSize, 256),
        turn: this.#turn,
      })
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
  #step(examples: Examples, indices: Int32Array<ArrayBuffer>, epoch: number, batch: number): Logs {
    const { forward, loss, metrics, optimiser, clipNorm, clipValue } = this.#compiled
    return scope(() => {
      const { inputs, targets } = examples.batch(indices)
      const logs: Record<string, number> = { loss: 0 }
      const { value, gradients } = valueAndGradients(() => {
        const outputs = forward(inputs)
        measure(metrics, outputs, targets!, logs)
        return loss(outputs, targets!)
      }, optimiser.parameters)
      logs.loss = value
      if (!Number.isFinite(value)) {
        // Names the parameter, where a gradient is not finite either.
        optimiser.checkFinite(gradients)
        throw new NonFiniteError(
          `fit: the loss is ${value} at batch ${batch} of epoch ${epoch}, both counted from 0; nothing was changed`,
        )
      }
      if (clipNorm !== undefined) clipGradientNorm(gradients, clipNorm)
      if (clipValue !== undefined) clipGradientValue(gradients, clipValue)
      optimiser.step(gradients)
      return logs
    })
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

  /** Calls the callbacks; a promise only when one of them returned one. */
  #callNow(moment: keyof Callback, argument?: unknown): Promise<unknown> | undefined {
    const { callbacks } = this.#options
    if (callbacks.length === 0) return undefined
    const training = this.#training()
    const results = callbacks.map(callback => {
      const call = callback[moment] as ((training: Training, argument: unknown) => unknown) | undefined
      return call?.call(callback, training, argument)
    })
    return results.some(result => result instanceof Promise) ? Promise.all(results) : undefined
  }
}

function measure(
  metrics: Compiled['metrics'],
  outputs: Tensor,
  targets: Tensor,
  logs: Record<string, number>,
): void {
  for (const [name, metric] of Object.entries(metrics)) logs[name] = metric(outputs, targets)
}

/** Means of loss and metrics over some examples, in the mode of evaluation. */
export async function evaluated(
  { network }: Pick<TrainedModel, 'network'>,
  { forward, loss, metrics }: Compiled,
  examples: Examples,
  start: number,
  count: number,
  { batchSize, turn = new Turn() }: { batchSize: number; turn?: Turn },
): Promise<Logs> {
  const means = new RunningMeans()
  for (let from = start; from < start + count; from += batchSize) {
    const indices = placesFrom(from, Math.min(batchSize, start + count - from))
    inEvaluation(network, () =>
      scope(() => {
        const { inputs, targets } = examples.batch(indices)
        const outputs = forward(inputs)
        const logs = { loss: loss(outputs, targets!).item() }
        measure(metrics, outputs, targets!, logs)
        means.add(logs, indices.length)
      }),
    )
    if (turn.over) await turn.end()
  }
  return means.logs
}

export function placesFrom(start: number, count: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: count }, (_, i) => start + i)
}
