// Compares what a kernel gave with what it should: the differences as text, without a test framework, so that pages can too.
import { type Kernels, kernelExactness } from '../../src/backend/backend.ts'
import type { KernelCase, NumericArray, NumericOutput } from './kernelCase.ts'

export const RELATIVE_TOLERANCE = 1e-5

/** How a kernel's output differs more than `kernelExactness` allows; undefined when it does not. */
export function outputDifference(
  kernel: keyof Kernels,
  { scale = 0 }: KernelCase,
  actual: NumericOutput,
  expected: NumericOutput,
): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} arrays, expected ${expected.length}`
  for (const [i, array] of expected.entries()) {
    const exact = kernelExactness[kernel] === 'bit-equal'
    const found = exact ? bitDifference(actual[i]!, array) : difference(actual[i]!, array, scale)
    if (found !== undefined) return found
  }
  return undefined
}

/** The first entry whose bits differ; which NaN a NaN is does not count. */
export function bitDifference(actual: NumericArray, expected: NumericArray): string | undefined {
  const other = kindDifference(actual, expected)
  if (other !== undefined) return other
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(actual[i], expected[i])) continue
    return `entry ${i} of ${expected.length}: ${actual[i]}, expected the bits of ${expected[i]}`
  }
  return undefined
}

/** The first entry off by more than `tolerance` of its value, or of `scale` where that is larger; NaN and infinities must match. */
export function difference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  scale = 0,
  tolerance = RELATIVE_TOLERANCE,
): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} entries, expected ${expected.length}`
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i]!, expected[i]!]
    if (Object.is(a, e) || a === e) continue
    if (Math.abs(a - e) <= tolerance * Math.max(Math.abs(e), scale)) continue
    return `entry ${i} of ${expected.length}: ${a}, expected ${e} within ${tolerance}`
  }
  return undefined
}

function kindDifference(actual: NumericArray, expected: NumericArray): string | undefined {
  if (actual.constructor !== expected.constructor) {
    return `${actual.constructor.name}, expected ${expected.constructor.name}`
  }
  if (actual.length !== expected.length) return `${actual.length} entries, expected ${expected.length}`
  return undefined
}
