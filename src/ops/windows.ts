// Windows that slide over the rows and columns of images: the options that convolution and pooling share, as a geometry.
import { GEOMETRY_ENTRIES, type WindowGeometry, writeGeometry } from '../backend/geometry.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { formatShape, type Shape } from '../shape.ts'
import { Tensor } from '../tensor.ts'

/**
 * One number for rows and columns alike, or [rows, columns].
 *
 * @example
 * ```ts
 * import { maxPool2d, type RowsColumns, zeros } from 'spikegrad'
 * const size: RowsColumns = [2, 3]
 * maxPool2d(zeros([1, 1, 6, 6]), { size }).shape // [1, 1, 3, 2]
 * ```
 */
export type RowsColumns = number | readonly [rows: number, columns: number]

/** How windows are placed; rows first, then columns. */
export interface Placement {
  readonly window: RowsColumns
  readonly stride: RowsColumns
  readonly padding: RowsColumns | 'same'
  readonly dilation: RowsColumns
}

/** The kernels count in int32. */
const MOST = 2 ** 31 - 1

/** [rows, columns], each an integer of at least `least`. */
function pairOf(
  operation: string,
  what: string,
  value: RowsColumns,
  least: number,
): readonly [number, number] {
  const pair: readonly unknown[] = Array.isArray(value) ? value : [value, value]
  const valid = pair.length === 2 && pair.every(part => Number.isSafeInteger(part) && Number(part) >= least)
  if (!valid) {
    throw new InvalidArgumentError(
      `${operation}: ${what} is an integer of at least ${least}, or two for rows and columns, got ${JSON.stringify(value)}`,
    )
  }
  const [rows, columns] = pair as readonly [number, number]
  if (Math.max(rows, columns) <= MOST) return [rows, columns]
  throw new InvalidArgumentError(`${operation}: ${what} is at most ${MOST}, got ${JSON.stringify(value)}`)
}

/** Along one axis: places of the window, and padding before the first entry. */
function placesOf(length: number, reach: number, stride: number, padding: number | 'same'): [number, number] {
  if (padding !== 'same') return [Math.floor((length + 2 * padding - reach) / stride) + 1, padding]
  const places = Math.ceil(length / stride)
  const total = Math.max((places - 1) * stride + reach - length, 0)
  return [places, Math.floor(total / 2)]
}

/**
 * The geometry of windows over images of `shape` [images, channels, rows, columns].
 * @throws InvalidArgumentError when a size, stride, padding or dilation is not a suitable integer or pair, or they are too
 * large together.
 * @throws ShapeError when `shape` has another rank, or the window does not fit into the padded image.
 */
export function geometryOf(
  operation: string,
  shape: Shape,
  filters: number,
  placement: Placement,
): WindowGeometry {
  const [images, channels, rows, columns] = shape
  if (shape.length !== 4 || columns === undefined) {
    throw new ShapeError(
      `${operation}: expected images [images, channels, rows, columns], got shape ${formatShape(shape)}`,
    )
  }
  const pair = (what: Exclude<keyof Placement, 'padding'>) =>
    pairOf(operation, what === 'window' ? 'size' : what, placement[what], 1)
  const [[windowRows, windowColumns], [strideRows, strideColumns], [dilationRows, dilationColumns]] = [
    pair('window'),
    pair('stride'),
    pair('dilation'),
  ]
  const { padding } = placement
  if (typeof padding === 'string' && padding !== 'same') {
    throw new InvalidArgumentError(
      `${operation}: padding is numbers or 'same', got ${JSON.stringify(padding)}`,
    )
  }
  const [padRows, padColumns] =
    padding === 'same' ? ([padding, padding] as const) : pairOf(operation, 'padding', padding, 0)
  const reach = [(windowRows - 1) * dilationRows + 1, (windowColumns - 1) * dilationColumns + 1] as const
  const [outRows, padTop] = placesOf(rows!, reach[0], strideRows, padRows)
  const [outColumns, padLeft] = placesOf(columns, reach[1], strideColumns, padColumns)
  if (outRows < 1 || outColumns < 1) {
    throw new ShapeError(
      `${operation}: a window that spans ${reach[0]} x ${reach[1]} entries does not fit into images of shape ` +
        `${formatShape(shape)} with padding ${padRows} x ${padColumns}`,
    )
  }
  const most = Math.max(
    rows! + 2 * padTop,
    columns + 2 * padLeft,
    (outRows - 1) * strideRows + reach[0],
    (outColumns - 1) * strideColumns + reach[1],
  )
  if (most > MOST) {
    throw new InvalidArgumentError(
      `${operation}: windows over a padded image span at most ${MOST} entries along an axis, got ${most} for images of shape ` +
        `${formatShape(shape)}, windows that span ${reach[0]} x ${reach[1]} and padding ${padTop} x ${padLeft}`,
    )
  }
  return {
    ...{ images: images!, channels: channels!, rows: rows!, columns, filters },
    ...{ windowRows, windowColumns, outRows, outColumns, padTop, padLeft },
    // A step that is never taken takes no room either.
    strideRows: outRows === 1 ? 1 : strideRows,
    strideColumns: outColumns === 1 ? 1 : strideColumns,
    dilationRows: windowRows === 1 ? 1 : dilationRows,
    dilationColumns: windowColumns === 1 ? 1 : dilationColumns,
  }
}

/** The geometry as the kernels read it, in the backend of `beside`. */
export function geometryRecord(beside: Tensor, geometry: WindowGeometry): Tensor {
  const record = new Tensor([GEOMETRY_ENTRIES], 'int32', beside.backend)
  writeGeometry(record.backend.memory.int32, record.address, geometry)
  return record
}
