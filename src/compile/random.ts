// Random numbers from random words, as expressions.
import type { FloatExpression, IntExpression } from './expression.ts'
import { log } from './functions.ts'

/** Uniform in [0, 1): the top 24 bits of a word. */
export function uniformFromWord(word: IntExpression): FloatExpression {
  return word
    .shiftRightUnsigned(8)
    .toFloat()
    .times(2 ** -24)
}

/** Standard normal from two uniform numbers (Box & Muller 1958). */
export function standardNormal(u: FloatExpression, v: FloatExpression): FloatExpression {
  // 1 - u is exact and never 0.
  const radius = log(u.constant(1).minus(u)).times(-2).sqrt()
  return radius.times(cosineOfTurns(v))
}

/** cos(2 pi t) for t in [0, 1): by the sine of what is left to a quarter turn, as a Taylor polynomial. */
function cosineOfTurns(t: FloatExpression): FloatExpression {
  const quarter = t.constant(0.25)
  const x = quarter.minus(t.minus(t.nearest()).abs()).times(2 * Math.PI)
  const square = x.times(x)
  let series = square.constant(-1 / 39_916_800)
  for (const denominator of [362_880, -5040, 120, -6]) series = series.times(square).plus(1 / denominator)
  return series.times(square).timesPlus(x, x)
}
