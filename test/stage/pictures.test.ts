// What the stage's pictures are made from: tiles, rows, columns of spikes, votes that grow, losses that are remembered.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brainFrame, IMAGE_DURATION } from '../../experiments/learners/brainFrame.ts'
import { barAt, barLayout } from '../../viewer/stage/bars.ts'
import { LOSSES, LossRing, lossAxis, lossHeight } from '../../viewer/stage/lossRing.ts'
import { mosaicIn, tileAt } from '../../viewer/stage/mosaic.ts'
import { PictureWatch } from '../../viewer/stage/pictureWatch.ts'
import { rasterRange } from '../../viewer/stage/rasterRange.ts'
import { GROUPS, orderByLabel, rasterRows } from '../../viewer/stage/rasterRows.ts'
import {
  COLUMN_DURATION,
  fillRecent,
  fillSample,
  RECENT_COLUMNS,
  RecentSamples,
  SAMPLE_COLUMNS,
  smoothRates,
} from '../../viewer/stage/spikeColumns.ts'
import type { StageView } from '../../viewer/stage/view.ts'
import { voteScale, votesAt } from '../../viewer/stage/votes.ts'
import { flashAt } from '../../viewer/stage/winnerFlash.ts'

/** Neurons 0 to 3 stand for 7, 7, 2 and nothing; spikes as [ms, neuron]. */
function frameOf(spikes: readonly (readonly [number, number])[]) {
  const frame = brainFrame({ neurons: 16 })
  frame.labels.fill(-1)
  frame.labels.set([7, 7, 2])
  frame.learned = 1
  spikes.forEach(([time, neuron], index) => {
    frame.spikes.excitatory.steps[index] = time * 2
    frame.spikes.excitatory.neurons[index] = neuron
    if (time < IMAGE_DURATION) frame.counts[neuron]!++
  })
  frame.excitatorySpikes = spikes.length
  frame.votes[7] = (frame.counts[0]! + frame.counts[1]!) / 2
  frame.votes[2] = frame.counts[2]!
  return frame
}

describe('tiles', () => {
  it('lie in a square of 20 for 400 neurons, 8 for 64 units', () => {
    const place = { left: 0, top: 0, width: 300, height: 300 }
    expect(mosaicIn(place, 400, 1)).toMatchObject({ columns: 20, rows: 20 })
    expect(mosaicIn(place, 64, 1)).toMatchObject({ columns: 8, rows: 8 })
  })

  it('lie inside their place, on whole pixels, each found under its own middle', () => {
    const sizes = fc.record({
      width: fc.integer({ min: 60, max: 900 }),
      height: fc.integer({ min: 60, max: 900 }),
      tiles: fc.integer({ min: 1, max: 1600 }),
      pixel: fc.constantFrom(0.5, 1),
    })
    fc.assert(
      fc.property(sizes, ({ width, height, tiles, pixel }) => {
        const mosaic = mosaicIn({ left: 10, top: 20, width, height }, tiles, pixel)
        const { left, top, columns, rows, pitch, gap } = mosaic
        expect(columns * rows).toBeGreaterThanOrEqual(tiles)
        expect((pitch / pixel) % 1).toBeCloseTo(0)
        if (pitch > 2 * pixel) {
          expect(left + columns * pitch - gap).toBeLessThanOrEqual(10 + width + pixel)
          expect(top + rows * pitch - gap).toBeLessThanOrEqual(20 + height + pixel)
        }
        const tile = tiles - 1
        const x = left + (tile % columns) * pitch + pitch / 2
        const y = top + Math.floor(tile / columns) * pitch + pitch / 2
        expect(tileAt(mosaic, x, y)).toBe(tile)
        expect(tileAt(mosaic, left - 1, top)).toBe(-1)
        expect(tileAt(mosaic, x, top + rows * pitch + 1)).toBe(-1)
      }),
    )
  })

  it('are taken anew when their version changes, or when other bytes come under the same version', () => {
    const watch = new PictureWatch()
    const bytes = new Uint8Array(784)
    expect(watch.changed(bytes, 1)).toBe(true)
    expect(watch.changed(bytes, 1)).toBe(false)
    expect(watch.changed(bytes, 2)).toBe(true)
    expect(watch.changed(new Uint8Array(784).fill(3), 2)).toBe(true)
    expect(watch.changed(new Uint8Array(1568).fill(3), 2)).toBe(true)
  })
})

describe('rows of the raster', () => {
  it('hold every neuron, several to a row where there is too little room', () => {
    expect(rasterRows(20, 200)).toEqual({ neurons: 20, rows: 20, neuronsPerRow: 1 })
    const rows = rasterRows(400, 200)
    expect(rows).toEqual({ neurons: 400, rows: 50, neuronsPerRow: 8 })
    expect(rasterRange(rows)).toEqual({ first: 1, last: 400, total: 400 })
    expect(rasterRange(rows, 0, 0)).toEqual({ first: 1, last: 8, total: 400 })
    expect(rasterRange(rows, 49, 49)).toEqual({ first: 393, last: 400, total: 400 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1600 }), fc.integer({ min: 1, max: 2000 }), (neurons, height) => {
        const all = rasterRows(neurons, height)
        expect(rasterRange(all)).toEqual({ first: 1, last: neurons, total: neurons })
        expect(all.rows).toBeLessThanOrEqual(256)
      }),
    )
  })

  it('come in order of labels, then of neurons, the unlabelled last', () => {
    const order = new Uint16Array(6)
    const starts = new Uint16Array(GROUPS + 1)
    orderByLabel(Int8Array.of(3, -1, 0, 3, -1, 9), order, starts)
    expect([...order]).toEqual([2, 0, 3, 5, 1, 4])
    expect(starts[3]).toBe(1)
    expect(starts[4]).toBe(3)
    expect(starts[10]).toBe(4)
    expect(starts[11]).toBe(6)
  })
})

describe('columns of spikes', () => {
  const rowOf = Uint16Array.from({ length: 16 }, (_, neuron) => neuron)

  it('hold each spike of a sample in its column, with its digit', () => {
    const cells = new Uint8Array(SAMPLE_COLUMNS * 256)
    const rates = new Float32Array(SAMPLE_COLUMNS)
    const frame = frameOf([
      [0, 0],
      [100, 2],
      [101, 1],
      [499.5, 5],
    ])
    fillSample(frame, rowOf, cells, rates)
    expect(cells[0]! >> 4).toBe(7)
    expect(cells[25 * 256 + 2]! >> 4).toBe(2)
    expect(cells[25 * 256 + 1]! & 15).toBe(15)
    expect(cells[(SAMPLE_COLUMNS - 1) * 256 + 5]! >> 4).toBe(10)
    expect(cells.filter(cell => cell > 0)).toHaveLength(4)
    expect(rates[25]).toBe(2)
    expect(rates.reduce((sum, rate) => sum + rate)).toBe(4)
  })

  it('lose no spike when they are smoothed', () => {
    const counts = new Float32Array(SAMPLE_COLUMNS)
    counts[40] = 3
    counts[60] = 5
    const rates = new Float32Array(SAMPLE_COLUMNS)
    smoothRates(counts, rates)
    expect(rates.reduce((sum, rate) => sum + rate) * COLUMN_DURATION).toBeCloseTo(8)
    expect(rates[60]).toBe(Math.max(...rates))
  })

  it('remember the last samples, the oldest overwritten', () => {
    const recent = new RecentSamples(16)
    const frame = frameOf([[10, 2]])
    frame.label = 2
    for (let sample = 0; sample < RECENT_COLUMNS + 3; sample++) {
      frame.counts[2] = sample
      recent.add(frame)
    }
    expect(recent.length).toBe(RECENT_COLUMNS)
    expect(recent.head).toBe(2)
    expect(recent.totals[recent.head]).toBe(RECENT_COLUMNS + 2)
    expect(recent.totals[recent.head + 1]).toBe(3)
    const cells = new Uint8Array(512).fill(255)
    fillRecent(recent, recent.head, frame.labels, rowOf, cells, 256)
    expect(cells[256 + 2]).toBe((2 << 4) | 15)
    expect(cells[256]).toBe(0)
    expect(cells[255]).toBe(255)
    recent.clear()
    expect(recent.length).toBe(0)
  })
})

describe('votes', () => {
  const frame = frameOf([
    [50, 0],
    [100, 2],
    [200, 1],
    [300, 0],
    [340, 3],
    [400, 2],
  ])

  it('grow with every spike, and end as the frame has them', () => {
    const votes = new Float32Array(10)
    const at = (time: number) => {
      votesAt(frame, time, votes)
      return [votes[7], votes[2]]
    }
    expect(at(0)).toEqual([0, 0])
    expect(at(50)).toEqual([0.5, 0])
    expect(at(250)).toEqual([1, 1])
    expect(at(349)).toEqual([1.5, 1])
    expect(at(IMAGE_DURATION)).toEqual([frame.votes[7], frame.votes[2]])
    expect(at(Number.POSITIVE_INFINITY)).toEqual([1.5, 1])
    expect(voteScale(frame)).toBe(1.5)
  })

  it('never fall, whatever the spikes', () => {
    const spike = fc.tuple(fc.integer({ min: 0, max: 499 }), fc.integer({ min: 0, max: 3 }))
    fc.assert(
      fc.property(fc.array(spike, { maxLength: 60 }), spikes => {
        const random = frameOf(spikes.sort(([a], [b]) => a - b))
        const before = new Float32Array(10)
        const after = new Float32Array(10)
        for (let time = 0; time < 400; time += 25) {
          votesAt(random, time, before)
          votesAt(random, time + 25, after)
          for (let digit = 0; digit < 10; digit++) expect(after[digit]).toBeGreaterThanOrEqual(before[digit]!)
        }
        expect([...after]).toEqual([...random.votes])
      }),
    )
  })
})

describe('what an image changed', () => {
  const view = { slow: true, reducedMotion: false, time: 0 } as StageView
  const frame = frameOf([
    [100, 1],
    [200, 1],
    [250, 0],
  ])
  frame.winner = 1

  it('shows as the winner fires, and fades when the image is off', () => {
    expect(flashAt(frame, { ...view, time: 50 })).toBe(0)
    expect(flashAt(frame, { ...view, time: 150 })).toBe(0.5)
    expect(flashAt(frame, { ...view, time: 300 })).toBe(1)
    expect(flashAt(frame, { ...view, time: 500 })).toBeLessThan(0.1)
  })

  it('shows without motion for as long as the sample does, and not at full speed', () => {
    expect(flashAt(frame, { ...view, time: 500, reducedMotion: true })).toBe(1)
    expect(flashAt(frame, { ...view, time: 500, slow: false })).toBe(0)
  })
})

describe('losses', () => {
  it('are remembered once for each number of images, and anew when a run begins again', () => {
    const ring = new LossRing()
    for (let update = 0; update < LOSSES + 10; update++) ring.add(update * 32, 1 / (update + 1))
    expect(ring.length).toBe(LOSSES)
    expect(ring.samples[ring.at(0)]).toBe((LOSSES + 9) * 32)
    expect(ring.samples[ring.at(LOSSES - 1)]).toBe(320)
    ring.add((LOSSES + 9) * 32, 99)
    ring.add(1e6, Number.NaN)
    expect(ring.losses[ring.at(0)]).toBeCloseTo(1 / (LOSSES + 10))
    ring.add(32, 2)
    expect(ring.length).toBe(1)
    expect(ring.smoothed[ring.at(0)]).toBe(2)
  })

  it('are smoothed by a mean that a constant leaves as it is', () => {
    const ring = new LossRing()
    for (let update = 0; update < 50; update++) ring.add(update, 0.7)
    expect(ring.smoothed[ring.at(0)]).toBeCloseTo(0.7)
  })

  it('lie on decades', () => {
    expect(lossAxis.ticks.map(lossHeight)).toEqual([1, 0.75, 0.5, 0.25, 0].map(at => expect.closeTo(at, 9)))
    expect(lossHeight(1e-9)).toBe(0)
    expect(lossHeight(1e9)).toBe(1)
  })
})

describe('bars', () => {
  it('are ten equal columns, found under their own middles', () => {
    const place = { left: 5, top: 7, width: 333, height: 90 }
    const layout = barLayout(place, 1)
    for (let digit = 0; digit < 10; digit++) expect(barAt(place, layout.middle(digit))).toBe(digit)
    expect(barAt(place, -100)).toBe(0)
    expect(barAt(place, 1000)).toBe(9)
    expect(layout.top + layout.height).toBeLessThan(layout.digits.middle - layout.digits.height / 2)
  })
})
