// The kernels of the simulator: every backend against the reference bit for bit, and the reference against plain sums.
import { describe, expect, it } from 'vitest'
import { type Kernels, kernelExactness } from '../../src/backend/backend.ts'
import { exponentialFromWord } from '../../src/backend/js/encoders.ts'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { gradientCases } from './cases/gradient.ts'
import { simulationCases } from './cases/simulation.ts'
import { floats, readFloats, upload } from './kernelCase.ts'
import { walkKernelTable } from './kernelTable.ts'

walkKernelTable('simulation kernels', simulationCases, Object.keys(simulationCases) as (keyof Kernels)[])

it('both tables together hold every kernel of the contract', () => {
  // Also a compile error: the contract's names must all be keys of one table or the other.
  const all: Record<keyof Kernels, unknown> = { ...gradientCases, ...simulationCases }
  expect(Object.keys(all).sort()).toEqual(Object.keys(kernelExactness).sort())
})

it('simulation kernels promise the same bits', () => {
  for (const name of Object.keys(simulationCases) as (keyof Kernels)[]) {
    expect(kernelExactness[name]).toBe('bit-equal')
  }
})

describe.each(availableBackends())('against plain arithmetic on %s', name => {
  it('a conductance step solves the semi-implicit equation', () => {
    const n = 50
    const backend = createBackend(name)
    const v = floats(n, 1, -80, -60)
    const gExc = floats(n, 2, 0, 3)
    const gInh = floats(n, 3, 0, 30)
    const [v0, e0, i0, theta, held, spikes] = [v, gExc, gInh, floats(n, 4, 0, 20), new Int32Array(n), v].map(
      values => upload(backend, values),
    ) as [number, number, number, number, number, number]
    const rate = 0.5 / 100
    backend.kernels.conductanceLifStep(
      ...[v0, e0, i0, theta, held, spikes, n, rate * -65, 0, rate * -100, 1 + rate, rate, 0.6, 0.8, -52],
    )
    const after = readFloats(backend, v0, n)
    const [exc, inh] = [readFloats(backend, e0, n), readFloats(backend, i0, n)]
    for (let j = 0; j < n; j++) {
      const pull = -65 - after[j]! + gExc[j]! * (0 - after[j]!) + gInh[j]! * (-100 - after[j]!)
      expect(after[j]! - v[j]!).toBeCloseTo(rate * pull, 4)
      expect(exc[j]).toBeCloseTo(gExc[j]! * 0.6, 5)
      expect(inh[j]).toBeCloseTo(gInh[j]! * 0.8, 5)
    }
  })
})

it('the exponential draw is the logarithm, to the last digits of double precision', () => {
  for (const word of [
    0, 1, 2, 3, 0x7fffffff, 0x80000000, 0xb504f333, 0xfffffffe, 0xffffffff, 123456789, 4e9,
  ]) {
    const exact = -Math.log((word + 0.5) / 2 ** 32)
    expect(Math.abs(exponentialFromWord(word) / exact - 1)).toBeLessThan(1e-12)
  }
})
