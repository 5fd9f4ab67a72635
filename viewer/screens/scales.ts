// Places on a slider and the values of a parameter, on the scale that its table names.
import type { NumberParameter } from '../../experiments/learners/parameters.ts'

/** A slider goes from 0 to this. */
export const STEPS = 200

/** The place of a value, rounded. */
export function toPlace(parameter: NumberParameter, value: number): number {
  const { minimum, maximum, scale } = parameter
  const share =
    scale === 'logarithmic'
      ? Math.log(value / minimum) / Math.log(maximum / minimum)
      : (value - minimum) / (maximum - minimum)
  return Math.round(share * STEPS)
}

/** The value at a place, in as few digits as the slider tells apart. */
export function fromPlace(parameter: NumberParameter, place: number): number {
  const { minimum, maximum, scale, integer } = parameter
  if (place <= 0) return minimum
  if (place >= STEPS) return maximum
  const share = place / STEPS
  const value =
    scale === 'logarithmic' ? minimum * (maximum / minimum) ** share : minimum + share * (maximum - minimum)
  if (integer) return Math.round(value)
  return Number(value.toPrecision(scale === 'logarithmic' ? 2 : 3))
}

/** A number as its field shows it: no separators, no more than six digits. */
export function plain(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}
