// What the SIMD kernels share.

/** a * b + c per lane: fused where relaxed SIMD is compiled in. For gradient kernels only, never for simulation. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c)
  return f32x4.add(c, f32x4.mul(a, b))
}

/** The lanes of x, with |lane| < 1e-20 set to 0: nothing may decay into denormals, which are thirty times slower. */
// @ts-ignore: decorator
@inline
export function flushTiny(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(1e-20)))
}

/** The lanes of x, with |lane| < 1e-12 set to 0: a decaying variable of a simulation that has faded. */
// @ts-ignore: decorator
@inline
export function flushFaded(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(1e-12)))
}
