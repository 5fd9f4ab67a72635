// Broadcasting: any pair of shapes as calls of the two-dimensional strided kernels, and the sum that undoes it.
import type { Address, Kernels } from '../backend/backend.ts'
import { adjacentRuns, broadcastShapes, reducedShape, reductionOf, type Shape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { checkFloats, tensorBeside } from './op.ts'

/** An axis of the result and how far each operand moves along it: 0 where it is stretched. */
interface StridedAxis {
  length: number
  readonly a: number
  readonly b: number
}

const single: StridedAxis = { length: 1, a: 0, b: 0 }

/** Runs a binary kernel over operands that broadcast; a new tensor of the broadcast shape. */
export function broadcast(kernel: 'add' | 'subtract' | 'multiply' | 'divide', a: Tensor, b: Tensor): Tensor {
  checkFloats(kernel, [a, b])
  const shape = broadcastShapes(kernel, a.shape, b.shape)
  const out = tensorBeside(a, shape)
  const run = a.backend.kernels[kernel]
  const { size } = out
  if (a.size === size && b.size === size) {
    run(a.address, size, 1, b.address, size, 1, out.address, 1, size)
  } else {
    runStrided(run, a.address, b.address, out.address, stridedAxes(shape, a.shape, b.shape))
  }
  return out
}

/** The fewest axes, innermost first, that describe a broadcast: axes of one entry go, axes that move alike merge. */
function stridedAxes(shape: Shape, a: Shape, b: Shape): readonly StridedAxis[] {
  const axes: StridedAxis[] = []
  let aStep = 1
  let bStep = 1
  for (let back = 1; back <= shape.length; back++) {
    const length = shape[shape.length - back]!
    const aLength = a[a.length - back] ?? 1
    const bLength = b[b.length - back] ?? 1
    const aStride = aLength === 1 ? 0 : aStep
    const bStride = bLength === 1 ? 0 : bStep
    aStep *= aLength
    bStep *= bLength
    if (length === 1) continue
    const inner = axes.at(-1)
    if (inner !== undefined && aStride === inner.a * inner.length && bStride === inner.b * inner.length) {
      inner.length *= length
    } else {
      axes.push({ length, a: aStride, b: bStride })
    }
  }
  return axes
}

/** One kernel call for the two innermost axes, repeated over the rest. */
function runStrided(
  kernel: Kernels['add'],
  a: Address,
  b: Address,
  out: Address,
  axes: readonly StridedAxis[],
): void {
  const [columns = single, rows = single, ...rest] = axes
  const block = rows.length * columns.length
  const blocks = rest.reduce((product, axis) => product * axis.length, 1)
  for (let index = 0; index < blocks; index++) {
    let left = 0
    let right = 0
    let position = index
    for (const axis of rest) {
      const step = position % axis.length
      position = (position - step) / axis.length
      left += step * axis.a
      right += step * axis.b
    }
    kernel(
      a + 4 * left,
      rows.a,
      columns.a,
      b + 4 * right,
      rows.b,
      columns.b,
      out + 4 * index * block,
      rows.length,
      columns.length,
    )
  }
}

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

/** A copy under another shape of the same size. */
export function copyAs(x: Tensor, shape: Shape): Tensor {
  const out = tensorBeside(x, shape)
  x.backend.kernels.copy(x.address, out.address, x.size)
  return out
}
