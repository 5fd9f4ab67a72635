// Our sides of the comparisons, on small data: they train, say what they did, and free what they took.
import { describe, expect, it } from 'vitest'
import { createSide, type Work } from '../../bench/sides/side.ts'
import { DiehlCookSide } from '../../bench/suites/snn.ts'
import { currentBackend, RandomStream } from '../../src/index.ts'

/** Images whose class is the band of rows that is lit: anything that learns at all learns these. */
function bands(count: number, seed: number) {
  const stream = new RandomStream(seed, 'bands')
  const labels = Uint8Array.from({ length: count }, (_, image) => image % 10)
  const images = new Uint8Array(count * 784)
  labels.forEach((label, image) => {
    for (let pixel = 0; pixel < 56; pixel++)
      images[image * 784 + label * 56 + pixel] = 150 + stream.integer(100)
  })
  return { images, labels, count }
}

/** Makes a side of a work on little data, once before it is counted: the backend keeps some scratch memory. */
async function side(work: Work, check: (made: ReturnType<typeof createSide>) => Promise<void> | void) {
  const make = () => createSide(work, { train: bands(2000, 1), test: bands(500, 2) })
  const first = make()
  await first.measure()
  await first.dispose()
  const before = currentBackend().arena.bytesInUse
  const made = make()
  await check(made)
  await made.dispose()
  expect(currentBackend().arena.bytesInUse).toBe(before)
}

describe('training', () => {
  it('learns, counts its updates and frees its memory', async () => {
    await side({ kind: 'mlp', hidden: 64, batchSize: 32 }, async made => {
      const { seconds, work } = await made.measure()
      expect(seconds).toBeGreaterThan(0)
      expect(work).toBe('100.0 % on the test images after 126 updates')
      expect((await made.measure()).work).toContain('after 189 updates')
    })
  })

  it('scales the time of some batches to an epoch, and goes on where they ended', async () => {
    await side({ kind: 'cnn', batchSize: 64, batches: 7 }, async made => {
      expect((await made.measure()).work).toContain('after 14 updates')
      const { work } = await made.measure()
      expect(work).toContain('after 21 updates')
      // A tenth would be chance.
      expect(Number(/^([\d.]+) %/.exec(work)?.[1])).toBeGreaterThan(50)
    })
  })
})

describe('small works', () => {
  it('add', async () => {
    await side({ kind: 'add' }, async made => {
      expect(await made.measure()).toEqual({ seconds: expect.any(Number), work: '3' })
    })
  })

  it('multiply, and tell how fast', async () => {
    await side({ kind: 'product', m: 8, n: 8, k: 8, transposed: true }, async made => {
      const { seconds, work } = await made.measure()
      expect(work).toBe(`${(1024 / seconds / 1e9).toFixed(1)} GFLOP/s`)
    })
  })
})

describe('the spiking network', () => {
  it('fires, goes on to the next images, refuses to run out of them, and frees its memory', () => {
    const before = currentBackend().arena.bytesInUse
    const side = new DiehlCookSide(bands(200, 3).images)
    const { seconds, work } = side.measure()
    expect(seconds).toBeGreaterThan(0)
    // Every image is shown until it draws at least five spikes.
    expect(Number(/^(\d+) excitatory spikes on 100 images/.exec(work)?.[1])).toBeGreaterThanOrEqual(500)
    expect(() => side.measure()).toThrow('expected at least 300 training images for so many repeats, got 200')
    side.dispose()
    expect(currentBackend().arena.bytesInUse).toBe(before)
  })
})
