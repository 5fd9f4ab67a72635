// Which entries of each axis a slice takes, as a layout.
import { describeGiven, InvalidArgumentError, ShapeError } from '../errors.ts'
import { formatShape, type Shape } from '../shape.ts'
import { contiguousStrides, type Layout } from './strided.ts'

/**
 * Entries of an axis from `from` up to, not including, `to`, every `step`-th. Negative places count from the end.
 *
 * @example
 * ```ts
 * import { type Range, slice, tensor } from 'spikegrad'
 * const lastTwo: Range = { from: -2 }
 * slice(tensor([1, 2, 3]), lastTwo).toArray() // [2, 3]
 * ```
 */
export interface Range {
  /** The first entry of the axis by default; the last for a negative step. */
  readonly from?: number
  /** Beyond the last entry by default; beyond the first for a negative step. */
  readonly to?: number
  /** 1 by default; a negative step runs backwards. */
  readonly step?: number
}

/**
 * What `slice` takes of one axis: one entry (and the axis goes), a range of entries, or all.
 *
 * @example
 * ```ts
 * import { type Selection, slice, zeros } from 'spikegrad'
 * const middle: Selection[] = ['all', 1, { from: 2, to: 4 }]
 * slice(zeros([2, 3, 5]), ...middle).shape // [2, 2]
 * ```
 */
export type Selection = number | 'all' | Range

/** Entries of one axis: the first, the step, and how many. */
interface Entries {
  readonly first: number
  readonly step: number
  readonly count: number
}

function refuse(shape: Shape, axis: number, what: string): never {
  throw new InvalidArgumentError(`slice: axis ${axis} of shape ${formatShape(shape)} ${what}`)
}

function entryOf(shape: Shape, axis: number, index: number): number {
  const length = shape[axis]!
  if (!Number.isInteger(index) || index < -length || index >= length) {
    refuse(shape, axis, `has ${length} entries, and none at ${index}`)
  }
  return index < 0 ? index + length : index
}

function checkedRange(selection: Range): Range {
  if (typeof selection === 'object' && selection !== null && !Array.isArray(selection)) return selection
  throw new InvalidArgumentError(
    `slice: a selection is a number, 'all' or a range { from, to, step }, got ${describeGiven(selection)}`,
  )
}

function rangeOf(shape: Shape, axis: number, { from, to, step = 1 }: Range): Entries {
  const length = shape[axis]!
  if (!Number.isInteger(step) || step === 0)
    refuse(shape, axis, `is taken in steps of a whole number, got ${step}`)
  const first = entryOf(shape, axis, from ?? (step > 0 ? 0 : length - 1))
  if (to !== undefined && (!Number.isInteger(to) || to < -length || to > length)) {
    refuse(shape, axis, `has ${length} entries, and no end at ${to}`)
  }
  const end = to === undefined ? (step > 0 ? length : -1) : to < 0 ? to + length : to
  const count = Math.ceil((end - first) / step)
  if (count < 1) refuse(shape, axis, `has no entries from ${first} to ${end} in steps of ${step}`)
  return { first, step, count }
}

/**
 * The layout that selections take of a tensor of `shape`, and the shape of the result.
 * @throws ShapeError when there are more selections than axes.
 * @throws InvalidArgumentError when an entry does not exist or a range is empty.
 */
export function selectedLayout(
  shape: Shape,
  selections: readonly Selection[],
): { readonly layout: Layout; readonly shape: Shape } {
  if (selections.length > shape.length) {
    throw new ShapeError(
      `slice: ${selections.length} selections for the ${shape.length} axes of shape ${formatShape(shape)}`,
    )
  }
  const whole = contiguousStrides(shape)
  let offset = 0
  const lengths: number[] = []
  const strides: number[] = []
  for (const [axis, length] of shape.entries()) {
    const { [axis]: selection = 'all' } = selections
    if (typeof selection === 'number') {
      offset += entryOf(shape, axis, selection) * whole[axis]!
      continue
    }
    const entries: Entries =
      selection === 'all'
        ? { first: 0, step: 1, count: length }
        : rangeOf(shape, axis, checkedRange(selection))
    offset += entries.first * whole[axis]!
    lengths.push(entries.count)
    strides.push(entries.step * whole[axis]!)
  }
  return { layout: { offset, lengths, strides }, shape: lengths }
}
