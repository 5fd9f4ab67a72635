// Checks of what a layer is made with, and of the shape it is given.
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { formatShape, type Shape } from '../shape.ts'

/** @throws InvalidArgumentError unless `value` is an integer of at least `minimum`; `what` begins the message. */
export function checkCount(what: string, value: number, minimum = 1): void {
  if (Number.isSafeInteger(value) && value >= minimum) return
  const kind = minimum === 1 ? 'a positive integer' : `an integer from ${minimum}`
  throw new InvalidArgumentError(`${what} is ${kind}, got ${value}`)
}

/** @throws ShapeError saying what a layer takes and what it got. */
export function refuseShape(label: string, expected: string, shape: Shape): never {
  throw new ShapeError(`${label}: takes shape ${expected}, got ${formatShape(shape)}`)
}
