// The named numbers of a frame in a message: by the names that the file lists, so that fields may come and go between versions.
import { CLASSES } from '../learners/common.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { damaged } from './errors.ts'

/** Most fields that a kind of frame may have. */
export const MOST_FIELDS = 64

export function writeFields(writer: ByteWriter, header: Float64Array): void {
  writer.varint(header.length)
  for (const value of header) writer.number(value)
}

/** Reads as many numbers as the file has names. */
export function readFields(reader: ByteReader, count: number): number[] {
  if (reader.varint(MOST_FIELDS) !== count)
    throw damaged('a message has another number of fields than it names')
  return Array.from({ length: count }, () => reader.number())
}

/** Where each of the file's fields goes in a frame's header, -1 for one that is no more. */
export function fieldPlaces(named: readonly string[], known: readonly string[]): readonly number[] {
  return named.map(name => known.indexOf(name))
}

/** Puts the file's numbers where they belong; fields that the file does not have stay 0. */
export function putFields(values: readonly number[], places: readonly number[], header: Float64Array): void {
  places.forEach((place, index) => {
    if (place >= 0) header[place] = values[index]!
  })
}

/** A label or a prediction that is no class becomes -1, none. */
export function keepClasses(frame: { label: number; predicted: number }): void {
  const isClass = (value: number) => Number.isInteger(value) && value >= 0 && value < CLASSES
  if (!isClass(frame.label)) frame.label = -1
  if (!isClass(frame.predicted)) frame.predicted = -1
}
