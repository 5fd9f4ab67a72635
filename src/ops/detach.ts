// A tensor cut off from what it was computed of.
import { checkOperands } from '../autograd.ts'
import { Tensor } from '../tensor.ts'

/**
 * A copy that counts as a constant: no gradient flows through it.
 * @throws DisposedError when the tensor was freed.
 *
 * @example
 * ```ts
 * import { detach, multiply, sum, tensor, valueAndGradients } from 'spikegrad'
 * const x = tensor([3])
 * const { gradients } = valueAndGradients(() => sum(multiply(x, detach(x))), [x])
 * gradients[0]!.toArray() // [3]
 * ```
 */
export function detach(x: Tensor): Tensor {
  checkOperands('detach', [x])
  const copy = new Tensor(x.shape, x.dtype, x.backend)
  return copy.write(x.view())
}
