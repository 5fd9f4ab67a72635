// Shuffled batches of labelled images, or of any inputs and targets.
import { checkInteger } from '../check.ts'
import { InvalidArgumentError } from '../errors.ts'
import { RandomStream } from '../random/stream.ts'
import { keep, scope } from '../scope.ts'
import type { Tensor } from '../tensor.ts'
import { type Examples, examplesOf, type Inputs, isNumbers, type Targets } from './examples.ts'
import { ImageSet } from './imageSet.ts'

/**
 * Some images of a set. Its tensors are freed when the next batch is asked for, or the loop is left.
 *
 * @example
 * ```ts
 * import { type Batch, batches, ImageSet } from 'spikegrad'
 * const set = new ImageSet({ images: new Uint8Array(12), labels: Uint8Array.of(4, 0, 9), rows: 2, columns: 2 })
 * const shapeOf = ({ images }: Batch) => images.shape
 * Array.from(batches(set, { batchSize: 2, shuffle: false }), shapeOf) // [[2, 4], [1, 4]]
 * ```
 */
export interface Batch {
  /** float32 [b, rows * columns], from 0 to 1. */
  readonly images: Tensor
  /** int32 [b]. */
  readonly labels: Tensor
  /** Where in the set the images are. */
  readonly indices: Int32Array
}

/**
 * Some inputs and their targets. Its tensors are freed when the next batch is asked for, or the loop is left.
 *
 * @example
 * ```ts
 * import { batches, type TensorBatch } from 'spikegrad'
 * const shapeOf = ({ inputs }: TensorBatch) => inputs.shape
 * Array.from(batches([[1, 2], [3, 4], [5, 6]], [0, 1, 1], { batchSize: 2, seed: 1 }), shapeOf) // [[2, 2], [1, 2]]
 * ```
 */
export interface TensorBatch {
  /** float32 [b, ...]. */
  readonly inputs: Tensor
  /** Of shape [b, ...]; int32 where an array or tensor of integers was given, else float32. */
  readonly targets: Tensor
  /** Which of the examples they are. */
  readonly indices: Int32Array
}

/**
 * How to go through examples.
 *
 * @example
 * ```ts
 * import { type BatchOptions, batches, ImageSet } from 'spikegrad'
 * const set = new ImageSet({ images: new Uint8Array(12), labels: Uint8Array.of(4, 0, 9), rows: 2, columns: 2 })
 * const options: BatchOptions = { batchSize: 2, shuffle: false, limit: 2 }
 * Array.from(batches(set, options), ({ labels }) => labels.toArray()) // [[4, 0]]
 * ```
 */
export interface BatchOptions {
  readonly batchSize: number
  /** Seed of the order; needed when shuffling. */
  readonly seed?: number
  /** Each epoch has an order of its own; by default 0. */
  readonly epoch?: number
  /** By default true: in the order of the random stream `batches/epoch <epoch>`. Else in the order given. */
  readonly shuffle?: boolean
  /** Only the first so many examples take part; by default all. */
  readonly limit?: number
  /** Leaves out the last batch when it is short; false unless told. */
  readonly dropLast?: boolean
}

/**
 * Goes once through inputs and targets, in batches; the last may be short. Plain numbers as targets become float32: give classes
 * as an `Int32Array`.
 * @throws InvalidArgumentError when an option is out of range, or no batch would be left.
 * @throws ShapeError when there is not one target for each input.
 *
 * @example
 * ```ts
 * import { batches, tensor } from 'spikegrad'
 * const classes = Int32Array.of(4, 0, 9)
 * for (const { inputs, targets } of batches(tensor([[1], [2], [3]]), classes, { batchSize: 2, seed: 1 })) {
 *   console.assert(inputs.shape[0] === targets.size)
 * }
 * ```
 */
export function batches(
  inputs: Exclude<Inputs, ImageSet>,
  targets: Targets,
  options: BatchOptions,
): Generator<TensorBatch, void, undefined>
/**
 * Goes once through a set of images, in batches in the current backend; the last may be short.
 * @throws InvalidArgumentError when an option is out of range, or no batch would be left.
 *
 * @example
 * ```ts
 * import { batches, ImageSet } from 'spikegrad'
 * const set = new ImageSet({ images: new Uint8Array(12), labels: Uint8Array.of(4, 0, 9), rows: 2, columns: 2 })
 * for (const { images, labels } of batches(set, { batchSize: 2, seed: 1 })) {
 *   console.assert(images.shape[0] === labels.size)
 * }
 * ```
 */
export function batches(set: ImageSet, options: BatchOptions): Generator<Batch, void, undefined>
export function batches(
  inputs: Inputs,
  second: Targets | BatchOptions,
  third?: BatchOptions,
): Generator<TensorBatch | Batch, void, undefined> {
  if (inputs instanceof ImageSet) {
    const options = second as BatchOptions
    checkOptions(options)
    const examples = examplesOf(inputs, undefined, EXAMPLE_OPTIONS)
    return ofImages(generate(examples, orderOf(examples, options), options.batchSize))
  }
  if (!isNumbers(inputs) || !isNumbers(second) || third === undefined) {
    throw new InvalidArgumentError(
      'batches: expected an ImageSet and options, or inputs, targets and options',
    )
  }
  checkOptions(third)
  return ofNumbers(inputs, second, third)
}

const EXAMPLE_OPTIONS = { operation: 'batches', imagesAsPlanes: false, targetKind: 'asGiven' } as const

function checkOptions({ batchSize, epoch = 0, limit = 1, seed, shuffle = true }: BatchOptions): void {
  checkInteger('batches: batchSize', batchSize, 1)
  checkInteger('batches: epoch', epoch)
  checkInteger('batches: limit', limit, 1)
  if (shuffle && seed === undefined) throw new InvalidArgumentError('batches: shuffling needs a seed')
}

/** The places of the examples that take part, in their order. */
function orderOf({ count }: Examples, options: BatchOptions): Int32Array<ArrayBuffer> {
  const { batchSize, epoch = 0, seed, shuffle = true, limit = count, dropLast = false } = options
  const order = epochOrder(Math.min(limit, count), epoch, shuffle ? seed : undefined)
  return order.subarray(0, batchSize * batchesIn('batches', order.length, batchSize, dropLast))
}

/**
 * How many batches there are in so many examples.
 * @throws InvalidArgumentError when there is none.
 */
export function batchesIn(operation: string, count: number, batchSize: number, dropLast: boolean): number {
  if (!dropLast) return Math.ceil(count / batchSize)
  if (count >= batchSize) return Math.floor(count / batchSize)
  throw new InvalidArgumentError(
    `${operation}: with dropLast, ${count} examples make no batch of ${batchSize}`,
  )
}

/** The places from 0 to count - 1 in the order of an epoch: shuffled by the stream `batches/epoch <epoch>` of a seed, if there is one. */
export function epochOrder(count: number, epoch: number, seed: number | undefined): Int32Array<ArrayBuffer> {
  const order = Int32Array.from({ length: count }, (_, index) => index)
  return seed === undefined ? order : new RandomStream(seed, `batches/epoch ${epoch}`).shuffle(order)
}

function* generate(
  examples: Examples,
  order: Int32Array<ArrayBuffer>,
  batchSize: number,
): Generator<TensorBatch, void, undefined> {
  for (let start = 0; start < order.length; start += batchSize) {
    const indices = order.slice(start, start + batchSize)
    const { inputs, targets } = scope(() => {
      const batch = examples.batch(indices)
      return { inputs: keep(batch.inputs), targets: keep(batch.targets!) }
    })
    try {
      yield { inputs, targets, indices }
    } finally {
      inputs.dispose()
      targets.dispose()
    }
  }
}

function* ofImages(all: Generator<TensorBatch, void, undefined>): Generator<Batch, void, undefined> {
  for (const { inputs, targets, indices } of all) yield { images: inputs, labels: targets, indices }
}

/** What is copied of the examples is freed with the loop: nothing is copied before it begins. */
function* ofNumbers(
  inputs: Exclude<Inputs, ImageSet>,
  targets: Targets,
  options: BatchOptions,
): Generator<TensorBatch, void, undefined> {
  const examples = examplesOf(inputs, targets, EXAMPLE_OPTIONS)
  try {
    yield* generate(examples, orderOf(examples, options), options.batchSize)
  } finally {
    examples.dispose()
  }
}
