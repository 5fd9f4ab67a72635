// Tensors put together along an axis, and a border put around one.
import { apply, checkOperands } from '../autograd.ts'
import { checkRange } from '../dataType.ts'
import { describeGiven, InvalidArgumentError, ShapeError } from '../errors.ts'
import { formatShape, normaliseAxes, type Shape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { type Op, type Sample, spread } from './op.ts'
import { checkWords, contiguous, contiguousStrides, copyLayout, type Layout, wordsBeside } from './strided.ts'

/** Where each operand lies in the result, and what is where none does. */
interface Placement {
  readonly shape: Shape
  readonly layouts: readonly Layout[]
  /** Undefined when the operands fill the result. */
  readonly background?: number
}

/** An op that copies operands to their places; the gradient of each is what lies there. */
function joinOp(name: string, samples: readonly Sample[]): Op<Placement> {
  return {
    name,
    samples,
    forward(operands, { shape, layouts, background }) {
      checkWords(name, operands)
      const out = wordsBeside(operands[0]!, shape)
      if (background !== undefined) out.view().fill(background)
      for (const [i, layout] of layouts.entries()) {
        const operand = operands[i]!
        copyLayout(out.backend, operand.address, contiguous(layout.lengths), out.address, layout)
      }
      return out
    },
    backward: ({ inputs, gradient, options: { layouts }, needs }) =>
      inputs.map((operand, i) => {
        if (!needs(i)) return undefined
        const layout = layouts[i]!
        const out = wordsBeside(operand, operand.shape)
        copyLayout(out.backend, gradient.address, layout, out.address, contiguous(layout.lengths))
        return out
      }),
  }
}

function sample(
  label: string,
  shapes: readonly Shape[],
  run: (operands: readonly Tensor[]) => Tensor,
): Sample {
  return { label, inputs: shapes.map((shape, i) => ({ shape, entry: spread(-2 - i, 2 + i) })), run }
}

const ofRows = [
  [2, 3],
  [1, 3],
  [4, 3],
]
const ofColumns = [
  [3, 2],
  [3, 5],
]
const alike = [
  [2, 3],
  [2, 3],
]

export const concatOp = /* @__PURE__ */ joinOp('concat', [
  sample('along the first axis', ofRows, x => concat(x, 0)),
  sample('along the last axis', ofColumns, x => concat(x, -1)),
])

export const stackOp = /* @__PURE__ */ joinOp('stack', [
  sample('in front', alike, x => stack(x)),
  sample('at the end', alike, x => stack(x, -1)),
])

export const padOp = /* @__PURE__ */ joinOp('pad', [
  sample('one width for all sides', [[2, 3]], ([x]) => pad(x!, 1)),
  sample('a width for each side', [[2, 2, 3]], ([x]) => pad(x!, [0, [1, 2], [0, 3]], -1.5)),
])

/** The part of a tensor of `shape` that begins at `starts` and has these lengths. */
function partOf(shape: Shape, starts: readonly number[], lengths: Shape): Layout {
  const strides = contiguousStrides(shape)
  return { offset: starts.reduce((sum, start, axis) => sum + start * strides[axis]!, 0), lengths, strides }
}

function checkTensors(operation: string, tensors: readonly Tensor[]): void {
  if (!Array.isArray(tensors)) {
    throw new InvalidArgumentError(
      `${operation}: expected an array of tensors, got ${describeGiven(tensors)}`,
    )
  }
  if (tensors.length === 0) {
    throw new InvalidArgumentError(`${operation}: expected at least one tensor, got none`)
  }
  checkOperands(operation, tensors)
}

/**
 * Tensors one after the other along an existing axis; along the others they are of the same length.
 *
 * @param tensors all float32 or all int32.
 * @param axis 0 by default; negative ones count from the last.
 * @throws ShapeError when two shapes differ in rank or along another axis.
 * @throws InvalidArgumentError when there is no tensor or no such axis, or the types differ.
 *
 * @example
 * ```ts
 * import { concat, tensor } from 'spikegrad'
 * concat([tensor([[1], [2]]), tensor([[3, 4], [5, 6]])], 1).toArray() // [1, 3, 4, 2, 5, 6]
 * ```
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  checkTensors('concat', tensors)
  const first = tensors[0]!.shape
  const [along] = normaliseAxes('concat', axis, first.length)
  for (const { shape } of tensors) {
    if (shape.length === first.length && sameShape(shape.with(along!, first[along!]!), first)) continue
    throw new ShapeError(
      `concat: shapes ${formatShape(first)} and ${formatShape(shape)} differ along another axis than ${along}`,
    )
  }
  const total = tensors.reduce((sum, { shape }) => sum + shape[along!]!, 0)
  const joined = first.with(along!, total)
  let start = 0
  const layouts = tensors.map(({ shape }) => {
    const starts = shape.map((_, at) => (at === along ? start : 0))
    start += shape[along!]!
    return partOf(joined, starts, shape)
  })
  return apply(concatOp, tensors, { shape: joined, layouts })
}

/**
 * Tensors of one shape as the entries of a new axis.
 *
 * @param tensors all float32 or all int32.
 * @param axis where the new axis is in the result, 0 by default; negative ones count from the result's last.
 * @throws ShapeError when two shapes differ.
 * @throws InvalidArgumentError when there is no tensor, the result has no such axis, or the types differ.
 *
 * @example
 * ```ts
 * import { stack, tensor } from 'spikegrad'
 * stack([tensor([1, 2]), tensor([3, 4])], 1).toArray() // [1, 3, 2, 4]
 * ```
 */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  checkTensors('stack', tensors)
  const first = tensors[0]!.shape
  const [along] = normaliseAxes('stack', axis, first.length + 1)
  for (const { shape } of tensors) {
    if (sameShape(shape, first)) continue
    throw new ShapeError(`stack: shapes ${formatShape(first)} and ${formatShape(shape)} differ`)
  }
  const stacked = first.toSpliced(along!, 0, tensors.length)
  const lengths = first.toSpliced(along!, 0, 1)
  const layouts = tensors.map((_, i) => {
    const starts = stacked.map((_, at) => (at === along ? i : 0))
    return partOf(stacked, starts, lengths)
  })
  return apply(stackOp, tensors, { shape: stacked, layouts })
}

/**
 * Entries to put before and after an axis: one number for both sides, or [before, after].
 *
 * @example
 * ```ts
 * import { type PadWidth, pad, tensor } from 'spikegrad'
 * const widths: PadWidth[] = [[0, 2]]
 * pad(tensor([1, 2]), widths).toArray() // [1, 2, 0, 0]
 * ```
 */
export type PadWidth = number | readonly [before: number, after: number]

function padWidths(
  shape: Shape,
  widths: number | readonly PadWidth[],
): readonly (readonly [number, number])[] {
  const each = typeof widths === 'number' ? shape.map(() => widths) : widths
  if (each?.length !== shape.length) {
    throw new ShapeError(
      `pad: expected a width for each of the ${shape.length} axes of shape ${formatShape(shape)}, got ${each?.length ?? 'none'}`,
    )
  }
  return each.map((width, axis) => {
    const [before, after] = typeof width === 'number' ? [width, width] : width
    if (Number.isSafeInteger(before) && before >= 0 && Number.isSafeInteger(after) && after >= 0) {
      return [before, after]
    }
    throw new InvalidArgumentError(
      `pad: widths are integers of at least 0, got ${JSON.stringify(width)} for axis ${axis} of shape ${formatShape(shape)}`,
    )
  })
}

/**
 * Puts a border of one value around a tensor.
 *
 * @param x float32 or int32, of any shape.
 * @param widths one number for all sides, or for each axis a number or [before, after].
 * @param value 0 by default.
 * @throws ShapeError when there is not one width for each axis.
 * @throws InvalidArgumentError when a width is not an integer of at least 0, the value no entry of x's type, or x is uint8.
 *
 * @example
 * ```ts
 * import { pad, tensor } from 'spikegrad'
 * pad(tensor([[1, 2]]), [0, [1, 2]], 9).toArray() // [9, 1, 2, 9, 9]
 * ```
 */
export function pad(x: Tensor, widths: number | readonly PadWidth[], value = 0): Tensor {
  checkOperands('pad', [x])
  checkRange('pad', [value], x.dtype)
  const sides = padWidths(x.shape, widths)
  const shape = x.shape.map((length, axis) => length + sides[axis]![0] + sides[axis]![1])
  const starts = sides.map(([before]) => before)
  return apply(padOp, [x], { shape, layouts: [partOf(shape, starts, x.shape)], background: value })
}
