// IDX: what is written is read back, plain or gzipped, and every kind of bad file is named for what it is.
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIdx } from '../../src/data/idx.ts'
import { FileFormatError } from '../../src/errors.ts'

/** An IDX file of unsigned bytes with this shape and data. */
function idxFile(shape: readonly number[], data: ArrayLike<number>, type = 8): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(4 + 4 * shape.length + data.length)
  file[2] = type
  file[3] = shape.length
  shape.forEach((length, axis) => {
    new DataView(file.buffer).setUint32(4 + 4 * axis, length)
  })
  file.set(data, 4 + 4 * shape.length)
  return file
}

function gzipped(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(bytes))
}

const arrays = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 4 }).chain(shape => {
  const size = shape.reduce((product, length) => product * length, 1)
  return fc.record({
    shape: fc.constant(shape),
    data: fc.uint8Array({ minLength: size, maxLength: size }),
  })
})

describe('parseIdx', () => {
  it('reads back what was written, plain and gzipped', async () => {
    await fc.assert(
      fc.asyncProperty(arrays, fc.boolean(), async ({ shape, data }, gzip) => {
        const file = idxFile(shape, data)
        const read = await parseIdx(gzip ? gzipped(file) : file)
        expect(read.shape).toEqual(shape)
        expect(Array.from(read.data)).toEqual(Array.from(data))
      }),
      { numRuns: 60 },
    )
  })

  it('reads a gzip stream far larger than one chunk', async () => {
    const data = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 251)
    const read = await parseIdx(gzipped(idxFile([300_000], data)))
    expect(Buffer.compare(read.data, data)).toBe(0)
  })

  it('never accepts or crashes on a file with one part cut off', async () => {
    const file = idxFile([2, 3], [1, 2, 3, 4, 5, 6])
    for (const whole of [file, gzipped(file)]) {
      for (let length = 0; length < whole.length; length++) {
        await expect(parseIdx(whole.slice(0, length))).rejects.toBeInstanceOf(FileFormatError)
      }
    }
  })

  const bomb = gzipped(idxFile([4], new Uint8Array(5_000_000)))
  const corrupt = gzipped(idxFile([1000], new Uint8Array(1000).fill(3)))
  corrupt[20]! ^= 0xff
  const cases: [string, Uint8Array<ArrayBuffer>, RegExp][] = [
    ['nothing', new Uint8Array(0), /x\.idx is not an IDX file: expected a header, found only 0 bytes/],
    ['text', new TextEncoder().encode('<html>404'), /x\.idx is not an IDX file.*found 3c 68 74 6d/],
    [
      'another element type',
      idxFile([1], [0, 0, 0, 0], 0x0d),
      /x\.idx: expected .* unsigned byte, found float32/,
    ],
    ['other dimensions', idxFile([1, 1, 1], [9]), /x\.idx: expected 1 dimensions, found 3/],
    ['too little data', idxFile([5], [1, 2]), /x\.idx: expected 5 bytes of data for 5, found 2/],
    ['too much data', idxFile([1], [1, 2]), /x\.idx: expected 1 bytes of data for 1, found 2/],
    ['a size beyond the limit', idxFile([0xffffffff], []), /x\.idx: expected at most 1000 bytes.*4294967295/],
    [
      'a gzip stream that holds more than it says',
      bomb,
      /x\.idx: expected 4 bytes of data for 4, found more/,
    ],
    ['a gzip stream that is broken', corrupt, /x\.idx: expected an intact gzip stream|x\.idx.*found/],
    ['a gzip stream of something else', gzipped(new Uint8Array([1, 2, 3, 4])), /x\.idx is not an IDX file/],
  ]
  it.each(cases)('names the file, what was expected and what was found: %s', async (_, bytes, message) => {
    const parsing = parseIdx(bytes, { name: 'x.idx', dimensions: 1, maximumBytes: 1000 })
    await expect(parsing).rejects.toThrow(message)
    await expect(parsing).rejects.toBeInstanceOf(FileFormatError)
  })
})
