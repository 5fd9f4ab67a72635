// The variable-length integers of WebAssembly's binary format.

/** An unsigned 32-bit integer in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value >>> 0; ; rest >>>= 7) {
    if (rest <= 0x7f) return [...bytes, rest]
    bytes.push((rest & 0x7f) | 0x80)
  }
}
