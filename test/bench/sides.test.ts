// Our sides of the comparisons, on small data: they train, say what they did, and free what they took.
import { describe, expect, it } from 'vitest'
import { PerceptronSide } from '../../bench/suites/mlp.ts'
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

describe('the perceptron', () => {
  it('learns, counts its epochs and frees its memory', () => {
    const make = () => new PerceptronSide(bands(2000, 1), bands(500, 2), 32)
    // The backend keeps the scratch memory of the first side.
    const first = make()
    first.measure()
    first.dispose()
    const before = currentBackend().arena.bytesInUse
    const side = make()
    const { seconds, work } = side.measure()
    expect(seconds).toBeGreaterThan(0)
    expect(work).toBe('100.0 % on the test images after 2 epochs')
    expect(side.measure().work).toContain('after 3 epochs')
    side.dispose()
    expect(currentBackend().arena.bytesInUse).toBe(before)
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
