// The error of a layer that is given a shape it does not take.
import { ShapeError } from '../errors.ts'
import { formatShape, type Shape } from '../shape.ts'

/** @throws ShapeError saying what a layer takes and what it got. */
export function refuseShape(label: string, expected: string, shape: Shape): never {
  throw new ShapeError(`${label}: takes shape ${expected}, got ${formatShape(shape)}`)
}
