// Parts of a tensor and its axes in another order: copies of entries that keep their values.
import { apply, checkOperands } from '../autograd.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { type Axes, formatShape, normaliseAxes, type Shape, sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { type Op, type Sample, spread } from './op.ts'
import { type Selection, selectedLayout } from './selection.ts'
import { checkWords, contiguous, contiguousStrides, copyLayout, type Layout, wordsBeside } from './strided.ts'

/** The entries of x that an op takes, none twice, and the shape it gives them. */
interface View {
  readonly layout: Layout
  readonly shape: Shape
}

/** An op that copies the entries of a view; its gradient puts them back among zeros. */
function viewOp(name: string, samples: readonly Sample[]): Op<View> {
  return {
    name,
    samples,
    forward([x], { layout, shape }) {
      checkWords(name, [x!])
      const out = wordsBeside(x!, shape)
      copyLayout(x!.backend, x!.address, layout, out.address, contiguous(layout.lengths))
      return out
    },
    backward({ inputs: [x], gradient, options: { layout } }) {
      const out = wordsBeside(x!, x!.shape)
      const { kernels } = out.backend
      if (gradient.size < out.size) kernels.fill(out.address, out.size, 0)
      copyLayout(out.backend, gradient.address, contiguous(layout.lengths), out.address, layout)
      return [out]
    },
  }
}

function sample(label: string, shape: Shape, run: (x: Tensor) => Tensor): Sample {
  return { label, inputs: [{ shape, entry: spread(-2, 2) }], run: inputs => run(inputs[0]!) }
}

export const transposeOp = /* @__PURE__ */ viewOp('transpose', [
  sample('a matrix', [5, 9], x => transpose(x)),
  sample('the last two axes of four', [2, 3, 4, 5], x => transpose(x, [0, 1, 3, 2])),
  sample('all axes reversed', [2, 3, 4], x => transpose(x)),
  sample('axes in a circle', [2, 3, 1, 4], x => transpose(x, [-1, 0, 1, 2])),
  sample('six axes', [2, 1, 3, 2, 2, 2], x => transpose(x, [5, 3, 1, 4, 0, 2])),
])

export const sliceOp = /* @__PURE__ */ viewOp('slice', [
  sample('a range of rows', [5, 3], x => slice(x, { from: 1, to: 4 })),
  sample('an entry of one axis, steps of another', [3, 7, 2], x => slice(x, -1, { from: 1, step: 3 })),
  sample('backwards', [2, 6], x => slice(x, 'all', { step: -2 })),
  sample('a single entry', [2, 3], x => slice(x, 1, -2)),
])

export const diagonalOp = /* @__PURE__ */ viewOp('diagonal', [
  sample('a square', [4, 4], x => diagonal(x)),
  sample('a wide matrix for each of three', [3, 2, 5], x => diagonal(x)),
  sample('outer axes', [3, 2, 3], x => diagonal(x, [0, 2])),
])

export const squeezeOp = /* @__PURE__ */ viewOp('squeeze', [
  sample('all axes of one entry', [1, 3, 1, 2], x => squeeze(x)),
  sample('one of them', [1, 3, 1], x => squeeze(x, -1)),
])

export const expandDimsOp = /* @__PURE__ */ viewOp('expandDims', [
  sample('in front', [2, 3], x => expandDims(x, 0)),
  sample('at the end', [2, 3], x => expandDims(x, -1)),
])

/**
 * The axes in another order: axis i of the result is axis `axes[i]` of x.
 *
 * @param x float32 or int32, of any shape.
 * @param axes every axis once, negative ones counting from the last; by default all in reverse.
 * @throws InvalidArgumentError when `axes` does not name every axis once, or x is uint8.
 *
 * @example
 * ```ts
 * import { tensor, transpose } from 'spikegrad'
 * transpose(tensor([[1, 2, 3], [4, 5, 6]])).toArray() // [1, 4, 2, 5, 3, 6]
 * ```
 */
export function transpose(x: Tensor, axes?: readonly number[]): Tensor {
  checkOperands('transpose', [x])
  const rank = x.shape.length
  const named = axes === undefined ? [...x.shape.keys()].reverse() : [axes].flat()
  if (normaliseAxes('transpose', named, rank).length !== rank) {
    throw new InvalidArgumentError(
      `transpose: axes name each of the ${rank} axes of shape ${formatShape(x.shape)} once, got ${formatShape(named)}`,
    )
  }
  const order = named.map(axis => (axis < 0 ? axis + rank : axis))
  const strides = contiguousStrides(x.shape)
  const lengths = order.map(axis => x.shape[axis]!)
  const layout = { offset: 0, lengths, strides: order.map(axis => strides[axis]!) }
  return apply(transposeOp, [x], { layout, shape: lengths })
}

/**
 * Part of a tensor, as NumPy's x[1, 2:8, ::2] is: one selection for each axis from the first on. A number takes one entry and
 * drops the axis, a range `{ from, to, step }` takes several, `'all'` and axes not mentioned stay whole.
 *
 * @param x float32 or int32, of any shape.
 * @throws InvalidArgumentError when an entry does not exist, a range is empty, or x is uint8.
 * @throws ShapeError when there are more selections than axes.
 *
 * @example
 * ```ts
 * import { slice, tensor } from 'spikegrad'
 * const x = tensor([[1, 2, 3, 4], [5, 6, 7, 8]])
 * slice(x, -1).toArray() // [5, 6, 7, 8]
 * slice(x, 'all', { from: 1, to: 3 }).toArray() // [2, 3, 6, 7]
 * slice(x, 0, { step: -1 }).toArray() // [4, 3, 2, 1]
 * ```
 */
export function slice(x: Tensor, ...selections: readonly Selection[]): Tensor {
  checkOperands('slice', [x])
  return apply(sliceOp, [x], selectedLayout(x.shape, selections))
}

/**
 * Entries whose two indices along two axes are equal: the axes go, and the diagonal becomes the last axis.
 *
 * @param x float32 or int32, of rank 2 or more.
 * @param axes the last two by default.
 * @throws InvalidArgumentError when an axis does not exist, both are the same, or x is uint8.
 *
 * @example
 * ```ts
 * import { diagonal, tensor } from 'spikegrad'
 * diagonal(tensor([[1, 2], [3, 4]])).toArray() // [1, 4]
 * ```
 */
export function diagonal(x: Tensor, axes: readonly [number, number] = [-2, -1]): Tensor {
  checkOperands('diagonal', [x])
  const pair = normaliseAxes('diagonal', axes, x.shape.length)
  const strides = contiguousStrides(x.shape)
  const kept = [...x.shape.keys()].filter(axis => !pair.includes(axis))
  const length = Math.min(...pair.map(axis => x.shape[axis]!))
  const step = pair.reduce((sum, axis) => sum + strides[axis]!, 0)
  const lengths = [...kept.map(axis => x.shape[axis]!), length]
  const layout = { offset: 0, lengths, strides: [...kept.map(axis => strides[axis]!), step] }
  return apply(diagonalOp, [x], { layout, shape: lengths })
}

/**
 * Drops axes of one entry; all of them by default.
 *
 * @param x float32 or int32, of any shape.
 * @throws ShapeError when a named axis has more than one entry.
 * @throws InvalidArgumentError when an axis does not exist or is named twice, or x is uint8.
 *
 * @example
 * ```ts
 * import { squeeze, zeros } from 'spikegrad'
 * squeeze(zeros([1, 3, 1])).shape // [3]
 * squeeze(zeros([1, 3, 1]), -1).shape // [1, 3]
 * ```
 */
export function squeeze(x: Tensor, axes: Axes = 'all'): Tensor {
  checkOperands('squeeze', [x])
  const named = normaliseAxes('squeeze', axes, x.shape.length)
  const dropped = axes === 'all' ? named.filter(axis => x.shape[axis] === 1) : named
  for (const axis of dropped) {
    if (x.shape[axis] === 1) continue
    throw new ShapeError(
      `squeeze: axis ${axis} of shape ${formatShape(x.shape)} has ${x.shape[axis]} entries, not one`,
    )
  }
  const shape = x.shape.filter((_, axis) => !dropped.includes(axis))
  return apply(squeezeOp, [x], { layout: contiguous([x.size]), shape })
}

/**
 * Inserts an axis of one entry, which becomes axis `axis` of the result.
 *
 * @param x float32 or int32, of any shape.
 * @param axis negative ones count from the last axis of the result.
 * @throws InvalidArgumentError when the result has no such axis, or x is uint8.
 *
 * @example
 * ```ts
 * import { expandDims, zeros } from 'spikegrad'
 * expandDims(zeros([2, 3]), 1).shape // [2, 1, 3]
 * ```
 */
export function expandDims(x: Tensor, axis: number): Tensor {
  checkOperands('expandDims', [x])
  const [place] = normaliseAxes('expandDims', axis, x.shape.length + 1)
  const shape = x.shape.toSpliced(place!, 0, 1)
  return apply(expandDimsOp, [x], { layout: contiguous([sizeOf(shape)]), shape })
}
