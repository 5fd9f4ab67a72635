// How a model is fitted: options, checked and completed.
import type { ImageSet } from '../data/batches.ts'
import type { Inputs, Targets } from '../data/examples.ts'
import { InvalidArgumentError } from '../errors.ts'
import type { Callback } from './callback.ts'
import type { TrainingProgress } from './fit.ts'

/**
 * How `fit` trains.
 *
 * @example
 * ```ts
 * import { dense, type FitOptions, sequential, zeros } from 'spikegrad'
 * const options: FitOptions = { epochs: 2, batchSize: 2, validationSplit: 0.5 }
 * const model = sequential([dense(1)]).compile({ optimiser: 'adam', loss: 'meanSquaredError' })
 * const history = await model.fit(zeros([8, 3]), zeros([8, 1]), options)
 * history.series('validationLoss') // [0, 0]
 * ```
 */
export interface FitOptions {
  /** By default 1. */
  readonly epochs?: number
  /** By default 32. */
  readonly batchSize?: number
  /** Examples to validate with after each epoch. */
  readonly validationData?: ImageSet | readonly [Inputs, Targets]
  /** Share of the examples, the last, to validate with and not to train on. */
  readonly validationSplit?: number
  readonly callbacks?: readonly Callback[]
  /** Ends training between two batches; what was learned stays. */
  readonly signal?: AbortSignal
  /** Whether each epoch has an order of its own; true unless told. */
  readonly shuffle?: boolean
  /** Of the orders; by default 0. */
  readonly seed?: number
  /** Told of about thirty times a second, and at the end of each epoch. */
  readonly onProgress?: (progress: TrainingProgress) => void
  /** Prints a line for each epoch. */
  readonly verbose?: boolean
}

/** @throws InvalidArgumentError when an option is out of range. */
export function checkFitOptions({ epochs = 1, batchSize = 32, ...rest }: FitOptions): void {
  checkInteger('fit: epochs', epochs, 0)
  checkInteger('fit: batchSize', batchSize, 1)
  const { validationSplit = 0, validationData } = rest
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new InvalidArgumentError(
      `fit: validationSplit is a number from 0 to below 1, got ${validationSplit}`,
    )
  }
  if (validationData !== undefined && validationSplit > 0) {
    throw new InvalidArgumentError('fit: give validationData or a validationSplit, not both')
  }
}

/** @throws InvalidArgumentError unless `value` is an integer from `minimum`. */
export function checkInteger(what: string, value: number, minimum: number): void {
  if (Number.isSafeInteger(value) && value >= minimum) return
  throw new InvalidArgumentError(`${what} is an integer from ${minimum}, got ${value}`)
}
