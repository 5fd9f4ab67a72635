// Rows: medians, ratios and bars.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRow, median, type RowInput } from '../../bench/row.ts'

const input: RowInput = {
  suite: 'mlp',
  name: 'epoch',
  peer: 'Peer',
  peerVersion: '1',
  statistic: 'median',
  unit: 'ms',
  target: 0.5,
  note: '',
  oursSeconds: [0.003, 0.001, 0.002],
  theirsSeconds: [0.004, 0.016, 0.008],
}

describe('median', () => {
  it('is the middle of an odd number and the mean of the middle two of an even number', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([7])).toBe(7)
  })

  it('has as many values at or below it as at or above it, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), values => {
        const middle = median(values)
        const below = values.filter(value => value <= middle).length
        const above = values.filter(value => value >= middle).length
        expect(Math.min(below, above)).toBeGreaterThanOrEqual(values.length / 2)
        expect(median([...values].reverse())).toBe(middle)
      }),
    )
  })

  it('refuses no values', () => {
    expect(() => median([])).toThrow('at least one value')
  })
})

describe('makeRow', () => {
  it('takes medians in the unit asked for, and their ratio', () => {
    const row = makeRow(input)
    expect(row.ours).toBeCloseTo(2, 12)
    expect(row.theirs).toBeCloseTo(8, 12)
    expect(row.ratio).toBeCloseTo(0.25, 12)
    expect(row.samples.ours).toEqual([3, 1, 2])
    expect(makeRow({ ...input, unit: 's' }).theirs).toBe(0.008)
  })

  it('takes the best times where those are asked for, and the microsecond as unit', () => {
    const row = makeRow({ ...input, statistic: 'best', unit: 'µs' })
    expect(row.ours).toBeCloseTo(1000, 9)
    expect(row.theirs).toBeCloseTo(4000, 9)
    expect(row.ratio).toBeCloseTo(0.25, 12)
  })

  it('meets a bar that it touches, and misses a lower one', () => {
    const times = { oursSeconds: [1], theirsSeconds: [4] }
    expect(makeRow({ ...input, ...times, target: 0.25 }).met).toBe(true)
    expect(makeRow({ ...input, ...times, target: 0.24 }).met).toBe(false)
    expect(makeRow({ ...input, ...times, target: null }).met).toBeNull()
  })

  it.each([[[]], [[0]], [[-1]], [[Number.NaN]], [[1, Number.POSITIVE_INFINITY]]])(
    'refuses the times %j',
    times => {
      expect(() => makeRow({ ...input, oursSeconds: times })).toThrow(
        'epoch: our times: expected positive seconds',
      )
      expect(() => makeRow({ ...input, theirsSeconds: times })).toThrow(
        'times of Peer: expected positive seconds',
      )
    },
  )
})
