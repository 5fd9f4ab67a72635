// Entries of one type as another.
import { apply, checkOperands } from '../autograd.ts'
import { checkDataType, checkRange, type DataType } from '../dataType.ts'
import { Tensor } from '../tensor.ts'
import { type Op, spread } from './op.ts'

/** Options: the type of the result. */
export const castOp: Op<DataType> = {
  name: 'cast',
  samples: [
    {
      label: 'float32 as it is',
      inputs: [{ shape: [2, 3], entry: spread(-2, 2) }],
      run: inputs => cast(inputs[0]!, 'float32'),
    },
  ],
  forward([x], dtype) {
    const out = new Tensor(x!.shape, dtype, x!.backend)
    const entries = x!.view()
    const whole = dtype !== 'float32' && entries instanceof Float32Array ? entries.map(Math.trunc) : entries
    checkRange('cast', whole, dtype)
    out.view().set(whole)
    return out
  },
  backward: ({ inputs: [x], output, gradient }) =>
    x!.dtype === 'float32' && output.dtype === 'float32' ? [gradient] : [undefined],
}

/**
 * The same entries as another type; a copy. A float32 that becomes an integer loses its fraction, towards 0; an integer beyond
 * 2^24 that becomes a float32 is rounded. The gradient passes between float32 tensors, and not through integers.
 *
 * @param x of any type and shape.
 * @param dtype type of the result.
 * @throws InvalidArgumentError when the type is none, or a number is none of an integer type's: out of its range, or NaN.
 *
 * @example
 * ```ts
 * import { cast, tensor } from 'spikegrad'
 * cast(tensor([1.75, -1.75]), 'int32').toArray() // [1, -1]
 * cast(tensor(Uint8Array.of(0, 255)), 'float32').dtype // 'float32'
 * ```
 */
export function cast(x: Tensor, dtype: DataType): Tensor {
  checkOperands('cast', [x])
  checkDataType('cast', dtype)
  return apply(castOp, [x], dtype)
}
