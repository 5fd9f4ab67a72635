// Cases for the elementwise kernels: odd sizes, every way to broadcast, in place, and special numbers.
import { floats, type KernelCase, readFloats, reserve, specials, upload } from '../kernelCase.ts'

type UnaryName = 'negate' | 'sqrt' | 'exp' | 'log' | 'relu'
type BinaryName = 'add' | 'subtract' | 'multiply' | 'divide'

const sizes = [1, 3, 4, 5, 17, 64]

function unary(kernel: UnaryName, low: number, high: number): readonly KernelCase[] {
  const one = (label: string, x: Float32Array): KernelCase => ({
    label,
    run: backend => {
      const out = reserve(backend, x.length)
      backend.kernels[kernel](upload(backend, x), out, x.length)
      return [readFloats(backend, out, x.length)]
    },
  })
  return [
    ...sizes.map(n => one(`${n} entries`, floats(n, n, low, high))),
    one('special numbers', specials),
    one('special numbers in the tail', specials.subarray(0, 3)),
  ]
}

/** How two operands lie: label, rows, columns, and the strides of a and b. */
const layouts: readonly (readonly [string, number, number, number, number, number, number])[] = [
  ...sizes.map(n => [`contiguous 3 x ${n}`, 3, n, n, 1, n, 1] as const),
  ['b is one row', 5, 17, 17, 1, 0, 1],
  ['a is one row', 5, 6, 0, 1, 6, 1],
  ['b is one column', 4, 17, 17, 1, 1, 0],
  ['a is one column', 4, 5, 1, 0, 5, 1],
  ['b is one number', 3, 64, 64, 1, 0, 0],
  ['a is one number', 1, 7, 0, 0, 7, 1],
  ['a is a column, b a row', 5, 9, 1, 0, 0, 1],
  ['both are columns', 6, 5, 1, 0, 1, 0],
  ['rows far apart', 3, 4, 7, 1, 9, 1],
]

function binary(kernel: BinaryName): readonly KernelCase[] {
  const broadcasts = layouts.map(
    ([label, rows, columns, aRow, aColumn, bRow, bColumn]): KernelCase => ({
      label,
      run: backend => {
        const a = upload(backend, floats((rows - 1) * aRow + (columns - 1) * aColumn + 1, 1))
        const b = upload(backend, floats((rows - 1) * bRow + (columns - 1) * bColumn + 1, 2, 0.5, 2))
        const out = reserve(backend, rows * columns)
        backend.kernels[kernel](a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
        return [readFloats(backend, out, rows * columns)]
      },
    }),
  )
  const inPlace: KernelCase = {
    label: 'in place on a',
    run: backend => {
      const a = upload(backend, floats(3 * 7, 1))
      backend.kernels[kernel](a, 7, 1, upload(backend, floats(7, 2, 0.5, 2)), 0, 1, a, 3, 7)
      return [readFloats(backend, a, 21)]
    },
  }
  const pairs: KernelCase = {
    label: 'every pair of special numbers',
    run: backend => {
      const n = specials.length
      const address = upload(backend, specials)
      const out = reserve(backend, n * n)
      backend.kernels[kernel](address, 1, 0, address, 0, 1, out, n, n)
      return [readFloats(backend, out, n * n)]
    },
  }
  return [...broadcasts, inPlace, pairs]
}

export const elementwiseCases = {
  fill: [0, ...sizes].map(n => ({
    label: `${n} entries, no more`,
    run: backend => {
      const out = reserve(backend, n + 4)
      backend.kernels.fill(out, n, 0.1)
      return [readFloats(backend, out, n + 4)]
    },
  })),
  copy: sizes.map(n => ({
    label: `${n} entries, no more`,
    run: backend => {
      const out = reserve(backend, n + 4)
      backend.kernels.copy(upload(backend, floats(n, n)), out, n)
      return [readFloats(backend, out, n + 4)]
    },
  })),
  add: binary('add'),
  subtract: binary('subtract'),
  multiply: binary('multiply'),
  divide: binary('divide'),
  negate: unary('negate', -2, 2),
  sqrt: unary('sqrt', 0, 9),
  exp: unary('exp', -80, 80),
  log: unary('log', 0.01, 0.8),
  relu: unary('relu', -1, 1),
  reluGradient: [
    ...sizes.map(n => [`${n} entries`, floats(n, n)] as const),
    ['special numbers', specials] as const,
  ].map(([label, x]) => ({
    label,
    run: backend => {
      const out = reserve(backend, x.length)
      backend.kernels.reluGradient(upload(backend, x), upload(backend, floats(x.length, 9)), out, x.length)
      return [readFloats(backend, out, x.length)]
    },
  })),
} satisfies Record<string, readonly KernelCase[]>
