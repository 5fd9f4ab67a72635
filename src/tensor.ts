// Tensors: contiguous row-major arrays in a backend's memory, and how they are made and read.
import type { Address, Backend } from './backend/backend.ts'
import { type BackendChoice, createBackend } from './backend/select.ts'
import {
  bytesPerEntry,
  checkDataType,
  checkRange,
  type DataType,
  dataTypeOf,
  type TypedArray,
} from './dataType.ts'
import { disposalTrace, disposedError } from './disposals.ts'
import { type DisposedError, describeGiven, InvalidArgumentError, ShapeError } from './errors.ts'
import { Scoped } from './scope.ts'
import { checkShape, formatShape, type Shape, sizeOf } from './shape.ts'

export type { DataType, TypedArray }

/**
 * Numbers, nested to any depth; every level has entries of one shape.
 *
 * @example
 * ```ts
 * import { type NestedNumbers, tensor } from 'spikegrad'
 * const rows: NestedNumbers = [[1, 2, 3], [4, 5, 6]]
 * tensor(rows).shape // [2, 3]
 * ```
 */
export type NestedNumbers = number | readonly NestedNumbers[]

let active: Backend | undefined

/**
 * The backend that new tensors live in: the one chosen by `useBackend`, else the best that runs here.
 *
 * @example
 * ```ts
 * import { currentBackend, useBackend } from 'spikegrad'
 * useBackend('js')
 * currentBackend().name // 'js'
 * ```
 */
export function currentBackend(): Backend {
  active ??= createBackend()
  return active
}

/**
 * Makes new tensors live in this backend: one made before, or a new one by name. Tensors made so far stay where
 * they are; an operation's operands must share a backend.
 * @throws InvalidArgumentError, BackendUnavailableError as `createBackend`.
 *
 * @example
 * ```ts
 * import { ones, useBackend } from 'spikegrad'
 * useBackend('js').name // 'js'
 * ones([2]).backend.name // 'js'
 * ```
 */
export function useBackend(choice: BackendChoice | Backend): Backend {
  active = typeof choice === 'string' ? createBackend(choice) : choice
  return active
}

/**
 * A contiguous, row-major array of numbers in a backend's memory. The current scope owns it.
 *
 * @example
 * ```ts
 * import { Tensor } from 'spikegrad'
 * const x = new Tensor([2, 2]).write([1, 2, 3, 4])
 * x.shape // [2, 2]
 * x.dtype // 'float32'
 * x.toArray() // [1, 2, 3, 4]
 * x.dispose()
 * ```
 */
export class Tensor extends Scoped {
  readonly shape: Shape
  readonly dtype: DataType
  readonly backend: Backend
  /** Number of entries. */
  readonly size: number
  /** 0 once disposed, and until memory was had. */
  #address: Address = 0
  #disposal: string | undefined

  /** Reserves memory; the entries are undefined until written. The shape is trusted: `checkShape` it before. */
  constructor(shape: Shape, dtype: DataType = 'float32', backend: Backend = currentBackend()) {
    super()
    this.shape = shape
    this.dtype = dtype
    this.backend = backend
    this.size = sizeOf(shape)
    this.#address = backend.arena.allocate(this.size * bytesPerEntry[dtype])
  }

  get disposed(): boolean {
    return this.#address === 0
  }

  /**
   * Where the entries are in `backend.memory`.
   * @throws DisposedError after `dispose`.
   */
  get address(): Address {
    if (this.#address === 0) throw this.disposedError('the tensor')
    return this.#address
  }

  /**
   * The error of a use after `dispose`, by what was used.
   * @internal
   */
  disposedError(what: string): DisposedError {
    return disposedError(what, this.shape, this.#disposal)
  }

  /** The entries themselves, not a copy: only valid until the next allocation in this backend. */
  view(): TypedArray {
    const { address, size } = this
    const { float32, int32, uint8 } = this.backend.memory
    if (this.dtype === 'uint8') return uint8.subarray(address, address + size)
    return (this.dtype === 'float32' ? float32 : int32).subarray(address >>> 2, (address >>> 2) + size)
  }

  /** A copy of the entries, row-major. */
  toArray(): TypedArray {
    return this.view().slice()
  }

  /**
   * Overwrites all entries.
   * @throws ShapeError when there are not `size` values.
   * @throws InvalidArgumentError when a value is none of the tensor's integer type.
   */
  write(values: ArrayLike<number>): this {
    if (values.length !== this.size) {
      throw new ShapeError(
        `write: a tensor of shape ${formatShape(this.shape)} takes ${this.size} values, got ${values.length}`,
      )
    }
    checkRange('write', values, this.dtype)
    this.view().set(values)
    return this
  }

  /**
   * The only entry.
   * @throws ShapeError when there are more.
   */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError(
        `item: a tensor of shape ${formatShape(this.shape)} has ${this.size} entries, not one`,
      )
    }
    return this.view()[0]!
  }

  /** Gives the memory back; a second call does nothing. */
  override dispose(): void {
    if (this.#address === 0) return
    this.release()
    this.backend.arena.free(this.#address)
    this.#address = 0
    this.#disposal = disposalTrace()
  }
}

/**
 * Makes a tensor of given numbers.
 * @param data a number, nested arrays (which give the shape), or a typed array (of rank 1 unless `shape` says more).
 * @param shape as many entries as there are numbers.
 * @param dtype by default float32, or what the typed array holds.
 * @throws ShapeError when nested arrays are ragged, or the numbers do not fill the shape.
 * @throws InvalidArgumentError when the data are not numbers, the type is none, or a number is none of an integer type's.
 *
 * @example
 * ```ts
 * import { tensor } from 'spikegrad'
 * tensor([[1, 2], [3, 4]]).shape // [2, 2]
 * tensor(Int32Array.of(5, 6, 7, 8), [2, 2]).dtype // 'int32'
 * ```
 */
export function tensor(data: NestedNumbers | TypedArray, shape?: Shape, dtype?: DataType): Tensor {
  const typed = ArrayBuffer.isView(data)
  const values: ArrayLike<number> = typed ? data : flatten(data)
  const type = dtype ?? (typed ? dataTypeOf(data) : 'float32')
  checkDataType('tensor', type)
  const given = shape ?? (typed ? [data.length] : nestedShape(data))
  checkShape('tensor', given)
  if (sizeOf(given) !== values.length) {
    throw new ShapeError(
      `tensor: shape ${formatShape(given)} has ${sizeOf(given)} entries, got ${values.length} numbers`,
    )
  }
  checkRange('tensor', values, type)
  const result = new Tensor([...given], type)
  result.view().set(values)
  return result
}

function flatten(data: NestedNumbers, into: number[] = []): readonly number[] {
  if (typeof data === 'number') into.push(data)
  else if (Array.isArray(data)) for (const part of data as readonly NestedNumbers[]) flatten(part, into)
  else {
    throw new InvalidArgumentError(
      `tensor: expected a number, nested arrays of numbers or a typed array, got ${describeGiven(data)}` +
        (into.length > 0 ? ` after ${into.length} numbers` : ''),
    )
  }
  return into
}

/** The shape that nested arrays spell out. */
function nestedShape(data: NestedNumbers): Shape {
  if (typeof data === 'number') return []
  const [first, ...rest] = data.map(nestedShape)
  if (first === undefined) return [0]
  for (const other of rest) {
    if (formatShape(other) !== formatShape(first)) {
      throw new ShapeError(
        `tensor: nested arrays are ragged: entries of shapes ${formatShape(first)} and ${formatShape(other)}`,
      )
    }
  }
  return [data.length, ...first]
}

/**
 * A tensor whose every entry is `value`.
 * @throws ShapeError when a length is not a positive integer.
 * @throws InvalidArgumentError when the type is none, or the value none of an integer type's.
 *
 * @example
 * ```ts
 * import { full } from 'spikegrad'
 * full([3], 0.5).toArray() // [0.5, 0.5, 0.5]
 * ```
 */
export function full(shape: Shape, value: number, dtype: DataType = 'float32'): Tensor {
  return filled('full', shape, value, dtype)
}

function filled(operation: string, shape: Shape, value: number, dtype: DataType): Tensor {
  checkShape(operation, shape)
  checkDataType(operation, dtype)
  checkRange(operation, [value], dtype)
  const result = new Tensor([...shape], dtype)
  result.view().fill(value)
  return result
}

/**
 * A tensor of zeros.
 *
 * @example
 * ```ts
 * import { zeros } from 'spikegrad'
 * zeros([2], 'int32').toArray() // [0, 0]
 * ```
 */
export function zeros(shape: Shape, dtype: DataType = 'float32'): Tensor {
  return filled('zeros', shape, 0, dtype)
}

/**
 * A tensor of ones.
 *
 * @example
 * ```ts
 * import { ones } from 'spikegrad'
 * ones([2]).toArray() // [1, 1]
 * ```
 */
export function ones(shape: Shape, dtype: DataType = 'float32'): Tensor {
  return filled('ones', shape, 1, dtype)
}
