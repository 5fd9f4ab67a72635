// Copies of matrix operands in the order in which the product's tiles read them.

/** Columns of one packed panel of b: two vectors. */
export const PANEL: i32 = 8

/** Packs `depth` rows of b as panels of eight columns, each panel contiguous, missing columns zero. */
export function pack(b: usize, bRow: usize, bColumn: usize, n: i32, depth: i32, packed: usize): void {
  for (let column = 0; column < n; column += PANEL) {
    const width = min(PANEL, n - column)
    let at = b + <usize>column * bColumn
    for (let p = 0; p < depth; p++, at += bRow, packed += 32) {
      if (width == PANEL && bColumn == 4) {
        v128.store(packed, v128.load(at))
        v128.store(packed, v128.load(at, 16), 16)
      } else {
        for (let j = 0; j < PANEL; j++) {
          const value: f32 = j < width ? load<f32>(at + <usize>j * bColumn) : 0
          store<f32>(packed + (<usize>j << 2), value)
        }
      }
    }
  }
}

/** Packs six adjacent columns of a row-major matrix, so that reading them down a column does not stride. */
export function packStrip(a: usize, aColumn: usize, depth: i32, strip: usize): void {
  for (let p = 0; p < depth; p++, a += aColumn, strip += 24) {
    v128.store(strip, v128.load(a))
    store<u64>(strip, load<u64>(a, 16), 16)
  }
}
