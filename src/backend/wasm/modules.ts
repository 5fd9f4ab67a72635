// The compiled kernels as bytes. The relaxed module is embedded as what it does not share with the other.
import { relaxedSimdBytes, relaxedSimdStretches, simdBytes } from './generated.ts'

/** Hexadecimal, which a server's compression shrinks more than base64: its digits keep to the bytes. */
function decode(digits: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(digits.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** The module's bytes, as build.mjs compiled them. */
export function moduleBytes(name: 'wasm-simd' | 'wasm-relaxed-simd'): Uint8Array<ArrayBuffer> {
  const shared = decode(simdBytes)
  if (name === 'wasm-simd') return shared
  const own = decode(relaxedSimdBytes)
  const parts: Uint8Array[] = []
  let taken = 0
  let length = 0
  for (const [count, start, end] of relaxedSimdStretches) {
    parts.push(own.subarray(taken, taken + count), shared.subarray(start, end))
    taken += count
    length += count + end - start
  }
  const bytes = new Uint8Array(length)
  let filled = 0
  for (const part of parts) {
    bytes.set(part, filled)
    filled += part.length
  }
  return bytes
}
