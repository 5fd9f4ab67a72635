// Cases for choosing entries of rows: equals, special numbers, columns named twice.
import {
  floats,
  integers,
  type KernelCase,
  readFloats,
  readIntegers,
  reserve,
  specials,
  upload,
} from '../kernelCase.ts'

const shapes: readonly (readonly [rows: number, columns: number, count: number])[] = [
  [1, 1, 1],
  [3, 5, 1],
  [4, 7, 3],
  [2, 20, 20],
  [5, 64, 9],
  [3, 200, 33],
  [2, 300, 300],
]

function topK(label: string, rows: number, columns: number, k: number, x: Float32Array): KernelCase {
  return {
    label,
    run: backend => {
      const indices = reserve(backend, rows * k)
      backend.kernels.topK(upload(backend, x), indices, rows, columns, k)
      return [readIntegers(backend, indices, rows * k)]
    },
  }
}

/** Each label, and the case's columns of each row. */
function moves(kernel: 'gatherColumns' | 'scatterAddColumns'): readonly KernelCase[] {
  return shapes.map(([rows, columns, count]) => ({
    label: `${count} of ${rows} x ${columns}`,
    run: backend => {
      const indices = upload(backend, integers(rows * count, 1, columns))
      const wide = floats(rows * columns, 2)
      const narrow = floats(rows * count, 3)
      const [from, to] = kernel === 'gatherColumns' ? [wide, narrow] : [narrow, wide]
      const out = upload(backend, to)
      backend.kernels[kernel](upload(backend, from), indices, out, rows, columns, count)
      return [readFloats(backend, out, to.length)]
    },
  }))
}

export const columnCases = {
  topK: [
    ...shapes.map(([rows, columns, k]) =>
      topK(`${k} of ${rows} x ${columns}`, rows, columns, k, floats(rows * columns, 4)),
    ),
    topK('equals', 2, 6, 4, Float32Array.of(1, 3, 3, 2, 3, 1, 0, -0, 0, -0, 0, 0)),
    topK('special numbers', 1, specials.length, specials.length, specials),
    topK('NaN first and last', 1, 4, 3, Float32Array.of(Number.NaN, 1, 2, Number.NaN)),
  ],
  gatherColumns: moves('gatherColumns'),
  scatterAddColumns: moves('scatterAddColumns'),
} satisfies Record<string, readonly KernelCase[]>
