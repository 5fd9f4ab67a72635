// Examples for training: inputs and targets of any kind, given out as batches by index.
import type { Backend } from '../backend/backend.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { keep } from '../scope.ts'
import { formatShape, type Shape, sizeOf } from '../shape.ts'
import { currentBackend, type NestedNumbers, Tensor, type TypedArray, tensor } from '../tensor.ts'
import { ImageSet } from './batches.ts'

/**
 * What a network is fed: images (each pixel from 0 to 1), a float32 tensor [n, ...], nested arrays, or a typed array with the
 * entries of n inputs one after another.
 *
 * @example
 * ```ts
 * import type { Inputs } from 'spikegrad'
 * const twoInputsOfThree: Inputs = [[1, 2, 3], [4, 5, 6]]
 * twoInputsOfThree.length // 2
 * ```
 */
export type Inputs = ImageSet | Tensor | TypedArray | NestedNumbers

/**
 * What a network is to answer, one for each input: classes [n], or values [n, ...].
 *
 * @example
 * ```ts
 * import type { Targets } from 'spikegrad'
 * const classes: Targets = [0, 2, 1]
 * classes.length // 3
 * ```
 */
export type Targets = Tensor | TypedArray | NestedNumbers

/** What integers among the targets are: classes, values, or for a loss of the user's as their array says. */
export type TargetKind = 'classes' | 'values' | 'asGiven'

/** Some examples. The current scope owns the tensors. */
export interface ExampleBatch {
  readonly inputs: Tensor
  /** Undefined when there are only inputs. */
  readonly targets: Tensor | undefined
}

/** Examples in a backend's memory. */
export interface Examples {
  readonly count: number
  /** Of one input. */
  readonly inputShape: Shape
  /** The examples at these places, in their order. */
  batch(indices: Int32Array<ArrayBuffer>): ExampleBatch
  /** Frees what was copied for them; tensors and image sets that were given stay. */
  dispose(): void
}

export interface ExampleOptions {
  /** The shape of one input that the network takes, when it says so. */
  readonly inputShape?: Shape | undefined
  /** Gives images as [n, 1, rows, columns] where the network does not say what it takes; else as rows of pixels. */
  readonly imagesAsPlanes: boolean
  readonly targetKind: TargetKind
  /** Names the caller in errors. */
  readonly operation: string
}

/**
 * Examples of inputs and, unless undefined, their targets.
 * @throws ShapeError when inputs and targets do not count the same, or do not fit the network's input.
 * @throws InvalidArgumentError when images are given together with targets, or inputs are not float32.
 */
export function examplesOf(inputs: Inputs, targets: Targets | undefined, options: ExampleOptions): Examples {
  if (inputs instanceof ImageSet) {
    if (targets !== undefined) {
      throw new InvalidArgumentError(
        `${options.operation}: an image set has its own labels: leave the targets out`,
      )
    }
    return new ImageExamples(inputs, options)
  }
  return new TensorExamples(inputs, targets, options)
}

class ImageExamples implements Examples {
  readonly count: number
  readonly inputShape: Shape
  readonly #set: ImageSet
  readonly #backend: Backend = currentBackend()

  constructor(set: ImageSet, { inputShape: taken, imagesAsPlanes, operation }: ExampleOptions) {
    const inputShape = taken ?? (imagesAsPlanes ? [1, set.rows, set.columns] : [set.features])
    if (sizeOf(inputShape) !== set.features) {
      throw new ShapeError(
        `${operation}: the network takes inputs of shape ${formatShape(inputShape)}, ` +
          `the images have ${set.rows} x ${set.columns} pixels`,
      )
    }
    this.#set = set
    this.count = set.count
    this.inputShape = inputShape
  }

  batch(indices: Int32Array<ArrayBuffer>): ExampleBatch {
    const inputs = new Tensor([indices.length, ...this.inputShape], 'float32', this.#backend)
    return { inputs, targets: this.#set.gather(indices, inputs) }
  }

  dispose(): void {}
}

class TensorExamples implements Examples {
  readonly count: number
  readonly inputShape: Shape
  readonly #inputs: Tensor
  readonly #targets: Tensor | undefined
  readonly #made: Tensor[] = []

  constructor(inputs: Exclude<Inputs, ImageSet>, targets: Targets | undefined, options: ExampleOptions) {
    const { operation, inputShape, targetKind } = options
    this.#targets = targets === undefined ? undefined : this.#own(targets, targetTensor(targets, targetKind))
    this.#inputs = this.#own(inputs, inputTensor(inputs, inputShape, this.#targets?.shape[0], operation))
    if (this.#inputs.dtype !== 'float32') {
      throw new InvalidArgumentError(`${operation}: inputs are float32, got ${this.#inputs.dtype}`)
    }
    const [count, ...rest] = this.#inputs.shape
    const answers = this.#targets?.shape[0]
    if (count === undefined || (this.#targets !== undefined && answers !== count)) {
      this.dispose()
      throw new ShapeError(
        `${operation}: inputs of shape ${formatShape(this.#inputs.shape)} and targets of shape ` +
          `${formatShape(this.#targets?.shape ?? [])} do not have one target for each input`,
      )
    }
    this.count = count
    this.inputShape = rest
  }

  /** Notes a tensor as made here unless it is the one that was given. */
  #own(given: unknown, made: Tensor): Tensor {
    if (given !== made) this.#made.push(keep(made))
    return made
  }

  batch(indices: Int32Array<ArrayBuffer>): ExampleBatch {
    const { backend } = this.#inputs
    const places = new Tensor([indices.length], 'int32', backend).write(indices)
    return {
      inputs: rowsAt(this.#inputs, places),
      targets: this.#targets && rowsAt(this.#targets, places),
    }
  }

  dispose(): void {
    for (const made of this.#made) made.dispose()
  }
}

/** Rows of a tensor of any type; the indices are in range. */
function rowsAt(x: Tensor, indices: Tensor): Tensor {
  const [, ...rest] = x.shape
  const out = new Tensor([indices.size, ...rest], x.dtype, x.backend)
  const columns = sizeOf(rest)
  if (x.dtype === 'float32') {
    x.backend.kernels.gatherRows(x.address, indices.address, out.address, indices.size, columns)
    return out
  }
  const [from, to, places] = [x.view(), out.view(), indices.view()]
  for (let row = 0; row < places.length; row++) {
    const start = places[row]! * columns
    for (let column = 0; column < columns; column++) to[row * columns + column] = from[start + column]!
  }
  return out
}

function inputTensor(
  inputs: Exclude<Inputs, ImageSet>,
  inputShape: Shape | undefined,
  count: number | undefined,
  operation: string,
): Tensor {
  if (inputs instanceof Tensor) return inputs
  if (!ArrayBuffer.isView(inputs)) return tensor(inputs)
  const rows = inputShape === undefined ? count : inputs.length / sizeOf(inputShape)
  if (rows === undefined || !Number.isSafeInteger(rows) || inputs.length % rows !== 0) {
    throw new ShapeError(
      `${operation}: ${inputs.length} numbers are not a whole number of inputs` +
        (inputShape === undefined ? '' : ` of shape ${formatShape(inputShape)}`),
    )
  }
  return tensor(inputs, [rows, ...(inputShape ?? [inputs.length / rows])], 'float32')
}

function targetTensor(targets: Targets, kind: TargetKind): Tensor {
  if (targets instanceof Tensor) {
    const wanted = dtypeOf(targets.dtype !== 'float32', targets.shape.length, kind)
    return targets.dtype === wanted ? targets : tensor(targets.toArray(), targets.shape, wanted)
  }
  if (ArrayBuffer.isView(targets)) {
    return tensor(targets, undefined, dtypeOf(!(targets instanceof Float32Array), 1, kind))
  }
  const made = tensor(targets)
  if (dtypeOf(false, made.shape.length, kind) === 'float32') return made
  const values = made.toArray()
  made.dispose()
  const wrong = values.find(value => !Number.isInteger(value))
  if (wrong !== undefined) throw new InvalidArgumentError(`a class is a whole number, got ${wrong}`)
  return tensor(values, made.shape, 'int32')
}

function dtypeOf(integers: boolean, rank: number, kind: TargetKind): 'int32' | 'float32' {
  if (kind === 'classes') return rank === 1 ? 'int32' : 'float32'
  return kind === 'asGiven' && integers ? 'int32' : 'float32'
}
