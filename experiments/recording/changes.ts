// What a frame changes in the state that a reader keeps: rows of weights, and lists of numbers that rarely change.
import type { ByteReader, ByteWriter } from './bytes.ts'
import { damaged } from './errors.ts'
import { differences, readPlaces, readRuns, writePlaces, writeRuns } from './runs.ts'

/** Rows of weights as levels; those of row r lie from `starts[r]` to `starts[r + 1]`. */
export interface Rows {
  readonly levels: Uint8Array
  readonly starts: Uint32Array
}

/** Rows of a number of layers: `units` rows of `inputs` weights each. */
export function layOutRows(layers: readonly { readonly units: number; readonly inputs: number }[]): Rows {
  const starts = [0]
  for (const { units, inputs } of layers) {
    for (let unit = 0; unit < units; unit++) starts.push(starts.at(-1)! + inputs)
  }
  return { levels: new Uint8Array(starts.at(-1)!), starts: Uint32Array.from(starts) }
}

/**
 * The rows that moved most, as many as fit into `bytes`, ascending; a row that moved takes about a byte a level. The row `first`
 * comes before all others.
 */
export function chooseRows(moved: Float32Array, bytes: number, first = -1): number[] {
  const candidates: number[] = []
  for (let row = 0; row < moved.length; row++) if (moved[row]! >= 1 && row !== first) candidates.push(row)
  candidates.sort((a, b) => moved[b]! - moved[a]!)
  if ((moved[first] ?? 0) >= 1) candidates.unshift(first)
  const chosen: number[] = []
  let left = bytes
  for (const row of candidates) {
    left -= moved[row]! + 4
    if (left < 0) break
    chosen.push(row)
  }
  return chosen.sort((a, b) => a - b)
}

/** Writes by how much, modulo 16, the levels of each of these rows change, and takes the new levels over. */
export function writeRows(
  writer: ByteWriter,
  { levels, starts }: Rows,
  next: Uint8Array,
  rows: readonly number[],
): void {
  writePlaces(writer, rows)
  for (const row of rows) {
    const start = starts[row]!
    const end = starts[row + 1]!
    writeRuns(writer, i => (next[start + i]! - levels[start + i]!) & 15, end - start)
    levels.set(next.subarray(start, end), start)
  }
}

/** Reads what `writeRows` wrote; returns the rows. Levels stay below `most`. */
export function readRows(reader: ByteReader, { levels, starts }: Rows, most: number): number[] {
  const rows = readPlaces(reader, starts.length - 1)
  for (const row of rows) {
    const start = starts[row]!
    readRuns(reader, starts[row + 1]! - start, (i, change) => {
      const level = (levels[start + i]! + change) & 15
      if (level > most) throw damaged('a weight beyond its largest level')
      levels[start + i] = level
    })
  }
  return rows
}

/** Writes where numbers differ from those before and by how much, and takes the new ones over. */
export function writeNumbers<A extends Uint8Array | Int8Array | Uint32Array>(
  writer: ByteWriter,
  before: A,
  now: A,
): void {
  const places = differences(before, now)
  writePlaces(writer, places)
  for (const place of places) {
    writer.signed(now[place]! - before[place]!)
    before[place] = now[place]!
  }
}

/** Reads what `writeNumbers` wrote; the numbers stay from `least` to `most`. */
export function readNumbers(
  reader: ByteReader,
  values: Uint8Array | Int8Array | Uint32Array,
  least: number,
  most: number,
): void {
  for (const place of readPlaces(reader, values.length)) {
    const value = values[place]! + reader.signed()
    if (value < least || value > most)
      throw damaged(`expected a number from ${least} to ${most}, found ${value}`)
    values[place] = value
  }
}
