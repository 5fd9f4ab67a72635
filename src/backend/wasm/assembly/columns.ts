// Choosing entries of rows: the k largest, and gathering and scattering by a column index for each entry.

/** Whether a comes before b among the largest; NaN comes last. */
// @ts-ignore: decorator
@inline
function before(a: f32, b: f32): bool {
  return a > b || (b != b && a == a)
}

// @ts-ignore: decorator
@inline
function entryAt(x: usize, index: usize): f32 {
  return load<f32>(x + (<usize>load<i32>(index) << 2))
}

/** Inserts each column into the sorted list of those seen before, which keeps k. */
export function topK(x: usize, indices: usize, rows: i32, columns: i32, k: i32): void {
  const step = <usize>columns << 2
  for (let row = 0; row < rows; row++, x += step, indices += <usize>k << 2) {
    let count = 0
    for (let column = 0; column < columns; column++) {
      const value = load<f32>(x + (<usize>column << 2))
      let place = indices + (<usize>count << 2)
      if (count < k) count++
      else if (before(value, entryAt(x, place - 4))) place -= 4
      else continue
      for (; place > indices && before(value, entryAt(x, place - 4)); place -= 4) {
        store<i32>(place, load<i32>(place - 4))
      }
      store<i32>(place, column)
    }
  }
}

export function gatherColumns(x: usize, indices: usize, out: usize, rows: i32, columns: i32, count: i32): void {
  for (let row = 0; row < rows; row++, x += <usize>columns << 2) {
    for (let i = 0; i < count; i++, indices += 4, out += 4) store<f32>(out, entryAt(x, indices))
  }
}

export function scatterAddColumns(x: usize, indices: usize, out: usize, rows: i32, columns: i32, count: i32): void {
  for (let row = 0; row < rows; row++, out += <usize>columns << 2) {
    for (let i = 0; i < count; i++, indices += 4, x += 4) {
      const target = out + (<usize>load<i32>(indices) << 2)
      store<f32>(target, load<f32>(target) + load<f32>(x))
    }
  }
}
