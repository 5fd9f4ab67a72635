// Half precision (IEEE 754 binary16): three decimal digits in two bytes.

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/** The bits of the half nearest to a number, ties to even; beyond 65504 infinity. */
export function toHalf(value: number): number {
  float[0] = value
  const word = bits[0]!
  const sign = (word >>> 16) & 0x8000
  const magnitude = word & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  // From here on rounding up reaches infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  if (magnitude >= 0x38800000) {
    const shifted = magnitude - 0x38000000
    return sign | ((shifted + 0xfff + ((shifted >>> 13) & 1)) >>> 13)
  }
  // Below 2^-14 halves are multiples of 2^-24; adding 0.5 to the float lines its last bit up with them.
  float[0] = Math.abs(value) + 0.5
  return sign | (bits[0]! - 0x3f000000)
}

export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 31
  const fraction = half & 0x3ff
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
