// Checks of numbers that come from outside; `what` begins the message of each error, and says whose number it is.
import { InvalidArgumentError } from './errors.ts'

function refuse(what: string, expected: string, value: number): never {
  throw new InvalidArgumentError(`${what} is ${expected}, got ${value}`)
}

/** Whether a value from outside is an integer from 0, small enough to be exact. */
export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** @throws InvalidArgumentError unless `value` is an integer of at least `minimum`. */
export function checkInteger(what: string, value: number, minimum = 0): void {
  if (!(Number.isSafeInteger(value) && value >= minimum)) refuse(what, `an integer from ${minimum}`, value)
}

/** @throws InvalidArgumentError unless `value` is a positive integer. */
export function checkCount(what: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value > 0)) refuse(what, 'a positive integer', value)
}

/** @throws InvalidArgumentError unless `value` is a finite number above 0. */
export function checkPositive(what: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value))) refuse(what, 'a positive number', value)
}

/** @throws InvalidArgumentError unless `value` is a finite number from 0. */
export function checkNotNegative(what: string, value: number): void {
  if (!(value >= 0 && Number.isFinite(value))) refuse(what, 'a number from 0', value)
}

/** @throws InvalidArgumentError unless `value` lies in [0, 1). */
export function checkFraction(what: string, value: number): void {
  if (!(value >= 0 && value < 1)) refuse(what, 'a number from 0 to below 1', value)
}

/** @throws InvalidArgumentError unless `value` lies in [0, 1]. */
export function checkShare(what: string, value: number): void {
  if (!(value >= 0 && value <= 1)) refuse(what, 'a number from 0 to 1', value)
}
