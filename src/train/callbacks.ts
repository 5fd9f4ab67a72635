// Callbacks that need no number of the logs: a schedule, a log file, and pruned weights kept at 0.
import type { Schedule } from '../optim/schedules.ts'
import type { Callback, Training } from './callback.ts'
import type { Logs } from './history.ts'
import type { PruningMasks } from './pruning.ts'

/**
 * Sets the learning rate before each batch by a schedule of the optimiser's steps, so that training resumed from a checkpoint
 * follows it too.
 *
 * @example
 * ```ts
 * import { dense, exponentialDecay, FollowSchedule, sequential, zeros } from 'spikegrad'
 * const model = sequential([dense(1)]).compile({ optimiser: 'sgd', loss: 'meanSquaredError' })
 * const callbacks = [new FollowSchedule(exponentialDecay(1, { factor: 0.5 }))]
 * await model.fit(zeros([4, 2]), zeros([4, 1]), { epochs: 3, callbacks })
 * model.optimiser.learningRate // 0.25
 * ```
 */
export class FollowSchedule implements Callback {
  readonly schedule: Schedule

  constructor(schedule: Schedule) {
    this.schedule = schedule
  }

  onBatchBegin({ model }: Training): void {
    model.optimiser.learningRate = this.schedule(model.optimiser.steps)
  }
}

/**
 * Writes the logs of each epoch as a line of CSV (RFC 4180), after a line of names. Over several calls of `fit` the lines go on;
 * when the names change, as with validation in a later call, a line of the new ones comes first.
 *
 * @example
 * ```ts
 * import { CsvLogger, dense, sequential, zeros } from 'spikegrad'
 * let text = ''
 * const model = sequential([dense(1)]).compile({ optimiser: 'sgd', loss: 'meanSquaredError' })
 * const callbacks = [new CsvLogger(line => { text += line })]
 * await model.fit(zeros([4, 2]), zeros([4, 1]), { epochs: 2, callbacks })
 * text.split('\r\n') // ['epoch,loss', '1,0', '2,0', '']
 * ```
 */
export class CsvLogger implements Callback {
  readonly #write: (text: string) => unknown
  #names: string | undefined

  /** @param write takes one line at a time, with its end; training waits when it returns a promise. */
  constructor(write: (text: string) => unknown) {
    this.#write = write
  }

  onEpochEnd(_: Training, logs: Logs): unknown {
    const lines: string[] = []
    const names = Object.keys(logs).map(quoted).join(',')
    if (names !== this.#names) lines.push(names)
    this.#names = names
    lines.push(Object.values(logs).join(','))
    return this.#write(lines.map(line => `${line}\r\n`).join(''))
  }
}

/** A user's metric may have any name. */
function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name
}

/**
 * Keeps pruned weights at 0 while the others are trained.
 *
 * @example
 * ```ts
 * import { dense, KeepPruned, pruneByMagnitude, sequential, zeros } from 'spikegrad'
 * const model = sequential([dense(4)], { inputShape: [2] }).compile({ optimiser: 'sgd', loss: 'meanSquaredError' })
 * const { masks } = await pruneByMagnitude(model.network, { fraction: 0.5 })
 * await model.fit(zeros([4, 2]), zeros([4, 4]), { callbacks: [new KeepPruned(masks)] })
 * model.parameters()[0]!.toArray().filter(weight => weight === 0).length // 4
 * ```
 */
export class KeepPruned implements Callback {
  readonly masks: PruningMasks

  constructor(masks: PruningMasks) {
    this.masks = masks
  }

  onBatchEnd(): void {
    this.masks.apply()
  }
}
