// exp and log of four lanes, by Cephes' single-precision polynomials; at most about two units in the last place off.

/**
 * exp per lane (Cephes expf): x = n log 2 + r, exp(x) = 2^n exp(r). 2^n is applied in two factors, so results
 * fade through the denormals to 0 and overflow to infinity as they should; NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function expLanes(lanes: v128): v128 {
  const x = f32x4.max(f32x4.min(lanes, f32x4.splat(89.0)), f32x4.splat(-105.0))
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)))
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)))
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)))
  let y = f32x4.splat(1.9875691500e-4)
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.3981999507e-3))
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(8.3334519073e-3))
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(4.1665795894e-2))
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.6666665459e-1))
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(5.0000001201e-1))
  y = f32x4.add(f32x4.add(f32x4.mul(y, f32x4.mul(r, r)), r), f32x4.splat(1.0))
  const power = i32x4.trunc_sat_f32x4_s(n)
  const half = i32x4.shr_s(power, 1)
  return f32x4.mul(f32x4.mul(y, powerOfTwo(half)), powerOfTwo(i32x4.sub(power, half)))
}

/** 2^n per lane for integers n from -126 to 127, by writing the exponent's bits. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23)
}

/**
 * Natural logarithm per lane (Cephes logf): x = m 2^e with m in [sqrt(1/2), sqrt(2)), log x = log m + e log 2.
 * Right for denormals; log 0 = -infinity, of a negative number NaN, of infinity infinity.
 */
// @ts-ignore: decorator
@inline
export function logLanes(lanes: v128): v128 {
  const one = f32x4.splat(1.0)
  const denormal = f32x4.lt(lanes, f32x4.splat(1.17549435e-38))
  const x = v128.bitselect(f32x4.mul(lanes, f32x4.splat(8388608.0)), lanes, denormal)
  let e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)))
  e = f32x4.sub(e, v128.and(denormal, f32x4.splat(23.0)))
  let m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), f32x4.splat(0.5))
  const small = f32x4.lt(m, f32x4.splat(0.707106781186547524))
  e = f32x4.sub(e, v128.and(small, one))
  m = f32x4.sub(f32x4.add(m, v128.and(small, m)), one)
  const square = f32x4.mul(m, m)
  let y = f32x4.splat(7.0376836292e-2)
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(-1.1514610310e-1))
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(1.1676998740e-1))
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(-1.2420140846e-1))
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(1.4249322787e-1))
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(-1.6668057665e-1))
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(2.0000714765e-1))
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(-2.4999993993e-1))
  y = f32x4.add(f32x4.mul(y, m), f32x4.splat(3.3333331174e-1))
  y = f32x4.mul(f32x4.mul(y, m), square)
  y = f32x4.add(y, f32x4.mul(e, f32x4.splat(-2.12194440e-4)))
  y = f32x4.sub(y, f32x4.mul(square, f32x4.splat(0.5)))
  const finite = f32x4.add(f32x4.add(m, y), f32x4.mul(e, f32x4.splat(0.693359375)))
  return specialLogs(lanes, finite)
}

/** Puts the logarithms of 0, infinity, negative numbers and NaN where they belong. */
// @ts-ignore: decorator
@inline
function specialLogs(x: v128, finite: v128): v128 {
  const infinity = f32x4.splat(f32.POSITIVE_INFINITY)
  let y = v128.bitselect(infinity, finite, f32x4.eq(x, infinity))
  y = v128.bitselect(f32x4.splat(f32.NEGATIVE_INFINITY), y, f32x4.eq(x, f32x4.splat(0.0)))
  return v128.bitselect(y, f32x4.splat(f32.NaN), f32x4.ge(x, f32x4.splat(0.0)))
}

/** exp of one number, the same as a lane of `expLanes`. */
// @ts-ignore: decorator
@inline
export function expScalar(x: f32): f32 {
  return f32x4.extract_lane(expLanes(f32x4.splat(x)), 0)
}

/** log of one number, the same as a lane of `logLanes`. */
// @ts-ignore: decorator
@inline
export function logScalar(x: f32): f32 {
  return f32x4.extract_lane(logLanes(f32x4.splat(x)), 0)
}
