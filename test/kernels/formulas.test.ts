// Kernels of every backend, the reference too, against formulas in float64 that are written another way.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Backend } from '../../src/backend/backend.ts'
import { GEOMETRY_ENTRIES, writeGeometry } from '../../src/backend/geometry.ts'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { difference } from './compare.ts'
import { floats, integers, readFloats, readIntegers, upload } from './kernelCase.ts'

type Sizes = readonly [outer: number, length: number, inner: number]
type AxisKernel = 'sum' | 'max' | 'min' | 'argmax' | 'logSumExp'

const length = fc.integer({ min: 1, max: 40 })
const sizes = fc.tuple(fc.integer({ min: 1, max: 4 }), length, fc.integer({ min: 1, max: 40 }))
const salt = fc.nat(1000)

/** Runs `work` with addresses of arrays, and frees them. */
function withArrays<Result>(
  backend: Backend,
  arrays: readonly (Float32Array | Int32Array)[],
  work: (...addresses: number[]) => Result,
): Result {
  const addresses = arrays.map(array => upload(backend, array))
  const result = work(...addresses)
  for (const address of addresses) backend.arena.free(address)
  return result
}

/** The entries of each line along the middle axis, in the order of the results. */
function lines(x: Float32Array, [outer, length, inner]: Sizes): number[][] {
  return Array.from({ length: outer * inner }, (_, at) => {
    const first = Math.floor(at / inner) * length * inner + (at % inner)
    return Array.from({ length }, (_, j) => x[first + j * inner]!)
  })
}

function alongAxis(backend: Backend, kernel: AxisKernel, x: Float32Array, of: Sizes): number[] {
  const [outer, length, inner] = of
  const count = outer * inner
  return withArrays(backend, [x, new Float32Array(count).fill(7)], (from, out) => {
    backend.kernels[kernel](from!, out!, outer, length, inner)
    return [...(kernel === 'argmax' ? readIntegers : readFloats)(backend, out!, count)]
  })
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0)
const softmaxOf = (row: readonly number[]) => row.map(x => 1 / total(row.map(other => Math.exp(other - x))))

/** Rows of a matrix. */
const rowsOf = (x: Float32Array, columns: number) => lines(x, [x.length / columns, columns, 1])

function expectNear(actual: ArrayLike<number>, expected: readonly number[], scale: number): void {
  expect(difference(actual, expected, scale)).toBeUndefined()
}

describe.each(availableBackends())('on %s', name => {
  const backend = createBackend(name)
  const { kernels } = backend

  it('reductions are what their names say', () => {
    fc.assert(
      fc.property(sizes, salt, (of, seed) => {
        const x = floats(of[0] * of[1] * of[2], seed, -8, 8)
        const all = lines(x, of)
        expectNear(alongAxis(backend, 'sum', x, of), all.map(total), 8 * of[1])
        // The ends of a sorted list, and the place of the last.
        const sorted = all.map(line => line.toSorted((a, b) => a - b))
        expect(alongAxis(backend, 'min', x, of)).toEqual(sorted.map(line => line[0]))
        expect(alongAxis(backend, 'max', x, of)).toEqual(sorted.map(line => line.at(-1)))
        expect(alongAxis(backend, 'argmax', x, of)).toEqual(
          all.map((line, i) => line.indexOf(sorted[i]!.at(-1)!)),
        )
        // Unshifted: these numbers are small enough.
        const logSums = all.map(line => Math.log(total(line.map(Math.exp))))
        expectNear(alongAxis(backend, 'logSumExp', x, of), logSums, 1)
      }),
    )
  })

  it('a cumulative sum has the entries for differences, either way', () => {
    fc.assert(
      fc.property(sizes, salt, fc.boolean(), (of, seed, reverse) => {
        const [outer, length, inner] = of
        const x = floats(outer * length * inner, seed)
        const sums = withArrays(backend, [x, new Float32Array(x.length)], (from, out) => {
          kernels.cumulativeSum(from!, out!, outer, length, inner, reverse ? 1 : 0)
          return readFloats(backend, out!, x.length)
        })
        const turned = (line: number[]) => (reverse ? line.toReversed() : line)
        const steps = lines(sums, of).map(line => turned(line).map((sum, i, all) => sum - (all[i - 1] ?? 0)))
        expectNear(steps.flat(), lines(x, of).flatMap(turned), length)
      }),
    )
  })

  it('the gradient of a maximum goes to those that are it, and sums to the gradient', () => {
    fc.assert(
      fc.property(sizes, salt, (of, seed) => {
        const [outer, length, inner] = of
        // Few numbers, so that many are equal.
        const x = Float32Array.from(integers(outer * length * inner, seed, 3))
        const gradient = floats(outer * inner, seed + 1)
        const shares = withArrays(
          backend,
          [x, gradient, new Float32Array(gradient.length), new Float32Array(x.length)],
          (from, by, maximum, out) => {
            kernels.max(from!, maximum!, outer, length, inner)
            kernels.maxGradient(from!, maximum!, by!, out!, outer, length, inner)
            return lines(readFloats(backend, out!, x.length), of)
          },
        )
        expectNear(shares.map(total), [...gradient], 1)
        for (const [i, line] of lines(x, of).entries()) {
          const top = Math.max(...line)
          expect(new Set(shares[i]!.filter((_, j) => line[j] === top)).size).toBe(1)
          expect(shares[i]!.every((share, j) => line[j] === top || share === 0)).toBe(true)
        }
      }),
    )
  })

  it('softmax, cross-entropy and their gradients are their formulas', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), length, salt, (rows, columns, seed) => {
        const n = rows * columns
        const x = floats(n, seed, -6, 6)
        const [gradient, labels] = [floats(n, seed + 1), integers(rows, seed, columns)]
        const shares = rowsOf(x, columns).map(softmaxOf)
        const blank = () => new Float32Array(n)
        withArrays(
          backend,
          [x, gradient, labels, blank(), blank(), blank(), new Float32Array(rows)],
          (logits, by, classes, y, byX, probabilities, losses) => {
            kernels.softmax(logits!, y!, rows, columns)
            expectNear(readFloats(backend, y!, n), shares.flat(), 1e-3)
            kernels.softmaxGradient(y!, by!, byX!, rows, columns)
            // Row by row the Jacobian y_i ((i == j) - y_j) times the gradient.
            const expected = shares.flatMap((row, r) =>
              row.map((yi, i) =>
                total(row.map((yj, j) => yi * (Number(i === j) - yj) * gradient[r * columns + j]!)),
              ),
            )
            expectNear(readFloats(backend, byX!, n), expected, 1)
            kernels.crossEntropy(logits!, classes!, probabilities!, losses!, rows, columns)
            expectNear(readFloats(backend, probabilities!, n), shares.flat(), 1e-3)
            const lost = shares.map((row, r) => -Math.log(row[labels[r]!]!))
            expectNear(readFloats(backend, losses!, rows), lost, 1)
            kernels.crossEntropyGradient(probabilities!, classes!, by!, byX!, rows, columns)
            const slopes = shares.flatMap((row, r) =>
              row.map((share, c) => gradient[r]! * (share - Number(c === labels[r]))),
            )
            expectNear(readFloats(backend, byX!, n), slopes, 1)
          },
        )
      }),
    )
  })

  it('gathers and scatters of rows and columns are products with a matrix of zeros and ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), length, length, salt, (rows, columns, count, seed) => {
        const x = floats(rows * columns, seed)
        const [places, chosen] = [integers(count, seed, rows), integers(rows * count, seed + 1, columns)]
        const byRow = rowsOf(x, columns)
        withArrays(
          backend,
          [x, places, chosen, new Float32Array(count * columns), new Float32Array(rows * count)],
          (from, rowIndices, columnIndices, gathered, picked) => {
            kernels.gatherRows(from!, rowIndices!, gathered!, count, columns)
            expect([...readFloats(backend, gathered!, count * columns)]).toEqual(
              [...places].flatMap(p => byRow[p]!),
            )
            kernels.gatherColumns(from!, columnIndices!, picked!, rows, columns, count)
            const expected = [...chosen].map((c, i) => byRow[Math.floor(i / count)]![c]!)
            expect([...readFloats(backend, picked!, rows * count)]).toEqual(expected)
            // Scattered back onto zeros, every row and entry comes as often as it was chosen.
            kernels.fill(from!, x.length, 0)
            kernels.scatterAddRows(gathered!, rowIndices!, from!, count, columns)
            const timesOfRow = (r: number) => places.filter(p => p === r).length
            const rowTotals = byRow.flatMap((row, r) => row.map(entry => entry * timesOfRow(r)))
            expectNear(readFloats(backend, from!, x.length), rowTotals, count)
            kernels.fill(from!, x.length, 0)
            kernels.scatterAddColumns(picked!, columnIndices!, from!, rows, columns, count)
            const times = (r: number, c: number) =>
              chosen.subarray(r * count, (r + 1) * count).filter(column => column === c).length
            const totals = byRow.flatMap((row, r) => row.map((entry, c) => entry * times(r, c)))
            expectNear(readFloats(backend, from!, x.length), totals, count)
          },
        )
      }),
    )
  })

  it('the largest k are those that fewer than k come before', () => {
    const entry = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(Number.NaN, -0, Infinity, -Infinity),
    )
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 150 }), fc.nat(150), (row, most) => {
        const k = Math.min(most + 1, row.length)
        const found = withArrays(backend, [Float32Array.from(row), new Int32Array(k)], (x, out) => {
          kernels.topK(x!, out!, 1, row.length, k)
          return readIntegers(backend, out!, k)
        })
        const comesBefore = (a: number, b: number) =>
          row[a]! > row[b]! ||
          (Number.isNaN(row[b]!) && !Number.isNaN(row[a]!)) ||
          (a < b && !(row[b]! > row[a]!) && Number.isNaN(row[a]!) === Number.isNaN(row[b]!))
        const places = [...row.keys()]
        for (const [rank, column] of found.entries()) {
          expect(places.filter(other => other !== column && comesBefore(other, column)).length).toBe(rank)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe.each(availableBackends())('a million terms on %s', name => {
  const backend = createBackend(name)
  const COUNT = 1_000_003

  it.each<[AxisKernel, number]>([
    ['sum', 1],
    ['sum', 3],
    ['sum', 5],
    ['sum', 17],
    ['logSumExp', 1],
    ['logSumExp', 3],
    ['logSumExp', 4],
  ])('%s of %i columns is that in float64', (kernel, inner) => {
    const rows = Math.ceil(COUNT / inner)
    // Of one sign, and not a sum of powers of two: what float32 drops each time has a direction.
    const x = Float32Array.from({ length: rows * inner }, (_, i) => 0.1 + 0.01 * (i % inner))
    const of: Sizes = [1, rows, inner]
    const column = (c: number) => rows * x[c]!
    const expected = Array.from({ length: inner }, (_, c) =>
      kernel === 'sum' ? column(c) : x[c]! + Math.log(rows),
    )
    expectNear(alongAxis(backend, kernel, x, of), expected, 0)
  })

  it('softmax and its gradient', () => {
    const x = Float32Array.from({ length: COUNT }, (_, i) => (i % 7) / 7)
    withArrays(
      backend,
      [x, new Float32Array(COUNT), new Float32Array(COUNT).fill(0.1)],
      (logits, y, gradient) => {
        backend.kernels.softmax(logits!, y!, 1, COUNT)
        const scale = 1 / total(Array.from(x, Math.exp))
        const first = readFloats(backend, y!, 7)
        expectNear(
          first,
          Array.from(x.subarray(0, 7), entry => Math.exp(entry) * scale),
          0,
        )
        // A gradient that is the same everywhere changes nothing: what is left of it is rounding.
        backend.kernels.softmaxGradient(y!, gradient!, logits!, 1, COUNT)
        for (const [i, slope] of readFloats(backend, logits!, 7).entries()) {
          expect(Math.abs(slope)).toBeLessThan(1e-5 * first[i]!)
        }
      },
    )
  })

  it('the mean of a window as large as the image', () => {
    const image = new Float32Array(1_000_000).fill(0.1)
    const record = new Int32Array(GEOMETRY_ENTRIES)
    withArrays(backend, [image, new Float32Array(1), record], (x, out, at) => {
      writeGeometry(backend.memory.int32, at!, {
        ...{ images: 1, channels: 1, rows: 1000, columns: 1000, filters: 1 },
        ...{ windowRows: 1000, windowColumns: 1000, outRows: 1, outColumns: 1 },
        ...{ strideRows: 1, strideColumns: 1, padTop: 0, padLeft: 0, dilationRows: 1, dilationColumns: 1 },
      })
      backend.kernels.averagePool2d(x!, out!, at!)
      expectNear(readFloats(backend, out!, 1), [image[0]!], 0)
      backend.kernels.maxPool2d(x!, out!, at!)
      expectNear(readFloats(backend, out!, 1), [image[0]!], 0)
    })
  })
})
