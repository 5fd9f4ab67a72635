// Shapes: their sizes, how they broadcast, and how axes are named; imports nothing but the errors.
import { describeGiven, InvalidArgumentError, ShapeError } from './errors.ts'

/**
 * Lengths of the axes, outermost first; a scalar has none. Every length is at least 1.
 *
 * @example
 * ```ts
 * import { ones, type Shape } from 'spikegrad'
 * const shape: Shape = [2, 3]
 * ones(shape).size // 6
 * ```
 */
export type Shape = readonly number[]

/**
 * One axis, several, or `'all'`; negative axes count from the last.
 *
 * @example
 * ```ts
 * import { type Axes, ones, sum } from 'spikegrad'
 * const axes: Axes = [0, -1]
 * sum(ones([2, 3, 4]), axes).shape // [3]
 * ```
 */
export type Axes = number | readonly number[] | 'all'

/** A view of a tensor as [outer, length, inner], the middle axis being the one to reduce. */
export interface Reduction {
  readonly outer: number
  readonly length: number
  readonly inner: number
}

/** Number of entries of a shape. */
export function sizeOf(shape: Shape): number {
  let size = 1
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis]!
  return size
}

/** Writes a shape as in `[32, 784]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false
  return true
}

/**
 * Checks a shape that came from outside.
 * @throws ShapeError when it is no array, or a length not a positive integer; `what` says whose shape it is.
 */
export function checkShape(what: string, shape: Shape): void {
  if (!Array.isArray(shape)) {
    throw new ShapeError(`${what}: a shape is an array of positive integers, got ${describeGiven(shape)}`)
  }
  for (const length of shape) {
    if (!Number.isSafeInteger(length) || length < 1) {
      throw new ShapeError(
        `${what}: every length of a shape is a positive integer, got ${formatShape(shape)}`,
      )
    }
  }
}

/**
 * The shape two operands broadcast to: aligned at the last axis, a length of 1 (or none) stretches.
 * @throws ShapeError naming `operation` and both shapes when a pair of lengths differs and neither is 1.
 */
export function broadcastShapes(operation: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a
  const rank = Math.max(a.length, b.length)
  const shape = new Array<number>(rank)
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1) {
      throw new ShapeError(
        `${operation}: shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast: ` +
          `lengths ${left} and ${right} meet, and neither is 1`,
      )
    }
    shape[axis] = Math.max(left, right)
  }
  return shape
}

/**
 * The axes meant, ascending and counted from the first.
 * @throws InvalidArgumentError naming `operation` when an axis does not exist or is named twice.
 */
export function normaliseAxes(operation: string, axes: Axes, rank: number): readonly number[] {
  if (axes === 'all') return Array.from({ length: rank }, (_, axis) => axis)
  const named = Array.isArray(axes) ? axes : [axes]
  const normalised = named.map(axis => {
    if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
      throw new InvalidArgumentError(`${operation}: axis ${axis} does not exist in a tensor of rank ${rank}`)
    }
    return axis < 0 ? axis + rank : axis
  })
  if (new Set(normalised).size !== normalised.length) {
    throw new InvalidArgumentError(`${operation}: axes [${named.join(', ')}] name one axis twice`)
  }
  return normalised.sort((a, b) => a - b)
}

/** Splits ascending axes into runs of adjacent ones: each run is reduced as one axis. */
export function adjacentRuns(axes: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = []
  for (const axis of axes) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === axis - 1) run.push(axis)
    else runs.push([axis])
  }
  return runs
}

/** Views a shape as [outer, length, inner] for the reduction of the adjacent axes `run`. */
export function reductionOf(shape: Shape, run: readonly number[]): Reduction {
  const first = run[0]!
  const end = first + run.length
  return {
    outer: sizeOf(shape.slice(0, first)),
    length: sizeOf(shape.slice(first, end)),
    inner: sizeOf(shape.slice(end)),
  }
}

/** The shape after reducing `axes`: they become 1 when kept, else they go. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDimensions: boolean): Shape {
  if (keepDimensions) return shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
  return shape.filter((_, axis) => !axes.includes(axis))
}
