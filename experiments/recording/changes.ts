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

/** How a row is told anew: by what changes, modulo 16, or as it is. */
const CHANGE = 0
const WHOLE = 1

/** What telling a row takes, in bytes before compression: by its change, and whole. */
function costs(
  { levels, starts }: Rows,
  next: Uint8Array,
  zero: number,
  row: number,
): { change: number; whole: number } {
  let [change, whole] = [0, 0]
  for (let i = starts[row]!; i < starts[row + 1]!; i++) {
    if (next[i] !== levels[i]) change++
    if (next[i] !== zero) whole++
  }
  return { change, whole }
}

/** What a row takes beside its levels. */
const ROW_OVERHEAD = 6

/** What is told of rows: how far each has moved, and their next levels; `zero` is the level that most weights have. */
export interface Movement {
  readonly moved: Float32Array
  readonly next: Uint8Array
  readonly zero: number
}

/**
 * The rows that moved most, as many as fit into `bytes`, ascending. The row `first` comes before all others.
 */
export function chooseRows(rows: Rows, { moved, next, zero }: Movement, bytes: number, first = -1): number[] {
  const candidates: number[] = []
  for (let row = 0; row < moved.length; row++) if (moved[row]! >= 1 && row !== first) candidates.push(row)
  candidates.sort((a, b) => moved[b]! - moved[a]!)
  if ((moved[first] ?? 0) >= 1) candidates.unshift(first)
  const chosen: number[] = []
  let left = bytes
  for (const row of candidates) {
    if (left <= 0) break
    const { change, whole } = costs(rows, next, zero, row)
    left -= Math.min(change, whole) + ROW_OVERHEAD
    if (left >= 0) chosen.push(row)
  }
  return chosen.sort((a, b) => a - b)
}

/** Writes the next levels of these rows, each in the shorter way, and takes them over. */
export function writeRows(
  writer: ByteWriter,
  rows: Rows,
  { next, zero }: Pick<Movement, 'next' | 'zero'>,
  chosen: readonly number[],
): void {
  const { levels, starts } = rows
  writePlaces(writer, chosen)
  for (const row of chosen) {
    const start = starts[row]!
    const end = starts[row + 1]!
    const { change, whole } = costs(rows, next, zero, row)
    const how = whole < change ? WHOLE : CHANGE
    writer.uint8(how)
    writeRuns(writer, i => (next[start + i]! - (how === WHOLE ? zero : levels[start + i]!)) & 15, end - start)
    levels.set(next.subarray(start, end), start)
  }
}

/** Reads what `writeRows` wrote; returns the rows. Levels stay up to `most`. */
export function readRows(reader: ByteReader, { levels, starts }: Rows, zero: number, most: number): number[] {
  const rows = readPlaces(reader, starts.length - 1)
  for (const row of rows) {
    const start = starts[row]!
    const end = starts[row + 1]!
    const how = reader.uint8()
    if (how > WHOLE) throw damaged('a row told in an unknown way')
    if (how === WHOLE) levels.fill(zero, start, end)
    readRuns(reader, end - start, (i, change) => {
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
