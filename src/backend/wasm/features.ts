// Feature tests: smallest modules that use SIMD and relaxed SIMD; an engine that validates them has the feature.

/** (module (func (result v128) i32.const 0 i8x16.splat)) */
const SIMD_MODULE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11],
)

/** (module (func (result v128) three times i32.const 0 i8x16.splat, then f32x4.relaxed_madd)) */
const RELAXED_SIMD_MODULE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0],
  ...[65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 133, 2, 11],
)

function validates(bytes: Uint8Array<ArrayBuffer>): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytes)
}

export function simdWorks(): boolean {
  return validates(SIMD_MODULE)
}

export function relaxedSimdWorks(): boolean {
  return validates(RELAXED_SIMD_MODULE)
}
