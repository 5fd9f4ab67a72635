// The elementary functions, as polynomials of expressions: every backend computes the same bits.
import type { FloatExpression, FloatOperand, IntExpression } from './expression.ts'

const LOG2_E = Math.LOG2E
/** log 2 in two parts: an integer times the first is exact. */
const LN2_HIGH = 0.693359375
const LN2_LOW = -2.1219444e-4

/** A polynomial by Horner's rule, the highest coefficient first. */
function polynomial(x: FloatExpression, coefficients: readonly number[]): FloatExpression {
  let sum = x.constant(coefficients[0]!)
  for (const coefficient of coefficients.slice(1)) sum = sum.times(x).plus(coefficient)
  return sum
}

/** 2^n for integers from -126 to 127, by writing the exponent's bits. */
function powerOfTwo(n: IntExpression): FloatExpression {
  return n.plus(127).shiftLeft(23).asFloat()
}

/** y 2^n in two factors, so that results fade through the denormals and overflow as they should. */
function scaledByPowerOfTwo(y: FloatExpression, n: IntExpression): FloatExpression {
  const half = n.shiftRight(1)
  return y.times(powerOfTwo(half)).times(powerOfTwo(n.minus(half)))
}

/** x = n log 2 + r with |r| <= log(2) / 2, and exp(r) - 1. */
function reducedExponential(x: FloatExpression): {
  n: FloatExpression
  less1: FloatExpression
  r: FloatExpression
} {
  const n = x.times(LOG2_E).nearest()
  const r = x.minus(n.times(LN2_HIGH)).minus(n.times(LN2_LOW))
  const series = polynomial(
    r,
    [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
  )
  return { n, r, less1: series.times(r.times(r)).plus(r) }
}

/** e to the power of x. */
export function exp(x: FloatExpression): FloatExpression {
  const { n, less1 } = reducedExponential(x.atMost(89).atLeast(-105))
  return scaledByPowerOfTwo(less1.plus(1), n.toInt())
}

/** exp(x) - 1, exact to the last bits near 0. */
export function expm1(x: FloatExpression): FloatExpression {
  const { n, less1 } = reducedExponential(x.atMost(89).atLeast(-18))
  const power = n.toInt()
  // 2^n (e^r - 1) + 2^n - 1, with 2^n taken out of the sum: beyond n = 30 its reciprocal adds nothing.
  const reciprocal = powerOfTwo(n.negate().atLeast(-30).toInt())
  const scaled = scaledByPowerOfTwo(less1.plus(x.constant(1).minus(reciprocal)), power)
  // Keeps the sign of -0.
  return x
    .abs()
    .less(2 ** -24)
    .select(x, scaled)
}

/** x = m 2^e with m in [sqrt(1/2), sqrt(2)), for positive x; e as a float. */
function mantissaAndExponent(x: FloatExpression): { m: FloatExpression; e: FloatExpression } {
  const denormal = x.less(1.17549435e-38)
  const bits = denormal.select(x.times(2 ** 23), x).bits()
  const exponent = bits.shiftRightUnsigned(23).minus(126).toFloat()
  const e = exponent.minus(denormal.select(23, 0))
  const m = bits.and(0x007fffff).or(0x3f000000).asFloat()
  const small = m.less(Math.SQRT1_2)
  return { m: small.select(m.plus(m), m), e: e.minus(small.select(1, 0)) }
}

/** The natural logarithm: minus infinity at 0, NaN below. */
export function log(x: FloatExpression): FloatExpression {
  const { m, e } = mantissaAndExponent(x)
  const f = m.minus(1)
  const square = f.times(f)
  const series = polynomial(
    f,
    [
      7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
      2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    ],
  )
  const low = series.times(f).times(square).plus(e.times(LN2_LOW)).minus(square.times(0.5))
  const finite = f.plus(low).plus(e.times(LN2_HIGH))
  const ofPositive = x.equal(Number.POSITIVE_INFINITY).select(x, finite)
  const ofZero = x.equal(0).select(Number.NEGATIVE_INFINITY, ofPositive)
  return x.greaterEqual(0).select(ofZero, Number.NaN)
}

/** log(1 + x), exact to the last bits near 0. */
export function log1p(x: FloatExpression): FloatExpression {
  const u = x.plus(1)
  // What rounding took from 1 + x comes back to first order.
  const corrected = log(u).plus(x.minus(u.minus(1)).over(u))
  const ordinary = u.greater(0).and(u.less(Number.POSITIVE_INFINITY))
  const value = ordinary.select(corrected, log(u))
  return x
    .abs()
    .less(2 ** -24)
    .select(x, value)
}

/** The hyperbolic tangent. */
export function tanh(x: FloatExpression): FloatExpression {
  const magnitude = x.abs()
  const square = x.times(x)
  const series = polynomial(
    square,
    [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1],
  )
  const near = series.times(square).timesPlus(x, x)
  const far = x.constant(1).minus(x.constant(2).over(exp(magnitude.plus(magnitude)).plus(1)))
  const signed = x.less(0).select(far.negate(), far)
  const value = magnitude.less(0.625).select(near, signed)
  // Below this tanh x is x; and -0 stays -0.
  return magnitude.less(2 ** -12).select(x, value)
}

/** 1 / (1 + exp(-x)), without overflow. */
export function sigmoid(x: FloatExpression): FloatExpression {
  const decay = exp(x.abs().negate())
  const numerator = x.less(0).select(decay, 1)
  return numerator.over(decay.plus(1))
}

/** Beyond this erf is computed as what its complement leaves of 1. */
const ERF_BEND = 0.927734375

/** erf(x) for |x| up to the bend, and 1 - erf(|x|) beyond it: two minimax polynomials, one in an exponential (after N. Juffa). */
function erfParts(x: FloatExpression): { near: FloatExpression; complement: FloatExpression } {
  const t = x.abs()
  const square = x.times(x)
  const nearSeries = polynomial(
    square,
    [-5.96761703e-4, 4.99119423e-3, -2.67681349e-2, 1.12819925e-1, -3.76125336e-1, 1.28379166e-1],
  )
  const farSeries = polynomial(
    t,
    [
      -1.7285347e-5, 3.83197126e-4, -3.88396438e-3, 2.42546219e-2, -1.06777877e-1, -6.34846687e-1,
      -1.28717512e-1,
    ],
  )
  return { near: nearSeries.timesPlus(x, x), complement: exp(farSeries.timesPlus(t, t.negate())) }
}

/** The error function. */
export function erf(x: FloatExpression): FloatExpression {
  const { near, complement } = erfParts(x)
  const far = x.constant(1).minus(complement)
  const signed = x.less(0).select(far.negate(), far)
  return x.abs().greater(ERF_BEND).select(signed, near)
}

/** The standard normal distribution function, without cancellation in its lower tail. */
export function normalDistribution(x: FloatExpression): FloatExpression {
  const scaled = x.times(Math.SQRT1_2)
  const { near, complement } = erfParts(scaled)
  const tail = complement.times(0.5)
  const far = x.less(0).select(tail, x.constant(1).minus(tail))
  return scaled.abs().greater(ERF_BEND).select(far, near.times(0.5).plus(0.5))
}

/** An unevaluated sum of two floats, the second far smaller: twice the precision. */
interface DoubleFloat {
  readonly high: FloatExpression
  readonly low: FloatExpression
}

/** a + b exactly, for |a| >= |b| (Dekker 1971). */
function exactSum(a: FloatExpression, b: FloatExpression): DoubleFloat {
  const high = a.plus(b)
  return { high, low: b.minus(high.minus(a)) }
}

/** a b exactly (Dekker 1971), by halves of twelve bits. */
function exactProduct(a: FloatExpression, b: FloatExpression): DoubleFloat {
  const high = a.times(b)
  const [aHigh, aLow] = halves(a)
  const [bHigh, bLow] = halves(b)
  const rest = aHigh.times(bHigh).minus(high).plus(aHigh.times(bLow)).plus(aLow.times(bHigh))
  return { high, low: rest.plus(aLow.times(bLow)) }
}

function halves(x: FloatExpression): [FloatExpression, FloatExpression] {
  const high = x.bits().and(-4096).asFloat()
  return [high, x.minus(high)]
}

/** log m for m in [sqrt(1/2), sqrt(2)) to about 2^-32, as 2 artanh((m - 1) / (m + 1)). */
function preciseLog(m: FloatExpression): DoubleFloat {
  const f = m.minus(1)
  const divisor = f.plus(2)
  const s = f.over(divisor)
  const back = exactProduct(s, divisor)
  const divisorError = f.minus(divisor.minus(2))
  const remainder = f.minus(back.high).minus(back.low).minus(s.times(divisorError))
  const sLow = remainder.over(divisor)
  const square = s.times(s)
  const series = polynomial(square, [2 / 13, 2 / 11, 2 / 9, 2 / 7, 2 / 5, 2 / 3])
  return exactSum(s.plus(s), sLow.plus(sLow).plus(series.times(square).times(s)))
}

/** |x|^y for positive finite x: exp(y log x) with the logarithm in twice the precision. */
function positivePower(x: FloatExpression, y: FloatExpression): FloatExpression {
  const { m, e } = mantissaAndExponent(x)
  const logM = preciseLog(m)
  const scaled = exactSum(e.times(LN2_HIGH), logM.high)
  const whole = e.equal(0).select(logM.high, scaled.high)
  const part = e.equal(0).select(logM.low, scaled.low.plus(logM.low).plus(e.times(LN2_LOW)))
  const logX = exactSum(whole, part)
  // Beyond 2^40 every power of what is not 1 overflows or vanishes.
  const bounded = y.atMost(2 ** 40).atLeast(-(2 ** 40))
  const product = exactProduct(bounded, logX.high)
  const low = product.low.plus(bounded.times(logX.low))
  const result = exp(product.high)
  const corrected = result.plus(result.times(low))
  return result.greater(0).and(result.less(Number.POSITIVE_INFINITY)).select(corrected, result)
}

/** x to the power of y, with the special cases of IEEE 754's pow. */
export function pow(x: FloatExpression, exponent: FloatOperand): FloatExpression {
  if (exponent === 1) return x
  if (exponent === 2) return x.times(x)
  if (exponent === 3) return x.times(x).times(x)
  if (exponent === -1) return x.constant(1).over(x)
  if (exponent === 0) return x.constant(1)
  const y = typeof exponent === 'number' ? x.constant(exponent) : exponent
  const magnitude = x.abs()
  const infinity = x.constant(Number.POSITIVE_INFINITY)
  const ofEnds = (growing: FloatExpression, shrinking: FloatExpression) =>
    y.greater(0).select(growing, y.less(0).select(shrinking, 1))
  const zero = x.constant(0)
  let value = positivePower(magnitude, y)
  value = magnitude.equal(0).select(ofEnds(zero, infinity), value)
  value = magnitude.equal(infinity).select(ofEnds(infinity, zero), value)
  const isInteger = y.floor().equal(y)
  const half = y.times(0.5)
  const isOdd = isInteger.and(half.floor().notEqual(half))
  // A sign bit, of -0 too: only odd powers keep it.
  const negative = x.bits().less(0)
  value = negative.and(isOdd).select(value.negate(), value)
  const invalid = x.less(0).and(isInteger.not()).and(magnitude.less(infinity))
  value = invalid.or(x.isNaN()).or(y.isNaN()).select(Number.NaN, value)
  return x.equal(1).or(y.equal(0)).select(1, value)
}
