// The codecs of recordings: what is written is read, whatever it is, and nothing is read that was not written.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SpikeViews } from '../../experiments/learners/brainFrame.ts'
import { ByteReader, ByteWriter } from '../../experiments/recording/bytes.ts'
import { chooseRows, layOutRows, readRows, writeRows } from '../../experiments/recording/changes.ts'
import { crc32 } from '../../experiments/recording/crc32.ts'
import { RecordingError } from '../../experiments/recording/errors.ts'
import { fromHalf, toHalf } from '../../experiments/recording/float16.ts'
import {
  nextLevels,
  signedBytes,
  signedPlaces,
  unsignedBytes,
  unsignedPlaces,
} from '../../experiments/recording/levels.ts'
import {
  readNibbles,
  readPlaces,
  readRuns,
  readSparseBytes,
  writeNibbles,
  writePlaces,
  writeRuns,
  writeSparseBytes,
} from '../../experiments/recording/runs.ts'
import {
  inOrder,
  readFollowing,
  readSpikes,
  writeFollowing,
  writeSpikes,
} from '../../experiments/recording/spikes.ts'

/** Writes, reads, and checks that nothing is left. */
function roundTrip<T>(write: (writer: ByteWriter) => void, read: (reader: ByteReader) => T): T {
  const writer = new ByteWriter()
  write(writer)
  const reader = new ByteReader(writer.bytes.slice())
  const value = read(reader)
  expect(reader.remaining).toBe(0)
  return value
}

const sparse = (most: number) =>
  fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: most })), {
    maxLength: 300,
  })

describe('numbers', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 49), max: 2 ** 49 }), value => {
        expect(
          roundTrip(
            writer => writer.signed(value),
            reader => reader.signed(),
          ),
        ).toBe(value)
        expect(
          roundTrip(
            writer => writer.number(value),
            reader => reader.number(),
          ),
        ).toBe(value)
      }),
    )
  })

  it('that are no whole ones keep the precision of float32', () => {
    fc.assert(
      fc.property(fc.float(), value => {
        const read = roundTrip(
          writer => writer.number(value),
          reader => reader.number(),
        )
        expect(read === value || (Number.isNaN(read) && Number.isNaN(value))).toBe(true)
      }),
    )
  })

  it('in half precision are the nearest half: every half is its own', () => {
    const halves = Array.from({ length: 0x10000 }, (_, half) => half)
    expect(halves.filter(half => !Number.isNaN(fromHalf(half)) && toHalf(fromHalf(half)) !== half)).toEqual(
      [],
    )
    fc.assert(
      fc.property(fc.double({ min: -65_000, max: 65_000, noNaN: true }), value => {
        const error = Math.abs(fromHalf(toHalf(value)) - value)
        expect(error).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25))
      }),
    )
  })

  it('above their limit, or too long, are refused', () => {
    const bytes = (...values: number[]) => new ByteReader(Uint8Array.from(values))
    expect(() => bytes(100).varint(99)).toThrow(RecordingError)
    expect(() => bytes(255, 255, 255, 255, 255, 255, 255, 255, 255, 255).varint()).toThrow(RecordingError)
    expect(() => bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0).varint()).toThrow(
      RecordingError,
    )
    expect(() => bytes(5).take(2)).toThrow(RecordingError)
    expect(() => bytes(3).number()).toThrow(RecordingError)
  })
})

describe('arrays', () => {
  it('of bytes, nibbles and places are read as they were written', () => {
    fc.assert(
      fc.property(sparse(255), values => {
        const bytes = Uint8Array.from(values)
        const read = new Uint8Array(bytes.length)
        roundTrip(
          writer => writeSparseBytes(writer, bytes),
          reader => readSparseBytes(reader, read),
        )
        expect(read).toEqual(bytes)
        const places = values.flatMap((value, i) => (value > 0 ? [i] : []))
        const length = values.length
        expect(
          roundTrip(
            writer => writePlaces(writer, places),
            reader => readPlaces(reader, length),
          ),
        ).toEqual(places)
      }),
    )
    fc.assert(
      fc.property(sparse(15), values => {
        const nibbles = Uint8Array.from(values)
        const [packed, runs] = [new Uint8Array(nibbles.length), new Uint8Array(nibbles.length)]
        roundTrip(
          writer => writeNibbles(writer, nibbles),
          reader => readNibbles(reader, packed),
        )
        roundTrip(
          writer => writeRuns(writer, i => nibbles[i]!, nibbles.length),
          reader => {
            readRuns(reader, runs.length, (i, value) => {
              runs[i] = value
            })
          },
        )
        expect([packed, runs]).toEqual([nibbles, nibbles])
      }),
    )
  })

  it('of any bytes at all are read or refused, never beyond their length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 50 }), (bytes, length) => {
        const attempts: ((reader: ByteReader) => unknown)[] = [
          reader => readSparseBytes(reader, new Uint8Array(length)),
          reader => expect(readPlaces(reader, length).every(place => place < length)).toBe(true),
          reader => readRuns(reader, length, index => expect(index).toBeLessThan(length)),
          reader => readSpikes(reader, spikeViews(length), 20),
        ]
        for (const attempt of attempts) {
          try {
            attempt(new ByteReader(bytes))
          } catch (error) {
            if (!(error instanceof RecordingError)) throw error
          }
        }
      }),
      { numRuns: 1000 },
    )
  })
})

function spikeViews(length: number): SpikeViews {
  return { steps: new Uint16Array(length), neurons: new Uint16Array(length) }
}

const spikeTrains = fc.uniqueArray(fc.record({ step: fc.nat(1200), neuron: fc.nat(30) }), {
  selector: ({ step, neuron }) => step * 31 + neuron,
  maxLength: 120,
})

function viewsOf(events: readonly { step: number; neuron: number }[]): SpikeViews {
  const views = spikeViews(events.length)
  events.forEach(({ step, neuron }, i) => {
    views.steps[i] = step
    views.neurons[i] = neuron
  })
  return inOrder(views, events.length)
}

describe('spikes', () => {
  it('are read as they were written, and those that follow others too', () => {
    fc.assert(
      fc.property(spikeTrains, spikeTrains, (first, second) => {
        const [leading, following] = [viewsOf(first), viewsOf(second)]
        const read = { leading: spikeViews(200), following: spikeViews(200) }
        roundTrip(
          writer => {
            writeSpikes(writer, leading, first.length)
            writeFollowing(writer, leading, first.length, following, second.length)
          },
          reader => {
            expect(readSpikes(reader, read.leading, 31)).toBe(first.length)
            expect(readFollowing(reader, read.leading, first.length, read.following, 31)).toBe(second.length)
          },
        )
        expect(read.leading.steps.subarray(0, first.length)).toEqual(leading.steps)
        expect(read.leading.neurons.subarray(0, first.length)).toEqual(leading.neurons)
        expect(read.following.steps.subarray(0, second.length)).toEqual(following.steps)
        expect(read.following.neurons.subarray(0, second.length)).toEqual(following.neurons)
      }),
    )
  })
})

describe('levels of weights', () => {
  it('stand for bytes that have the same level, all of them', () => {
    for (let level = 0; level < 16; level++)
      expect(unsignedPlaces[unsignedBytes[level]!]).toBeCloseTo(level, 5)
    const places = signedPlaces(1)
    for (let level = 0; level < 15; level++) {
      expect(Math.round(places[signedBytes[level]! & 255]!)).toBe(level)
    }
    expect(signedBytes[7]).toBe(0)
  })

  it('stay where they are until the weight has moved by more than 0.7 of one', () => {
    const levels = Uint8Array.of(5, 5, 5, 5)
    const next = new Uint8Array(4)
    const bytes = Uint8Array.of(85, 85 + 11, 85 + 13, 0)
    expect(nextLevels(levels, next, bytes, unsignedPlaces, 0, 4)).toBe(1 + 5)
    expect([...next]).toEqual([5, 5, 6, 0])
  })

  it('change row by row: those that moved most first, within the budget', () => {
    const rows = layOutRows([{ units: 5, inputs: 40 }])
    const next = new Uint8Array(200).fill(3)
    const choose = (bytes: number, first?: number) =>
      chooseRows(rows, { moved: Float32Array.of(3, 50, 0, 20, 0.5), next, zero: 0 }, bytes, first)
    expect(choose(100)).toEqual([1, 3])
    expect(choose(60)).toEqual([1])
    expect(choose(60, 3)).toEqual([3])
    expect(choose(-5)).toEqual([])
    expect(choose(1000)).toEqual([0, 1, 3])
  })

  it('are read as they were written, by their change or whole, whichever is shorter', () => {
    const shape = [
      { units: 3, inputs: 8 },
      { units: 4, inputs: 4 },
    ]
    const levels = fc.uint8Array({ minLength: 40, maxLength: 40, max: 14 })
    fc.assert(
      fc.property(levels, levels, fc.constantFrom(0, 7), (before, next, zero) => {
        const [written, read] = [layOutRows(shape), layOutRows(shape)]
        written.levels.set(before)
        read.levels.set(before)
        const rows = [0, 2, 3, 6]
        const told = roundTrip(
          writer => writeRows(writer, written, { next, zero }, rows),
          reader => readRows(reader, read, zero, 14),
        )
        expect(told).toEqual(rows)
        expect(read.levels).toEqual(written.levels)
        for (const row of rows) {
          const [start, end] = [read.starts[row]!, read.starts[row + 1]!]
          expect(read.levels.subarray(start, end)).toEqual(next.subarray(start, end))
        }
      }),
    )
  })
})

describe('crc32', () => {
  it('is that of the standard, also piece by piece', () => {
    const bytes = new TextEncoder().encode('123456789')
    expect(crc32(bytes)).toBe(0xcbf43926)
    expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926)
  })
})
