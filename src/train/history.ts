// What training reported, epoch by epoch.

/**
 * Numbers by name: `loss`, each metric, and with `validation` before it, as `validationLoss`, the same of the validation data.
 *
 * @example
 * ```ts
 * import { formatLogs, type Logs } from 'spikegrad'
 * const logs: Logs = { loss: 0.25, accuracy: 0.9 }
 * formatLogs(logs) // 'loss 0.2500  accuracy 0.9000'
 * ```
 */
export type Logs = Readonly<Record<string, number>>

/**
 * What `fit` returns.
 *
 * @example
 * ```ts
 * import { dense, sequential, zeros } from 'spikegrad'
 * const model = sequential([dense(1)]).compile({ optimiser: 'sgd', loss: 'meanSquaredError' })
 * const history = await model.fit(zeros([4, 2]), zeros([4, 1]), { epochs: 3 })
 * history.series('loss') // [0, 0, 0]
 * ```
 */
export class History {
  /** The logs of each epoch that was completed; `epoch` counts from 1. */
  readonly epochs: readonly Logs[]
  /** What ended training: all epochs done, the signal, or a callback. */
  readonly ended: 'completed' | 'signal' | 'callback'

  constructor(epochs: readonly Logs[], ended: 'completed' | 'signal' | 'callback') {
    this.epochs = epochs
    this.ended = ended
  }

  /** One number of the logs, of every epoch that has it. */
  series(name: string): readonly number[] {
    return this.epochs.flatMap(logs => logs[name] ?? [])
  }
}

/**
 * Logs as a line of text.
 *
 * @example
 * ```ts
 * import { formatLogs } from 'spikegrad'
 * formatLogs({ epoch: 2, loss: 1 / 3 }) // 'epoch 2  loss 0.3333'
 * ```
 */
export function formatLogs(logs: Logs): string {
  return Object.entries(logs)
    .map(
      ([name, value]) =>
        `${name} ${Number.isInteger(value) && name === 'epoch' ? value : formatNumber(value)}`,
    )
    .join('  ')
}

function formatNumber(value: number): string {
  const small = value !== 0 && Math.abs(value) < 1e-3
  return small ? value.toExponential(2) : value.toFixed(4)
}

/** A running mean of several numbers, each weighted by the examples behind it. */
export class RunningMeans {
  readonly #sums: Record<string, number>
  #weight: number

  constructor({ sums, weight }: MeansState = { sums: {}, weight: 0 }) {
    this.#sums = { ...sums }
    this.#weight = weight
  }

  add(logs: Logs, weight: number): void {
    for (const [name, value] of Object.entries(logs)) {
      this.#sums[name] = (this.#sums[name] ?? 0) + weight * value
    }
    this.#weight += weight
  }

  get logs(): Logs {
    return Object.fromEntries(Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#weight]))
  }

  /** All there is to save. */
  get state(): MeansState {
    return { sums: { ...this.#sums }, weight: this.#weight }
  }
}

/** The state of `RunningMeans`. */
export interface MeansState {
  readonly sums: Logs
  readonly weight: number
}
