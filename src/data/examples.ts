// Examples for training: inputs and targets of any kind, given out as batches by index.
import type { Backend } from '../backend/backend.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { keep } from '../scope.ts'
import { formatShape, type Shape, sameShape, sizeOf } from '../shape.ts'
import { currentBackend, type NestedNumbers, Tensor, type TypedArray, tensor } from '../tensor.ts'
import { ImageSet } from './imageSet.ts'

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
 * What a network is to answer, one for each input: classes [n] or [n, 1], or values [n, ...].
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
  const { operation } = options
  if (inputs instanceof ImageSet) {
    if (targets !== undefined) {
      throw new InvalidArgumentError(`${operation}: an image set has its own labels: leave the targets out`)
    }
    return new ImageExamples(inputs, options)
  }
  if (!isNumbers(inputs) || !(targets === undefined || isNumbers(targets))) {
    throw new InvalidArgumentError(
      `${operation}: expected an ImageSet, or inputs and targets as tensors, typed arrays or nested arrays`,
    )
  }
  return tensorExamples(inputs, targets, options)
}

/** Whether a value is a number, an array or a tensor. */
export function isNumbers(value: unknown): value is Targets {
  return (
    typeof value === 'number' ||
    Array.isArray(value) ||
    value instanceof Tensor ||
    (ArrayBuffer.isView(value) && !(value instanceof DataView))
  )
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

/** Copies what is not in tensors of the right type. */
function tensorExamples(
  inputs: Exclude<Inputs, ImageSet>,
  targets: Targets | undefined,
  { operation, inputShape, targetKind }: ExampleOptions,
): Examples {
  const copies: Tensor[] = []
  const own = (given: unknown, tensor: Tensor): Tensor => {
    if (given !== tensor) copies.push(keep(tensor))
    return tensor
  }
  try {
    const y = targets === undefined ? undefined : own(targets, targetTensor(targets, targetKind))
    const x = own(inputs, inputTensor(inputs, inputShape, y?.shape[0], operation))
    if (x.dtype !== 'float32') {
      throw new InvalidArgumentError(`${operation}: inputs are float32, got ${x.dtype}`)
    }
    if (x.shape.length === 0 || (y !== undefined && y.shape[0] !== x.shape[0])) {
      throw new ShapeError(
        `${operation}: inputs of shape ${formatShape(x.shape)} and targets of shape ` +
          `${formatShape(y?.shape ?? [])} do not have one target for each input`,
      )
    }
    return new TensorExamples(x, y, copies)
  } catch (error) {
    for (const copy of copies) copy.dispose()
    throw error
  }
}

class TensorExamples implements Examples {
  readonly count: number
  readonly inputShape: Shape
  readonly #inputs: Tensor
  readonly #targets: Tensor | undefined
  readonly #copies: readonly Tensor[]

  /** @param copies which of them are freed with this. */
  constructor(inputs: Tensor, targets: Tensor | undefined, copies: readonly Tensor[]) {
    const [count, ...rest] = inputs.shape
    this.count = count!
    this.inputShape = rest
    this.#inputs = inputs
    this.#targets = targets
    this.#copies = copies
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
    for (const copy of this.#copies) copy.dispose()
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

/** Targets as the loss takes them; classes as a column, as Keras takes them, are classes. */
function targetTensor(targets: Targets, kind: TargetKind): Tensor {
  const given = targets instanceof Tensor ? targets : tensor(targets)
  const column = kind === 'classes' && given.shape.length === 2 && given.shape[1] === 1
  const shape = column ? given.shape.slice(0, 1) : given.shape
  const dtype = dtypeOf(given.dtype !== 'float32', shape.length, kind)
  if (given.dtype === dtype && sameShape(given.shape, shape)) return given
  const values = given.toArray()
  if (given !== targets) given.dispose()
  const wrong = dtype === 'int32' ? values.find(value => !Number.isInteger(value)) : undefined
  if (wrong !== undefined) throw new InvalidArgumentError(`a class is a whole number, got ${wrong}`)
  return tensor(values, shape, dtype)
}

function dtypeOf(integers: boolean, rank: number, kind: TargetKind): 'int32' | 'float32' {
  if (kind === 'classes') return rank === 1 ? 'int32' : 'float32'
  return kind === 'asGiven' && integers ? 'int32' : 'float32'
}
