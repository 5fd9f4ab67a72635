// How far a model's training has come, down to the batch, as plain data that checkpoints save.
import { isWhole } from '../check.ts'
import { FileFormatError } from '../errors.ts'
import type { MeansState } from './history.ts'

/** What fixes which examples are in which batch of an epoch. */
export interface BatchOrder {
  readonly count: number
  readonly batchSize: number
  /** Undefined: not shuffled. */
  readonly seed?: number
  /** Undefined: the last batch takes part however short it is. */
  readonly dropLast?: boolean
}

interface Data {
  /** Epochs completed. */
  readonly epoch: number
  /** Batches done in the next epoch; 0 unless it was left in its middle. */
  readonly batch: number
  /** Of the epoch that was left. */
  readonly order?: BatchOrder
  /** Of the epoch that was left: its means so far. */
  readonly means?: MeansState
}

type Unchecked<T> = { readonly [key in keyof T]?: unknown }

export class TrainingPosition {
  readonly #data: Data

  constructor(data: Data = { epoch: 0, batch: 0 }) {
    this.#data = data
  }

  get epoch(): number {
    return this.#data.epoch
  }

  get batch(): number {
    return this.#data.batch
  }

  /** Where to go on with batches of an order: in the epoch that was left, if it has the same; else at the beginning of it. */
  resumed(order: BatchOrder): { epoch: number; batch: number; means?: MeansState } {
    const { epoch, batch, means, order: own } = this.#data
    const same =
      own?.count === order.count &&
      own.batchSize === order.batchSize &&
      own.seed === order.seed &&
      own.dropLast === order.dropLast
    return same && means !== undefined ? { epoch, batch, means } : { epoch, batch: 0 }
  }

  after(epoch: number, batch: number, order: BatchOrder, means: MeansState): TrainingPosition {
    return new TrainingPosition({ epoch, batch, order, means })
  }

  next(epoch: number): TrainingPosition {
    return new TrainingPosition({ epoch, batch: 0 })
  }

  /** As JSON allows: a metric's sum may be infinite or not a number, and is text then. */
  toJSON(): unknown {
    const { means } = this.#data
    if (means === undefined) return this.#data
    const sums = Object.entries(means.sums).map(([name, sum]) => [
      name,
      Number.isFinite(sum) ? sum : String(sum),
    ])
    return { ...this.#data, means: { sums: Object.fromEntries(sums), weight: means.weight } }
  }

  /** @throws FileFormatError when the data from a file are not a position. */
  static fromJson(value: unknown, name: string): TrainingPosition {
    const data = (value ?? {}) as Unchecked<Data>
    const means = meansOf(data.means)
    const { epoch, batch, order } = data
    if (!isWhole(epoch) || !isWhole(batch) || !(order === undefined || isOrder(order)) || means === null) {
      throw new FileFormatError(`${name}: expected the position of training, found ${JSON.stringify(value)}`)
    }
    return new TrainingPosition({ epoch, batch, ...(order && { order }), ...(means && { means }) })
  }
}

function isOrder(value: unknown): value is BatchOrder {
  const { count, batchSize, seed, dropLast } = (value ?? {}) as Unchecked<BatchOrder>
  return (
    isWhole(count) &&
    isWhole(batchSize) &&
    batchSize > 0 &&
    (seed === undefined || isWhole(seed)) &&
    (dropLast === undefined || typeof dropLast === 'boolean')
  )
}

/** Null for what are no means. */
function meansOf(value: unknown): MeansState | undefined | null {
  if (value === undefined) return undefined
  const { sums, weight } = (value ?? {}) as Unchecked<MeansState>
  if (typeof sums !== 'object' || sums === null || Array.isArray(sums) || !isWhole(weight)) return null
  const numbers = Object.entries(sums).map(([name, sum]) => [name, numberOf(sum)] as const)
  return numbers.some(([, sum]) => sum === undefined)
    ? null
    : { sums: Object.fromEntries(numbers) as MeansState['sums'], weight }
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : undefined
}
