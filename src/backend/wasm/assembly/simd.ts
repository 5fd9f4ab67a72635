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

const slot = memory.data(16, 16)

/**
 * x in all four lanes, by way of memory. V8 places a plain splat where it is used, inside the loop, and spends a third of
 * a neuron step on broadcasting constants; a load stays where it is written, before the loop. (Measured on Node 20: 400
 * conductance neurons 768 ns with splats, 611 ns so; on Node 24 576 and 562 ns.)
 */
// @ts-ignore: decorator
@inline
export function pinned(x: f32): v128 {
  store<f32>(slot, x)
  return v128.load32_splat(slot)
}

/** The lanes of x, those with |lane| < 1e-12 set to 0, given `pinned` constants. */
// @ts-ignore: decorator
@inline
export function flushFaded(x: v128, faded: v128, magnitude: v128): v128 {
  return v128.andnot(x, f32x4.lt(v128.and(x, magnitude), faded))
}

export const FADED: f32 = 1e-12
/** All bits but the sign, as a float to be pinned. */
export const MAGNITUDE: u32 = 0x7fffffff
