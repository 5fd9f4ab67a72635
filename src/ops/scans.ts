// Running sums along an axis.
import { apply, checkOperands } from '../autograd.ts'
import { normaliseAxes, type Reduction, reductionOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { checkFloats, type Op, type Sample, spread, tensorBeside } from './op.ts'

function scan(x: Tensor, { outer, length, inner }: Reduction, reverse: boolean): Tensor {
  const out = tensorBeside(x, x.shape)
  x.backend.kernels.cumulativeSum(x.address, out.address, outer, length, inner, reverse ? 1 : 0)
  return out
}

function sample(label: string, shape: readonly number[], axis: number): Sample {
  const inputs = [{ shape, entry: spread(-1, 1) }]
  return { label, inputs, run: ([x]) => cumulativeSum(x!, axis) }
}

export const cumulativeSumOp: Op<Reduction> = {
  name: 'cumulativeSum',
  samples: [
    sample('a vector', [7], 0),
    sample('the last axis', [3, 4], -1),
    sample('the first axis', [4, 5], 0),
    sample('the middle axis', [2, 3, 2], 1),
  ],
  forward([x], view) {
    checkFloats('cumulativeSum', [x!])
    return scan(x!, view, false)
  },
  // An entry takes part in its own sum and all after it.
  backward: ({ gradient, options }) => [scan(gradient, options, true)],
}

/**
 * The sum of all entries up to and including each, along an axis; added up in float64.
 *
 * @param x float32, of rank 1 or more.
 * @param axis the last by default; negative ones count from it.
 * @returns float32, of the shape of x.
 * @throws InvalidArgumentError when the axis does not exist, or x is not float32.
 *
 * @example
 * ```ts
 * import { cumulativeSum, tensor } from 'spikegrad'
 * cumulativeSum(tensor([1, 2, 3, 4])).toArray() // [1, 3, 6, 10]
 * ```
 */
export function cumulativeSum(x: Tensor, axis = -1): Tensor {
  checkOperands('cumulativeSum', [x])
  const axes = normaliseAxes('cumulativeSum', axis, x.shape.length)
  return apply(cumulativeSumOp, [x], reductionOf(x.shape, axes))
}
