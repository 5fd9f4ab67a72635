// Walks a table of kernel cases over every backend that runs here, the js backend being the reference.
import { describe, expect, it } from 'vitest'
import { type Kernels, kernelExactness } from '../../src/backend/backend.ts'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { bitDifference, difference, outputDifference, RELATIVE_TOLERANCE } from './compare.ts'
import type { KernelCase, NumericArray } from './kernelCase.ts'

/**
 * Defines a test for each kernel, case and backend: bit for bit or close, as `kernelExactness` promises. Some tests
 * see to it that the table is not empty, has the kernels it should, and that the reference finished what it reads.
 */
export function walkKernelTable(
  title: string,
  table: Readonly<Record<string, readonly KernelCase[]>>,
  kernels: readonly (keyof Kernels)[],
): void {
  const others = availableBackends().filter(name => name !== 'js')
  describe(title, () => {
    it('covers its kernels, each with cases of distinct labels', () => {
      expect(kernels.length).toBeGreaterThan(0)
      expect(Object.keys(table).sort()).toEqual([...kernels].sort())
      for (const cases of Object.values(table)) {
        expect(cases.length).toBeGreaterThan(0)
        expect(new Set(cases.map(({ label }) => label)).size).toBe(cases.length)
      }
    })

    it('compares at least one backend with the reference', () => {
      expect(others.length).toBeGreaterThan(0)
    })

    for (const kernel of kernels) {
      describe(kernel, () => {
        for (const kernelCase of table[kernel] ?? []) {
          for (const name of others) {
            it(`${kernelCase.label}: ${name} against js, ${kernelExactness[kernel]}`, () => {
              const expected = kernelCase.run(createBackend('js'))
              expect(expected.some(array => array.length > 0)).toBe(true)
              const actual = kernelCase.run(createBackend(name))
              expect(outputDifference(kernel, kernelCase, actual, expected)).toBeUndefined()
            })
          }
        }
      })
    }
  })
}

/** The same bits everywhere; which NaN a NaN is does not count. */
export function expectSameBits(actual: NumericArray, expected: NumericArray): void {
  expect(bitDifference(actual, expected)).toBeUndefined()
}

/** Within `tolerance` of the expected value, or of `scale` where that is larger; NaN and infinities must match. */
export function expectClose(
  actual: NumericArray,
  expected: NumericArray,
  scale = 0,
  tolerance = RELATIVE_TOLERANCE,
): void {
  expect(difference(actual, expected, scale, tolerance)).toBeUndefined()
}
