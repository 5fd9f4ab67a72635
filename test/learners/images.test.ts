// The images of a live run: those that come with the page, and those that are dropped.
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FileFormatError, SpikegradError } from '../../src/index.ts'
import type { Outline, Piece } from '../../viewer/data/dataSet.ts'
import { type DropProblem, DroppedFileError, readDropped } from '../../viewer/data/dropped.ts'
import { FetchError } from '../../viewer/data/errors.ts'
import { MAGIC, pack } from '../../viewer/data/format.mjs'
import { shippedImages } from '../../viewer/data/shipped.ts'
import { unpack } from '../../viewer/data/unpack.ts'
import { loaderOf } from '../../viewer/data/wholeSet.ts'
import { data, imageAt } from './data.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('packed images', () => {
  it('come back as they were', () => {
    const { runs, values } = pack(data.train.images)
    expect(Buffer.compare(unpack(runs, values, 400), data.train.images)).toBe(0)
    expect(runs.length + values.length).toBeLessThan(data.train.images.length / 3)
    const pixels = fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 255 }))
    const image = fc.uint8Array({ minLength: 784, maxLength: 784 })
    const sparse = fc.array(pixels, { minLength: 784, maxLength: 784 }).map(values => Uint8Array.from(values))
    fc.assert(
      fc.property(fc.oneof(image, sparse), images => {
        const packed = pack(images)
        expect(Buffer.compare(unpack(packed.runs, packed.values, 1), images)).toBe(0)
      }),
      { numRuns: 50 },
    )
  })

  it('are refused where the runs are not the images', () => {
    const { runs, values } = pack(imageAt(0))
    const refuse = (part: () => unknown, found: string) => {
      expect(part).toThrow(FileFormatError)
      expect(part).toThrow(found)
    }
    refuse(() => unpack(runs, values, 2), 'found runs of 784')
    refuse(() => unpack(Uint8Array.from([...runs, 9]), values, 1), 'longer')
    refuse(() => unpack(runs, values.subarray(1), 1), `found runs of 784 and ${values.length - 1} values`)
  })
})

describe('the images that come with the page', () => {
  const numbers = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer)
  const packed = (images: Uint8Array) => {
    const { runs, values } = pack(images)
    return [numbers(runs.length, values.length), runs, values]
  }
  const part0 = gzipSync(
    Buffer.concat([
      numbers(MAGIC, 2, 2, 1, 1, 0),
      Uint8Array.of(5, 0, 4, 7),
      ...packed(data.train.images.subarray(0, 2 * 784)),
      ...packed(data.test.images.subarray(0, 784)),
    ]),
  )
  const part1 = gzipSync(Buffer.concat([...packed(imageAt(2)), ...packed(new Uint8Array(0))]))
  const load = async (parts: Record<string, Uint8Array<ArrayBuffer>>) => {
    vi.stubGlobal('fetch', (url: string) => {
      const body = parts[url.slice('https://page/mnist/'.length)]
      return Promise.resolve(new Response(body ?? null, { status: body === undefined ? 404 : 200 }))
    })
    const outlines: Outline[] = []
    const pieces: Piece[] = []
    const receiver = {
      begun: Promise.resolve(),
      outline: (outline: Outline) => void outlines.push(outline),
      piece: (piece: Piece) => void pieces.push(piece),
    }
    await shippedImages('https://page/mnist/').load(receiver, new AbortController().signal)
    return { outlines, pieces }
  }

  it('arrive part by part, in order of their places', async () => {
    const { outlines, pieces } = await load({ 'part0.bin': part0, 'part1.bin': part1 })
    expect(outlines).toEqual([
      { trainLabels: Uint8Array.of(5, 0, 4), testLabels: Uint8Array.of(7), parts: [2, 1] },
    ])
    expect(pieces.map(({ set, first, images }) => [set, first, images.length / 784])).toEqual([
      ['train', 0, 2],
      ['test', 0, 1],
      ['train', 2, 1],
      ['test', 1, 0],
    ])
    expect(pieces[2]!.images).toEqual(imageAt(2))
  })

  it('are refused where they are missing, cut off or something else', async () => {
    const refuse = async (part: Uint8Array<ArrayBuffer>, found: string) => {
      const error = await load({ 'part0.bin': part }).catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(FileFormatError)
      expect((error as Error).message).toContain(found)
      expect((error as Error).message).toContain('https://page/mnist/part0.bin')
    }
    const missing = await load({ 'part0.bin': part0 }).catch((caught: unknown) => caught)
    expect(missing).toBeInstanceOf(FetchError)
    expect((missing as Error).message).toContain('part1.bin: expected images')
    await refuse(part0.subarray(0, 200), 'expected gzip')
    await refuse(gzipSync(Buffer.concat([numbers(MAGIC, 1, 2, 0), Uint8Array.of(1)])), 'cut off')
    await refuse(gzipSync(numbers(MAGIC)), 'expected 4 bytes at byte 4, found 0')
    await refuse(gzipSync(Buffer.alloc(100)), 'found 0')
    await refuse(gzipSync(numbers(MAGIC, 2 ** 31)), 'up to 64 parts')
  })
})

describe('dropped files', () => {
  const idx = (shape: number[], bytes: Uint8Array) => {
    const head = new DataView(new ArrayBuffer(4 + 4 * shape.length))
    head.setUint32(0, 0x0800 | shape.length)
    shape.forEach((length, axis) => {
      head.setUint32(4 + 4 * axis, length)
    })
    return Buffer.concat([new Uint8Array(head.buffer), bytes])
  }
  const file = (name: string, bytes: Uint8Array) => new File([Uint8Array.from(bytes)], name)
  const images = (name: string, count: number) =>
    file(name, idx([count, 28, 28], data.train.images.subarray(0, 784 * count)))
  const labels = (name: string, count: number) =>
    file(name, idx([count], data.train.labels.subarray(0, count)))

  it('are read as the four of a data set, packed or not', async () => {
    const packed = file('t10k-labels-idx1-ubyte.gz', gzipSync(idx([40], data.test.labels.subarray(0, 40))))
    const {
      name,
      heldOut,
      data: found,
    } = await readDropped([
      packed,
      images('train-images-idx3-ubyte', 40),
      labels('train-labels-idx1-ubyte', 40),
      file('t10k-images-idx3-ubyte', idx([40, 28, 28], data.test.images.subarray(0, 784 * 40))),
    ])
    expect({ name, heldOut }).toEqual({ name: 'train-images-idx3-ubyte', heldOut: false })
    expect(found.train.labels).toEqual(data.train.labels.subarray(0, 40))
    expect(found.test.labels).toEqual(data.test.labels.subarray(0, 40))
    expect(found.test.images).toEqual(data.test.images.subarray(0, 784 * 40))
    const pieces: Piece[] = []
    const receiver = {
      begun: Promise.resolve(),
      outline: () => {},
      piece: (piece: Piece) => void pieces.push(piece),
    }
    await loaderOf(name, found).load(receiver, new AbortController().signal)
    expect(pieces.map(({ images }) => images.length)).toEqual([784 * 40, 784 * 40])
  })

  it('hold some back for the test where there are none', async () => {
    const { heldOut, data: found } = await readDropped([images('mine', 60), labels('classes', 60)])
    expect(heldOut).toBe(true)
    expect([found.train.labels.length, found.test.labels.length]).toEqual([50, 10])
    expect(found.test.images).toEqual(data.train.images.subarray(784 * 50, 784 * 60))
  })

  const wrong: [DropProblem, string, () => File[]][] = [
    ['noFiles', '', () => []],
    ['tooManyFiles', '', () => Array.from({ length: 9 }, (_, n) => labels(`${n}`, 30))],
    ['notIdx', 'a.png', () => [file('a.png', Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10))]],
    ['notIdx', 'cut', () => [file('cut', idx([40], new Uint8Array(10)))]],
    ['notIdx', 'bomb', () => [file('bomb', gzipSync(idx([4], new Uint8Array(1_000_000))))]],
    ['notIdx', 'huge', () => [file('huge', idx([0xffffffff, 28, 28], new Uint8Array(0)))]],
    ['wrongSize', 'small', () => [file('small', idx([2, 8, 8], new Uint8Array(128)))]],
    ['wrongLabels', 'letters', () => [file('letters', idx([3], Uint8Array.of(1, 2, 26)))]],
    ['noImages', '', () => [labels('labels', 30)]],
    ['noLabels', '', () => [images('images', 30)]],
    ['countsDiffer', 'images', () => [images('images', 30), labels('labels', 31)]],
    ['tooFew', 'images', () => [images('images', 3), labels('labels', 3)]],
  ]
  it.each(wrong)('are refused: %s (%s)', async (problem, name, files) => {
    const error = await readDropped(files()).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(DroppedFileError)
    expect(error).toBeInstanceOf(SpikegradError)
    expect(error).toMatchObject({ problem, file: name })
  })
})
