// Lists of the non-zero entries of a mostly-zero matrix: the rows' ends, column indices, values (see the contract).

/** Where the column indices of a list of rows x columns entries are. */
// @ts-ignore: decorator
@inline
export function indicesOf(list: usize, rows: i32): usize {
  return list + (<usize>rows << 2)
}

/** Where its values are. */
// @ts-ignore: decorator
@inline
export function valuesOf(list: usize, rows: i32, columns: i32): usize {
  return indicesOf(list, rows) + ((<usize>rows * <usize>columns + 4) << 2)
}

/** For each set of four lanes, as a bit mask: the byte shuffle that moves the lanes of the set to the front. */
const COMPACTIONS: usize = memory.data<u8>(
  [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0,
    8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0,
    4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0,
    12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
    4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0,
    8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0,
    4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
  ],
  16,
)

/** Appends the non-zero ones of four numbers without a branch; returns how many bytes each list grew. */
// @ts-ignore: decorator
@inline
function append(x: v128, columns: v128, index: usize, value: usize): usize {
  const present = i32x4.bitmask(f32x4.ne(x, f32x4.splat(0)))
  const compaction = v128.load(COMPACTIONS + (<usize>present << 4))
  v128.store(value, i8x16.swizzle(x, compaction))
  v128.store(index, i8x16.swizzle(columns, compaction))
  return <usize>popcnt(present) << 2
}

export function listNonZeros(x: usize, list: usize, rows: i32, columns: i32): void {
  const indices = indicesOf(list, rows)
  const values = valuesOf(list, rows, columns)
  const four = i32x4.splat(4)
  let at: usize = 0
  for (let row = 0; row < rows; row++, list += 4) {
    let column = 0
    let lanes = i32x4(0, 1, 2, 3)
    for (; column + 4 <= columns; column += 4, x += 16) {
      at += append(v128.load(x), lanes, indices + at, values + at)
      lanes = i32x4.add(lanes, four)
    }
    for (; column < columns; column++, x += 4) {
      const value = load<f32>(x)
      store<f32>(values + at, value)
      store<i32>(indices + at, column)
      at += value != 0 ? 4 : 0
    }
    store<i32>(list, <i32>(at >> 2))
  }
}
