// Which neurons the rows of the raster hold, told beside it as "n to m of N".

/** How the neurons share the rows of the raster. */
export interface RasterRows {
  readonly neurons: number
  readonly rows: number
  /** Neurons that share a row: 1 where each has its own. */
  readonly neuronsPerRow: number
}

export interface ArrangedRows extends RasterRows {
  /** The row of each neuron, [neurons]. */
  readonly rowOf: Uint16Array
}

/** Places in the raster's order, which is by digit, counted from 1. */
export interface RasterRange {
  readonly first: number
  readonly last: number
  readonly total: number
}

/** What is in the rows from one to another, by default in all of them. */
export function rasterRange(
  { neurons, rows, neuronsPerRow }: RasterRows,
  from = 0,
  to = rows - 1,
): RasterRange {
  return {
    first: from * neuronsPerRow + 1,
    last: Math.min((to + 1) * neuronsPerRow, neurons),
    total: neurons,
  }
}
