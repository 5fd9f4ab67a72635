// The tensors that make up a module's state: parameters, which training changes, and buffers, which it does not.
import type { Backend } from '../backend/backend.ts'
import { InvalidArgumentError } from '../errors.ts'
import { keep } from '../scope.ts'
import { checkShape, type Shape } from '../shape.ts'
import { currentBackend, type DataType, Tensor } from '../tensor.ts'

/**
 * What parameters and buffers may be told.
 *
 * @example
 * ```ts
 * import { Parameter, type StateTensorOptions } from 'spikegrad'
 * const options: StateTensorOptions = { name: 'scale' }
 * new Parameter([3], options).name // 'scale'
 * ```
 */
export interface StateTensorOptions {
  /** Its name in every state dictionary; by default the path of fields under which a module finds it. */
  readonly name?: string
  /** By default that of the tensor it starts from, else the current one. */
  readonly backend?: Backend
}

/** The name of a part of a layer, when the layer has one. */
export function namedPart(layer: string | undefined, part: string): StateTensorOptions {
  return layer === undefined ? {} : { name: `${layer}.${part}` }
}

/** A named tensor that belongs to a module. It lives until disposed, whatever scope it was made in. */
export abstract class StateTensor extends Tensor {
  readonly #given: string | undefined
  #path = ''

  constructor(shape: Shape, dtype: DataType, { name, backend = currentBackend() }: StateTensorOptions) {
    checkShape('a parameter', shape)
    super([...shape], dtype, backend)
    this.#given = name
    keep(this)
  }

  /** The name given, else the longest path under which a module has found it, else ''. */
  get name(): string {
    return this.#given ?? this.#path
  }

  /** Its name in the state of a module that found it under `path`. */
  nameAt(path: string): string {
    if (this.#given !== undefined) return this.#given
    if (path.length > this.#path.length) this.#path = path
    return path
  }
}

/**
 * A float32 tensor that training changes, found by `Module` in its fields.
 *
 * @example
 * ```ts
 * import { Parameter, ones } from 'spikegrad'
 * const scale = new Parameter(ones([3]))
 * scale.shape // [3]
 * ```
 */
export class Parameter extends StateTensor {
  /**
   * @param start a tensor, whose entries are copied, or a shape, to be filled with 0.
   * @throws InvalidArgumentError when the tensor is not float32.
   * @throws ShapeError when the shape has a length that is not a positive integer.
   */
  constructor(start: Tensor | Shape, options: StateTensorOptions = {}) {
    const from = start instanceof Tensor ? start : undefined
    if (from !== undefined && from.dtype !== 'float32') {
      throw new InvalidArgumentError(`a parameter is float32, got ${from.dtype}`)
    }
    super(start instanceof Tensor ? start.shape : start, 'float32', {
      ...(from && { backend: from.backend }),
      ...options,
    })
    if (from === undefined) this.view().fill(0)
    else this.view().set(from.view())
  }
}

/**
 * A tensor that is part of a module's state but is not trained by gradient, as the running statistics of `BatchNorm` are.
 *
 * @example
 * ```ts
 * import { ModuleBuffer } from 'spikegrad'
 * const seen = new ModuleBuffer([2], 'int32')
 * seen.toArray() // [0, 0]
 * ```
 */
export class ModuleBuffer extends StateTensor {
  /** @throws ShapeError when the shape has a length that is not a positive integer. */
  constructor(shape: Shape, dtype: DataType = 'float32', options: StateTensorOptions = {}) {
    super(shape, dtype, options)
    this.view().fill(0)
  }
}
