// What the SIMD kernels share.

/** a * b + c per lane: fused where relaxed SIMD is compiled in. For gradient kernels only, never for simulation. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c)
  return f32x4.add(c, f32x4.mul(a, b))
}

/** The sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sumOfLanes(lanes: v128): f32 {
  const left = f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1)
  return left + (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
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
