// Arrays that are mostly zero as few bytes: zeros as runs, and numbers of four bits packed.
import type { ByteReader, ByteWriter } from './bytes.ts'
import { damaged } from './errors.ts'

/** Writes bytes as: zeros skipped, how many others follow, those; until all are written. */
export function writeSparseBytes(writer: ByteWriter, values: Uint8Array): void {
  let position = 0
  while (position < values.length) {
    const start = position
    while (position < values.length && values[position] === 0) position++
    const first = position
    // A single zero inside costs less than the two counts of a new run.
    while (position < values.length && (values[position] !== 0 || (values[position + 1] ?? 0) !== 0))
      position++
    writer.varint(first - start)
    writer.varint(position - first)
    writer.append(values.subarray(first, position))
  }
}

/** Reads what `writeSparseBytes` wrote into an array of zeros of the same length. */
export function readSparseBytes(reader: ByteReader, values: Uint8Array): void {
  let position = 0
  while (position < values.length) {
    const skipped = reader.varint(values.length - position)
    const count = reader.varint(values.length - position - skipped)
    if (skipped + count === 0) throw damaged('a run of nothing')
    position += skipped
    values.set(reader.take(count), position)
    position += count
  }
}

/** Reads bytes that `writeSparseBytes` wrote and that are 0 or 1. */
export function readFlags(reader: ByteReader, flags: Uint8Array): void {
  readSparseBytes(reader, flags)
  if (flags.some(flag => flag > 1)) throw damaged('a flag that is neither 0 nor 1')
}

/** Writes numbers from 0 to 15, two a byte, the first in the upper half. */
export function writeNibbles(writer: ByteWriter, values: Uint8Array): void {
  for (let i = 0; i < values.length; i += 2) writer.uint8((values[i]! << 4) | (values[i + 1] ?? 0))
}

export function readNibbles(reader: ByteReader, values: Uint8Array): void {
  const packed = reader.take(Math.ceil(values.length / 2))
  for (let i = 0; i < values.length; i++) values[i] = (packed[i >> 1]! >> (i & 1 ? 0 : 4)) & 15
}

const scratch: number[] = []

/**
 * Writes numbers from 0 to 15 that are mostly 0: a byte for each other one, its upper half the zeros before it (up to 14), its
 * lower half the number; 0xf0 is fifteen zeros. Zeros at the end are left out; the number of bytes comes first.
 */
export function writeRuns(writer: ByteWriter, at: (index: number) => number, length: number): void {
  scratch.length = 0
  let zeros = 0
  for (let i = 0; i < length; i++) {
    const value = at(i)
    if (value === 0) {
      zeros++
      continue
    }
    for (; zeros >= 15; zeros -= 15) scratch.push(0xf0)
    scratch.push((zeros << 4) | value)
    zeros = 0
  }
  writer.varint(scratch.length)
  for (const byte of scratch) writer.uint8(byte)
}

/** Reads what `writeRuns` wrote: calls `put` for each number that is not 0. */
export function readRuns(
  reader: ByteReader,
  length: number,
  put: (index: number, value: number) => void,
): void {
  const bytes = reader.take(reader.varint(length))
  let position = 0
  for (const byte of bytes) {
    position += byte >> 4
    if ((byte & 15) === 0) {
      if (byte !== 0xf0) throw damaged('a run of an unknown form')
      continue
    }
    if (position >= length) throw damaged('a run beyond the end of its array')
    put(position, byte & 15)
    position += 1
  }
}

/** Writes the places, ascending, where something is to be said. */
export function writePlaces(writer: ByteWriter, places: readonly number[]): void {
  writer.varint(places.length)
  let last = -1
  for (const place of places) {
    writer.varint(place - last - 1)
    last = place
  }
}

/** Reads places below `length`. */
export function readPlaces(reader: ByteReader, length: number): number[] {
  const places: number[] = new Array(reader.varint(length))
  let last = -1
  for (let i = 0; i < places.length; i++) {
    const left = length - last - 2
    if (left < 0) throw damaged('more places than there are')
    last += reader.varint(left) + 1
    places[i] = last
  }
  return places
}

/** Where two arrays differ, ascending. */
export function differences(before: ArrayLike<number>, now: ArrayLike<number>): number[] {
  const places: number[] = []
  for (let i = 0; i < before.length; i++) if (before[i] !== now[i]) places.push(i)
  return places
}
