// What broadcasting needs afterwards: the sum that undoes it, and reductions over any axes.
import { adjacentRuns, reducedShape, reductionOf, type Shape, sameShape } from '../shape.ts'
import { Tensor } from '../tensor.ts'
import { tensorBeside } from './op.ts'

/** Sums a gradient over the axes along which an operand of `shape` was stretched. Already of that shape: the same. */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient
  const missing = gradient.shape.length - shape.length
  const stretched: number[] = []
  for (let axis = 0; axis < gradient.shape.length; axis++) {
    if (gradient.shape[axis] !== (shape[axis - missing] ?? 1)) stretched.push(axis)
  }
  return reduceAxes('sum', gradient, stretched, shape)
}

/** Reduces the given ascending axes; the result has `shape`, which differs from the reduced one by axes of length 1. */
export function reduceAxes(kernel: 'sum' | 'max', x: Tensor, axes: readonly number[], shape: Shape): Tensor {
  const runs = adjacentRuns(axes)
  if (runs.length === 0) return copyAs(x, shape)
  const { kernels } = x.backend
  let value = x
  let kept = x.shape
  for (let i = runs.length - 1; i >= 0; i--) {
    const run = runs[i]!
    const { outer, length, inner } = reductionOf(kept, run)
    kept = reducedShape(kept, run, true)
    const reduced = tensorBeside(x, i === 0 ? shape : kept)
    kernels[kernel](value.address, reduced.address, outer, length, inner)
    if (value !== x) value.dispose()
    value = reduced
  }
  return value
}

/** A copy of entries of four bytes under another shape of the same size. */
export function copyAs(x: Tensor, shape: Shape): Tensor {
  const out = new Tensor(shape, x.dtype, x.backend)
  x.backend.kernels.copy(x.address, out.address, x.size)
  return out
}
