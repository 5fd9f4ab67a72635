// Copies of 32-bit words between strided arrays: transposes, slices, joins and everything that only moves entries.

/** Rows of a transposed block: sixteen entries, a cache line of x. */
const BLOCK: i32 = 16

/** n neighbours, four at a time. */
// @ts-ignore: decorator
@inline
function copyNeighbours(x: usize, out: usize, n: i32): void {
  const end = x + (<usize>n << 2)
  const vectorEnd = x + (<usize>(n & ~3) << 2)
  for (; x < vectorEnd; x += 16, out += 16) v128.store(out, v128.load(x))
  for (; x < end; x += 4, out += 4) store<i32>(out, load<i32>(x))
}

/** Four rows by four columns: neighbours down a column of x become neighbours in a row of out. Strides in bytes. */
// @ts-ignore: decorator
@inline
function transposeTile(x: usize, xColumn: isize, out: usize, outRow: isize): void {
  const a = v128.load(x)
  const b = v128.load(x + xColumn)
  const c = v128.load(x + xColumn * 2)
  const d = v128.load(x + xColumn * 3)
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5)
  const cd = i32x4.shuffle(c, d, 0, 4, 1, 5)
  const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7)
  const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7)
  v128.store(out, i64x2.shuffle(ab, cd, 0, 2))
  v128.store(out + outRow, i64x2.shuffle(ab, cd, 1, 3))
  v128.store(out + outRow * 2, i64x2.shuffle(abHigh, cdHigh, 0, 2))
  v128.store(out + outRow * 3, i64x2.shuffle(abHigh, cdHigh, 1, 3))
}

/** One word at a time; strides in bytes. */
function copyWords(
  x: usize,
  out: usize,
  rows: i32,
  columns: i32,
  xRow: isize,
  xColumn: isize,
  outRow: isize,
  outColumn: isize,
): void {
  for (let row = 0; row < rows; row++, x += xRow, out += outRow) {
    let from = x
    let to = out
    for (let column = 0; column < columns; column++, from += xColumn, to += outColumn) {
      store<i32>(to, load<i32>(from))
    }
  }
}

/** Rows that are neighbours in x, columns that are neighbours in out. */
function transposeMatrix(x: usize, out: usize, rows: i32, columns: i32, xColumn: isize, outRow: isize): void {
  const wholeRows = rows & ~3
  const wholeColumns = columns & ~3
  for (let block = 0; block < wholeRows; block += BLOCK) {
    const end = min(block + BLOCK, wholeRows)
    for (let column = 0; column < wholeColumns; column += 4) {
      for (let row = block; row < end; row += 4) {
        const from = x + (<usize>row << 2) + xColumn * <isize>column
        transposeTile(from, xColumn, out + outRow * <isize>row + (<usize>column << 2), outRow)
      }
    }
  }
  const right = columns - wholeColumns
  const from = x + xColumn * <isize>wholeColumns
  copyWords(from, out + (<usize>wholeColumns << 2), wholeRows, right, 4, xColumn, outRow, 4)
  const below = out + outRow * <isize>wholeRows
  copyWords(x + (<usize>wholeRows << 2), below, rows - wholeRows, columns, 4, xColumn, outRow, 4)
}

function copyMatrix(
  x: usize,
  out: usize,
  rows: i32,
  columns: i32,
  xRow: isize,
  xColumn: isize,
  outRow: isize,
  outColumn: isize,
): void {
  if (outColumn == 4 && xColumn == 4) {
    for (let row = 0; row < rows; row++, x += xRow, out += outRow) copyNeighbours(x, out, columns)
  } else if (outColumn == 4 && xRow == 4) {
    transposeMatrix(x, out, rows, columns, xColumn, outRow)
  } else {
    copyWords(x, out, rows, columns, xRow, xColumn, outRow, outColumn)
  }
}

export function copyStrided(
  x: usize,
  out: usize,
  length0: i32,
  length1: i32,
  length2: i32,
  length3: i32,
  x0: i32,
  x1: i32,
  x2: i32,
  x3: i32,
  out0: i32,
  out1: i32,
  out2: i32,
  out3: i32,
): void {
  for (let i = 0; i < length0; i++, x += <isize>x0 << 2, out += <isize>out0 << 2) {
    let from = x
    let to = out
    for (let j = 0; j < length1; j++, from += <isize>x1 << 2, to += <isize>out1 << 2) {
      copyMatrix(
        from,
        to,
        length2,
        length3,
        <isize>x2 << 2,
        <isize>x3 << 2,
        <isize>out2 << 2,
        <isize>out3 << 2,
      )
    }
  }
}
