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

describe.each(availableBackends())('learning kernels against plain sums on %s', name => {
  const rows = 6
  const columns = 21
  const start = floats(rows * columns, 1, 0, 1)
  const weightsAfter = (call: (backend: ReturnType<typeof createBackend>, weights: number) => void) => {
    const backend = createBackend(name)
    const weights = upload(backend, start)
    call(backend, weights)
    return readFloats(backend, weights, rows * columns)
  }
  const at = (values: Float32Array, row: number, column: number) => values[row * columns + column]!

  it('depression lowers the rows of the spikes by the trace, to the minimum at most', () => {
    const trace = floats(columns, 2, 0, 1)
    const after = weightsAfter((backend, weights) => {
      const spikes = upload(backend, Int32Array.of(1, 3, 4))
      const target = upload(backend, new Float32Array(columns))
      const kernel = backend.kernels.propagateDenseDepressing
      kernel(weights, columns, spikes, 3, target, upload(backend, trace), 0.5, 0.1)
      for (const [j, sum] of readFloats(backend, target, columns).entries()) {
        expect(sum).toBeCloseTo(at(start, 1, j) + at(start, 3, j) + at(start, 4, j), 5)
      }
    })
    for (let i = 0; i < after.length; i++) {
      const [row, column] = [Math.floor(i / columns), i % columns]
      const lowered = Math.max(start[i]! - 0.5 * trace[column]!, 0.1)
      expect(after[i]).toBeCloseTo([1, 3, 4].includes(row) ? lowered : start[i]!, 6)
    }
  })

  it('potentiation raises the columns of the spikes by trace and factor, to the maximum at most', () => {
    const [trace, factor] = [floats(rows, 2, 0, 1), floats(columns, 3, 0, 1)]
    const after = weightsAfter((backend, weights) => {
      const [spikes, traces, factors] = [Int32Array.of(0, 20), trace, factor].map(v => upload(backend, v))
      const kernel = backend.kernels.potentiateColumns
      kernel(weights, rows, columns, spikes!, 2, traces!, factors!, 0.8, 0.9)
    })
    for (let i = 0; i < after.length; i++) {
      const [row, column] = [Math.floor(i / columns), i % columns]
      const raised = Math.min(start[i]! + 0.8 * factor[column]! * trace[row]!, 0.9)
      expect(after[i]).toBeCloseTo([0, 20].includes(column) ? raised : start[i]!, 6)
    }
  })

  it('normalisation scales each column to the total', () => {
    const after = weightsAfter(({ kernels, arena }, weights) => {
      kernels.normaliseColumns(weights, rows, columns, 10, arena.scratch(4 * columns))
    })
    for (let j = 0; j < columns; j++) {
      let before = 0
      for (let k = 0; k < rows; k++) before += at(start, k, j)
      for (let k = 0; k < rows; k++) expect(at(after, k, j)).toBeCloseTo((at(start, k, j) * 10) / before, 4)
    }
  })

  it('a weight that is not a number stays one', () => {
    const backend = createBackend(name)
    const broken = new Float32Array(5).fill(Number.NaN)
    const [weights, trace, target, spikes] = [
      broken,
      new Float32Array(5),
      new Float32Array(5),
      Int32Array.of(0),
    ].map(values => upload(backend, values)) as [number, number, number, number]
    backend.kernels.propagateDenseDepressing(weights, 5, spikes, 1, target, trace, 0.1, 0)
    expect([...readFloats(backend, weights, 5)]).toEqual([...broken])
    const one = upload(backend, Float32Array.of(1, 1, 1, 1, 1))
    backend.kernels.potentiateColumns(weights, 1, 5, spikes, 1, one, one, 0.1, 1)
    expect(readFloats(backend, weights, 1)[0]).toBeNaN()
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
