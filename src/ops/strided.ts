// Layouts of entries in memory, and copies from one to another: what every op that only moves entries is made of.
import type { Address, Backend } from '../backend/backend.ts'
import { InvalidArgumentError } from '../errors.ts'
import { formatShape, type Shape } from '../shape.ts'
import { Tensor } from '../tensor.ts'

/** Some entries of a tensor: the first, and how far to the next along each axis; counted in entries. */
export interface Layout {
  readonly offset: number
  readonly lengths: readonly number[]
  readonly strides: readonly number[]
}

/** Strides of a contiguous, row-major array. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  let step = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step
    step *= shape[axis]!
  }
  return strides
}

/** All entries of a tensor of `shape`, in order. */
export function contiguous(shape: Shape): Layout {
  return { offset: 0, lengths: shape, strides: contiguousStrides(shape) }
}

/** One axis of a copy. */
interface CopyAxis {
  length: number
  readonly from: number
  readonly to: number
}

const single: CopyAxis = { length: 1, from: 0, to: 0 }

/**
 * The fewest axes of a copy, outermost first in the target: axes of one entry go, axes that move as one merge. Innermost
 * are the target's neighbours, and before them the source's, as the kernel transposes fastest.
 */
function copyAxes(from: Layout, to: Layout): readonly CopyAxis[] {
  const axes: CopyAxis[] = []
  for (const [axis, length] of from.lengths.entries()) {
    if (length > 1) axes.push({ length, from: from.strides[axis]!, to: to.strides[axis]! })
  }
  axes.sort((a, b) => Math.abs(b.to) - Math.abs(a.to))
  const merged: CopyAxis[] = []
  for (const axis of axes.reverse()) {
    const inner = merged[0]
    if (
      inner !== undefined &&
      axis.from === inner.from * inner.length &&
      axis.to === inner.to * inner.length
    ) {
      inner.length *= axis.length
    } else {
      merged.unshift(axis)
    }
  }
  const neighbours = merged.findIndex(axis => axis.from === 1)
  if (neighbours >= 0 && neighbours < merged.length - 2) {
    merged.splice(merged.length - 2, 0, ...merged.splice(neighbours, 1))
  }
  return merged
}

/** Copies the entries that `from` describes to the places that `to` does; their lengths are the same. */
export function copyLayout(
  { kernels }: Backend,
  source: Address,
  from: Layout,
  target: Address,
  to: Layout,
): void {
  const axes = copyAxes(from, to)
  const [d = single, c = single, b = single, a = single] = axes.toReversed()
  const rest = axes.slice(0, -4)
  const blocks = rest.reduce((product, axis) => product * axis.length, 1)
  for (let index = 0; index < blocks; index++) {
    let left = from.offset
    let right = to.offset
    let position = index
    for (const axis of rest) {
      const step = position % axis.length
      position = (position - step) / axis.length
      left += step * axis.from
      right += step * axis.to
    }
    kernels.copyStrided(
      source + 4 * left,
      target + 4 * right,
      a.length,
      b.length,
      c.length,
      d.length,
      a.from,
      b.from,
      c.from,
      d.from,
      a.to,
      b.to,
      c.to,
      d.to,
    )
  }
}

/** Checks that all operands hold one type of four bytes: float32 or int32. */
export function checkWords(operation: string, operands: readonly Tensor[]): void {
  const first = operands[0]!
  for (const { dtype, shape } of operands) {
    if (dtype === first.dtype && dtype !== 'uint8') continue
    throw new InvalidArgumentError(
      `${operation}: operands are all float32 or all int32, got ${first.dtype} of shape ` +
        `${formatShape(first.shape)}${operands.length > 1 ? ` and ${dtype} of shape ${formatShape(shape)}` : ''}`,
    )
  }
}

/** A new tensor of the type and in the backend of `operand`. */
export function wordsBeside(operand: Tensor, shape: Shape): Tensor {
  return new Tensor(shape, operand.dtype, operand.backend)
}
