// The largest and the smallest entries over axes, and where along an axis the largest is.
import { apply, checkOperands } from '../autograd.ts'
import { ShapeError } from '../errors.ts'
import { type Axes, adjacentRuns, normaliseAxes, reductionOf, type Shape, sizeOf } from '../shape.ts'
import { Tensor } from '../tensor.ts'
import { checkFloats, type Op, tensorBeside } from './op.ts'
import { type ReductionOptions, type ReductionPlan, reductionPlan, reductionSamples } from './reductions.ts'
import { contiguous, contiguousStrides, copyLayout, type Layout } from './strided.ts'

/** Entries of x with the reduced axes last, so that they are one. */
function reducedLast(shape: Shape, axes: readonly number[]): Layout {
  const strides = contiguousStrides(shape)
  const order = [...shape.keys()].filter(axis => !axes.includes(axis)).concat(axes)
  return {
    offset: 0,
    lengths: order.map(axis => shape[axis]!),
    strides: order.map(axis => strides[axis]!),
  }
}

/** x as [outer, length, inner], to be reduced over `length`: itself, or rearranged when its axes lie apart. */
interface Arranged {
  readonly value: Tensor
  readonly outer: number
  readonly length: number
  readonly inner: number
  readonly layout?: Layout
}

function arrange(x: Tensor, axes: readonly number[]): Arranged {
  if (axes.length === 0) return { value: x, outer: x.size, length: 1, inner: 1 }
  if (adjacentRuns(axes).length === 1) return { value: x, ...reductionOf(x.shape, axes) }
  const layout = reducedLast(x.shape, axes)
  const value = tensorBeside(x, layout.lengths)
  copyLayout(x.backend, x.address, layout, value.address, contiguous(layout.lengths))
  const length = sizeOf(layout.lengths.slice(-axes.length))
  return { value, outer: x.size / length, length, inner: 1, layout }
}

/** The op of one extreme. Its gradient is shared evenly among the entries that are it. */
function extremeOp(
  name: 'max' | 'min',
  run: (x: Tensor, axes: Axes, options: ReductionOptions) => Tensor,
): Op<ReductionPlan> {
  return {
    name,
    samples: reductionSamples(run),
    forward([x], { axes, shape }) {
      checkFloats(name, [x!])
      const { value, outer, length, inner } = arrange(x!, axes)
      const out = tensorBeside(x!, shape)
      out.backend.kernels[name](value.address, out.address, outer, length, inner)
      if (value !== x) value.dispose()
      return out
    },
    backward({ inputs: [x], output, gradient, options: { axes } }) {
      const { value, outer, length, inner, layout } = arrange(x!, axes)
      const { backend } = gradient
      const share = tensorBeside(value, value.shape)
      backend.kernels.maxGradient(
        value.address,
        output.address,
        gradient.address,
        share.address,
        outer,
        length,
        inner,
      )
      if (layout === undefined) return [share]
      const out = tensorBeside(x!, x!.shape)
      copyLayout(backend, share.address, contiguous(layout.lengths), out.address, layout)
      return [out]
    },
  }
}

export const maxOp = /* @__PURE__ */ extremeOp('max', max)
export const minOp = /* @__PURE__ */ extremeOp('min', min)

/**
 * The largest entry over axes, as `sum`; NaN if one is. Its gradient is shared evenly among equals: of a NaN, among the NaNs.
 *
 * @param x float32, of any shape.
 * @throws InvalidArgumentError when an axis does not exist or is named twice, or x is not float32.
 *
 * @example
 * ```ts
 * import { max, tensor } from 'spikegrad'
 * max(tensor([[1, 5], [4, 2]]), 0).toArray() // [4, 5]
 * ```
 */
export function max(x: Tensor, axes: Axes = 'all', options: ReductionOptions = {}): Tensor {
  return apply(maxOp, [x], reductionPlan('max', x, axes, options))
}

/**
 * The smallest entry over axes, as `sum`; NaN if one is. Its gradient is shared evenly among equals: of a NaN, among the NaNs.
 *
 * @param x float32, of any shape.
 * @throws InvalidArgumentError when an axis does not exist or is named twice, or x is not float32.
 *
 * @example
 * ```ts
 * import { min, tensor } from 'spikegrad'
 * min(tensor([[1, 5], [4, 2]]), 0).toArray() // [1, 2]
 * ```
 */
export function min(x: Tensor, axes: Axes = 'all', options: ReductionOptions = {}): Tensor {
  return apply(minOp, [x], reductionPlan('min', x, axes, options))
}

/**
 * Where along an axis the largest entry is, the first of equals; a NaN never wins, and where all are NaN it is 0. Not
 * differentiable.
 *
 * @param x float32, of rank 1 or more.
 * @param axis the last by default; negative ones count from it.
 * @returns int32, of the shape of x without that axis.
 * @throws ShapeError when x is a scalar.
 * @throws InvalidArgumentError when the axis does not exist, or x is not float32.
 *
 * @example
 * ```ts
 * import { argmax, tensor } from 'spikegrad'
 * const x = tensor([[1, 5, 2], [4, 3, 6]])
 * argmax(x).toArray() // [1, 2]
 * argmax(x, 0).toArray() // [1, 0, 1]
 * ```
 */
export function argmax(x: Tensor, axis = -1): Tensor {
  checkOperands('argmax', [x])
  checkFloats('argmax', [x])
  if (x.shape.length === 0) throw new ShapeError('argmax: expected rank 1 or more, got a scalar')
  const axes = normaliseAxes('argmax', axis, x.shape.length)
  const { outer, length, inner } = reductionOf(x.shape, axes)
  const out = new Tensor(x.shape.toSpliced(axes[0]!, 1), 'int32', x.backend)
  x.backend.kernels.argmax(x.address, out.address, outer, length, inner)
  return out
}
