// Moving whole rows: gathering by index, adding back by index, and gathering bytes as numbers.

export function gatherRows(x: usize, indices: usize, out: usize, count: i32, columns: i32): void {
  const bytes = <usize>columns << 2
  for (let i = 0; i < count; i++, out += bytes, indices += 4) {
    memory.copy(out, x + <usize>load<i32>(indices) * bytes, bytes)
  }
}

export function scatterAddRows(x: usize, indices: usize, out: usize, count: i32, columns: i32): void {
  const bytes = <usize>columns << 2
  for (let i = 0; i < count; i++, indices += 4) {
    let target = out + <usize>load<i32>(indices) * bytes
    const end = x + bytes
    const vectorEnd = x + (<usize>(columns & ~3) << 2)
    for (; x < vectorEnd; x += 16, target += 16) {
      v128.store(target, f32x4.add(v128.load(target), v128.load(x)))
    }
    for (; x < end; x += 4, target += 4) store<f32>(target, load<f32>(target) + load<f32>(x))
  }
}

/** Stores scale * the four bytes that `words` (int32 lanes) holds. */
// @ts-ignore: decorator
@inline
function storeScaled(out: usize, words: v128, scale: v128): void {
  v128.store(out, f32x4.mul(scale, f32x4.convert_i32x4_u(words)))
}

export function gatherByteRows(
  bytes: usize,
  indices: usize,
  out: usize,
  count: i32,
  columns: i32,
  scale: f32,
): void {
  const lanes = f32x4.splat(scale)
  for (let i = 0; i < count; i++, indices += 4) {
    let x = bytes + <usize>load<i32>(indices) * <usize>columns
    const end = x + <usize>columns
    const vectorEnd = x + <usize>(columns & ~15)
    for (; x < vectorEnd; x += 16, out += 64) {
      const sixteen = v128.load(x)
      const low = i16x8.extend_low_i8x16_u(sixteen)
      const high = i16x8.extend_high_i8x16_u(sixteen)
      storeScaled(out, i32x4.extend_low_i16x8_u(low), lanes)
      storeScaled(out + 16, i32x4.extend_high_i16x8_u(low), lanes)
      storeScaled(out + 32, i32x4.extend_low_i16x8_u(high), lanes)
      storeScaled(out + 48, i32x4.extend_high_i16x8_u(high), lanes)
    }
    for (; x < end; x++, out += 4) store<f32>(out, scale * <f32>load<u8>(x))
  }
}
