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

/** Most entries that a list sorted by insertion holds; a longer one is a heap. */
const INSERTED: i32 = 32

/** Inserts each column into the sorted list of those seen before, which keeps k. */
function topOfRowByInsertion(x: usize, indices: usize, columns: i32, k: i32): void {
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

/** Whether column a comes after column b: its entry is smaller, or equal and further on. */
// @ts-ignore: decorator
@inline
function after(x: usize, a: i32, b: i32): bool {
  const left = load<f32>(x + (<usize>a << 2))
  const right = load<f32>(x + (<usize>b << 2))
  return before(right, left) || (a > b && !before(left, right))
}

/** Puts `column` at `place` of a heap of `count` columns whose last in order is on top, or below, where it belongs. */
function sink(x: usize, heap: usize, count: i32, place: i32, column: i32): void {
  for (let child = 2 * place + 1; child < count; child = 2 * place + 1) {
    let lower = load<i32>(heap + (<usize>child << 2))
    if (child + 1 < count) {
      const other = load<i32>(heap + (<usize>child << 2), 4)
      if (after(x, other, lower)) {
        lower = other
        child++
      }
    }
    if (!after(x, lower, column)) break
    store<i32>(heap + (<usize>place << 2), lower)
    place = child
  }
  store<i32>(heap + (<usize>place << 2), column)
}

/** Keeps the k first in order in a heap, whose top gives way to a better column; then sorts it. */
function topOfRowByHeap(x: usize, indices: usize, columns: i32, k: i32): void {
  for (let column = 0; column < k; column++) store<i32>(indices + (<usize>column << 2), column)
  for (let place = (k >> 1) - 1; place >= 0; place--) {
    sink(x, indices, k, place, load<i32>(indices + (<usize>place << 2)))
  }
  for (let column = k; column < columns; column++) {
    if (before(load<f32>(x + (<usize>column << 2)), entryAt(x, indices))) sink(x, indices, k, 0, column)
  }
  for (let last = k - 1; last > 0; last--) {
    const end = indices + (<usize>last << 2)
    const column = load<i32>(end)
    store<i32>(end, load<i32>(indices))
    sink(x, indices, last, 0, column)
  }
}

export function topK(x: usize, indices: usize, rows: i32, columns: i32, k: i32): void {
  for (let row = 0; row < rows; row++, x += <usize>columns << 2, indices += <usize>k << 2) {
    if (k <= INSERTED) topOfRowByInsertion(x, indices, columns, k)
    else topOfRowByHeap(x, indices, columns, k)
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
