// How a model is fitted: options, checked and completed.
import { checkFraction, checkInteger } from '../check.ts'
import { type Examples, type Inputs, isNumbers, type Targets } from '../data/examples.ts'
import { ImageSet } from '../data/imageSet.ts'
import { InvalidArgumentError } from '../errors.ts'
import type { Callback } from './callback.ts'
import type { LoopOptions, TrainingProgress } from './fit.ts'

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
  /** Leaves out the last batch of an epoch when it is short, as `BatchNorm` may need; false unless told. */
  readonly dropLast?: boolean
  /** Examples to validate with after each epoch. */
  readonly validationData?: ImageSet | readonly [Inputs, Targets]
  /** Share of the examples, the last, to validate with and not to train on: of n, floor(n * (1 - share)) are trained on, as Keras'. */
  readonly validationSplit?: number
  /** Called in this order, one after another. */
  readonly callbacks?: readonly Callback[]
  /**
   * Ends training between two batches, of validation too; what was learned stays. An epoch that lacks its validation is not at its
   * end: the next call of `fit` begins with that.
   */
  readonly signal?: AbortSignal
  /** Whether each epoch has an order of its own; true unless told. */
  readonly shuffle?: boolean
  /** Of the orders; by default the model's: that of `sequential`, else of `manualSeed`. */
  readonly seed?: number
  /** Told of about thirty times a second, and at the end of each epoch. */
  readonly onProgress?: (progress: TrainingProgress) => void
  /** Prints a line for each epoch. */
  readonly verbose?: boolean
}

/** @throws InvalidArgumentError when an option is out of range. */
export function checkFitOptions({ epochs = 1, batchSize = 32, seed = 0, ...rest }: FitOptions): void {
  checkInteger('fit: epochs', epochs)
  checkInteger('fit: batchSize', batchSize, 1)
  checkInteger('fit: seed', seed)
  const { validationSplit = 0, validationData } = rest
  checkFraction('fit: validationSplit', validationSplit)
  if (validationData !== undefined && validationSplit > 0) {
    throw new InvalidArgumentError('fit: give validationData or a validationSplit, not both')
  }
}

/**
 * The examples to train on and those to validate with, of which `use` makes separate ones.
 * @throws InvalidArgumentError when a validationSplit leaves none for one of both.
 */
export function rangesOf(
  examples: Examples,
  { validationSplit = 0, validationData }: FitOptions,
  use: (...given: [Inputs, Targets?]) => Examples,
): Pick<LoopOptions, 'train' | 'validation'> {
  const count = trainedCount(examples.count, validationSplit)
  const held = { examples, start: count, count: examples.count - count }
  let validation = held.count > 0 ? held : undefined
  if (validationData !== undefined) {
    const separate = validationData instanceof ImageSet ? use(validationData) : use(...validationData)
    validation = { examples: separate, start: 0, count: separate.count }
  }
  return { train: { examples, start: 0, count }, validation }
}

/** How many of the examples are trained on, the others being held for validation. */
function trainedCount(count: number, validationSplit: number): number {
  if (validationSplit === 0) return count
  const trained = Math.floor(count * (1 - validationSplit))
  if (trained > 0 && trained < count) return trained
  throw new InvalidArgumentError(
    `fit: a validationSplit of ${validationSplit} leaves ${trained} of ${count} examples to train on and ` +
      `${count - trained} to validate with`,
  )
}

/** The options with their defaults. */
export function completed(
  options: FitOptions,
  { train, validation, seed }: Pick<LoopOptions, 'train' | 'validation' | 'seed'>,
): LoopOptions {
  return {
    epochs: options.epochs ?? 1,
    batchSize: options.batchSize ?? 32,
    seed: options.seed ?? seed,
    shuffle: options.shuffle ?? true,
    dropLast: options.dropLast ?? false,
    callbacks: options.callbacks ?? [],
    verbose: options.verbose ?? false,
    signal: options.signal,
    onProgress: options.onProgress,
    train,
    validation,
  }
}

/** Targets are numbers, arrays or tensors; options are plain objects. */
export function targetsAndOptions<Options extends object>(
  second: Targets | Options | undefined,
  third: Options | undefined,
): [targets: Targets | undefined, options: Partial<Options>] {
  if (isNumbers(second)) return [second, third ?? {}]
  return [undefined, (second as Options | undefined) ?? {}]
}
