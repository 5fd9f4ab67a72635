// The geometry of two-dimensional windows that slide over images: what convolution and pooling kernels read.
import type { Address } from './memory.ts'

/**
 * Windows over images [images, channels, rows, columns]. Entry [row, column] of the output sees, at place [r, c] of its
 * window, entry [row * strideRows - padTop + r * dilationRows, ...] of the input; outside the image there is padding.
 */
export interface WindowGeometry {
  readonly images: number
  readonly channels: number
  readonly rows: number
  readonly columns: number
  /** Channels of the output; for pooling those of the input. */
  readonly filters: number
  readonly windowRows: number
  readonly windowColumns: number
  readonly outRows: number
  readonly outColumns: number
  readonly strideRows: number
  readonly strideColumns: number
  readonly padTop: number
  readonly padLeft: number
  readonly dilationRows: number
  readonly dilationColumns: number
}

/** Order in which a geometry's numbers lie in memory, as int32. */
const fields = [
  ...(['images', 'channels', 'rows', 'columns', 'filters'] as const),
  ...(['windowRows', 'windowColumns', 'outRows', 'outColumns'] as const),
  ...(['strideRows', 'strideColumns', 'padTop', 'padLeft', 'dilationRows', 'dilationColumns'] as const),
]

/** Entries of the int32 record of a geometry. */
export const GEOMETRY_ENTRIES = fields.length

export function writeGeometry(int32: Int32Array, address: Address, geometry: WindowGeometry): void {
  for (const [i, field] of fields.entries()) int32[(address >>> 2) + i] = geometry[field]
}

export function readGeometry(int32: Int32Array, address: Address): WindowGeometry {
  const entries = fields.map((field, i) => [field, int32[(address >>> 2) + i]!])
  return Object.fromEntries(entries) as unknown as WindowGeometry
}

/**
 * Bytes of scratch that the convolution kernels need: for one image its input and its output, both with a border as wide
 * as the window's reach, and for every weight its place, its copy and a vector of sums.
 */
export function convolutionScratch(geometry: WindowGeometry): number {
  const { channels, rows, columns, filters, windowRows, windowColumns, outRows, outColumns } = geometry
  const { strideRows, strideColumns, dilationRows, dilationColumns } = geometry
  const [reachRows, reachColumns] = [windowRows * dilationRows, windowColumns * dilationColumns]
  const image =
    (Math.max(rows, outRows * strideRows) + 2 * reachRows) *
    (Math.max(columns, outColumns * strideColumns) + 2 * reachColumns + 2 * strideColumns)
  const planes = roundUp(channels) + roundUp(filters)
  const weights = roundUp(filters) * roundUp(channels) * windowRows * windowColumns
  return 1024 + 4 * image * planes + 24 * (weights + 4 * planes)
}

/** The next multiple of four: kernels work on four channels at a time. */
function roundUp(channels: number): number {
  return Math.ceil(channels / 4) * 4
}
