// Parameters: the named tensors that training changes.
import type { Backend } from '../backend/backend.ts'
import { keep } from '../scope.ts'
import type { Shape } from '../shape.ts'
import { Tensor } from '../tensor.ts'

/** A named float32 tensor. It lives until disposed, whatever scope it was made in. */
export class Parameter extends Tensor {
  readonly name: string

  constructor(name: string, shape: Shape, backend?: Backend) {
    super(shape, 'float32', backend)
    this.name = name
    keep(this)
  }
}
