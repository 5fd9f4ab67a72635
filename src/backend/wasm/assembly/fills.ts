// Filling and copying memory.

export function fill(out: usize, n: i32, value: f32): void {
  const end = out + (<usize>n << 2)
  const vectorEnd = out + (<usize>(n & ~3) << 2)
  const lanes = f32x4.splat(value)
  for (; out < vectorEnd; out += 16) v128.store(out, lanes)
  for (; out < end; out += 4) store<f32>(out, value)
}

export function copy(x: usize, out: usize, n: i32): void {
  memory.copy(out, x, <usize>n << 2)
}
