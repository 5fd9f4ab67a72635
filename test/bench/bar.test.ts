// A figure beside its bar, and what stands for many values.
import { expect, it } from 'vitest'
import { makeBar, percentile } from '../../bench/bar.ts'

it.each([
  [2, 'at most', 2, true],
  [2.01, 'at most', 2, false],
  [94, 'at least', 94, true],
  [93.9, 'at least', 94, false],
  [Number.NaN, 'at most', 2, false],
  [Number.NaN, 'at least', 2, false],
] as const)('%d meets "%s %d": %s', (measured, sense, target, met) => {
  expect(makeBar({ name: '', measured, unit: '', target, sense, note: '' }).met).toBe(met)
})

it('a percentile is the nearest rank', () => {
  const values = [5, 1, 4, 2, 3]
  expect([0, 0.2, 0.5, 0.95, 1].map(share => percentile(values, share))).toEqual([1, 1, 3, 5, 5])
  expect(values).toEqual([5, 1, 4, 2, 3])
  expect(percentile([], 0.5)).toBeNaN()
})
