// How far a model's training has come, down to the batch, as plain data that checkpoints save.
import { FileFormatError } from '../errors.ts'
import type { MeansState } from './history.ts'

/** What fixes which examples are in which batch of an epoch. */
export interface BatchOrder {
  readonly count: number
  readonly batchSize: number
  /** Undefined: not shuffled. */
  readonly seed?: number
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
    const { epoch, batch, means } = this.#data
    const own = this.#data.order
    const same = own?.count === order.count && own.batchSize === order.batchSize && own.seed === order.seed
    return same && means !== undefined ? { epoch, batch, means } : { epoch, batch: 0 }
  }

  after(epoch: number, batch: number, order: BatchOrder, means: MeansState): TrainingPosition {
    return new TrainingPosition({ epoch, batch, order, means })
  }

  next(epoch: number): TrainingPosition {
    return new TrainingPosition({ epoch, batch: 0 })
  }

  toJSON(): unknown {
    return this.#data
  }

  /** @throws FileFormatError when the data from a file are not a position. */
  static fromJson(value: unknown, name: string): TrainingPosition {
    const data = (value ?? {}) as Partial<Record<keyof Data, unknown>>
    const whole = (number: unknown): boolean => Number.isSafeInteger(number) && (number as number) >= 0
    const { order, means } = data as Partial<Data>
    const known =
      whole(data.epoch) &&
      whole(data.batch) &&
      (order === undefined || (order !== null && whole(order.count) && whole(order.batchSize))) &&
      (means === undefined || (means !== null && typeof means.sums === 'object' && whole(means.weight)))
    if (!known) {
      throw new FileFormatError(`${name}: expected the position of training, found ${JSON.stringify(value)}`)
    }
    return new TrainingPosition(data as Data)
  }
}
