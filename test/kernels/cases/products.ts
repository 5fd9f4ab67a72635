// Cases for the matrix products: tiles and their remainders, transposes, blocks of depth and columns, biases, zeros.
import { matmulScratch, nonZerosBytes, sparseScratch } from '../../../src/backend/scratch.ts'
import { floats, type KernelCase, readFloats, readIntegers, reserve, upload } from '../kernelCase.ts'

type Sizes = readonly [m: number, n: number, k: number]

/**
 * Single rows and columns, few rows, whole and partial tiles of three or six rows, all remainders of columns, left operands
 * in place and packed, and more than one block of 256 deep and 528 wide.
 */
const sizes: readonly Sizes[] = [
  ...([1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13].map(n => [5, n, 6]) as Sizes[]),
  ...([11, 12, 13, 14, 15, 16, 17, 18, 19].map(m => [m, 48 + m - 11, 17]) as Sizes[]),
  [1, 1, 1],
  [1, 37, 21],
  [37, 1, 21],
  [16, 12, 40],
  [17, 5, 64],
  [32, 10, 64],
  [64, 64, 17],
  [7, 9, 513],
  [13, 50, 257],
  [13, 540, 5],
  [12, 531, 20],
]

function matmul(transposeA: boolean, transposeB: boolean, biased: boolean): readonly KernelCase[] {
  return sizes.map(([m, n, k]) => ({
    label:
      `${m} x ${k}${transposeA ? ' transposed' : ''} by ${k} x ${n}${transposeB ? ' transposed' : ''}` +
      (biased ? ' with bias' : ''),
    scale: Math.sqrt(k),
    run: backend => {
      const { kernels, arena } = backend
      const a = upload(backend, floats(m * k, 1))
      const b = upload(backend, floats(k * n, 2))
      const bias = biased ? upload(backend, floats(n, 3)) : 0
      const out = reserve(backend, m * n + 1)
      const scratch = arena.allocate(matmulScratch(n, k))
      const [aRow, aColumn] = transposeA ? [1, m] : [k, 1]
      const [bRow, bColumn] = transposeB ? [1, k] : [n, 1]
      kernels.matmul(a, aRow, aColumn, b, bRow, bColumn, bias, out, m, n, k, scratch)
      // One entry more than the result has: it must stay.
      return [readFloats(backend, out, m * n + 1)]
    },
  }))
}

/** Numbers of which about one in five is not 0; negative zeros among them. */
function mostlyZero(count: number): Float32Array {
  return floats(count, 7).map((x, i) => (x > 0.6 || i % 11 === 0 ? x : i % 3 === 0 ? -0 : 0))
}

interface SparseCase {
  readonly label: string
  readonly sizes: Sizes
  readonly a: Float32Array
  readonly biased: boolean
}

function sparse(
  kernel: 'sparseMatmul' | 'sparseTransposedMatmul',
  { label, sizes: [m, n, k], a, biased }: SparseCase,
): KernelCase {
  const [bRows, outRows] = kernel === 'sparseMatmul' ? [k, m] : [m, k]
  return {
    label,
    scale: Math.sqrt(bRows),
    run: backend => {
      const { kernels, arena } = backend
      const b = upload(backend, floats(bRows * n, 2))
      const bias = biased ? upload(backend, floats(n, 3)) : 0
      const out = reserve(backend, outRows * n + 1)
      const scratch = arena.allocate(sparseScratch(m, k))
      const list = arena.allocate(nonZerosBytes(m, k))
      kernels.listNonZeros(upload(backend, a), list, m, k)
      if (kernel === 'sparseMatmul') kernels.sparseMatmul(list, b, bias, out, m, n, k, scratch)
      else kernels.sparseTransposedMatmul(list, b, out, m, n, k, scratch)
      return [readFloats(backend, out, outRows * n + 1)]
    },
  }
}

const sparseSizes: readonly Sizes[] = [...sizes, [4, 100, 33], [9, 64, 33], [300, 64, 784]]

const sparseInputs: readonly SparseCase[] = [
  ...[false, true].flatMap(biased =>
    sparseSizes.map((shape): SparseCase => {
      const label = `${shape.join(' x ')}${biased ? ' with bias' : ''}`
      return { label, sizes: shape, a: mostlyZero(shape[0] * shape[2]), biased }
    }),
  ),
  { label: 'nothing but zeros', sizes: [3, 5, 6], a: new Float32Array(18), biased: false },
  { label: 'no zero at all', sizes: [3, 37, 9], a: floats(27, 4, 1, 2), biased: true },
  {
    label: 'a NaN',
    sizes: [2, 6, 5],
    a: Float32Array.of(0, 0, Number.NaN, 0, 1, 0, 0, 0, 0, 0),
    biased: false,
  },
]

const listed: readonly KernelCase[] = sparseInputs
  .filter(({ biased }) => !biased)
  .map(({ label, sizes: [rows, , columns], a }) => ({
    label,
    run: backend => {
      const list = backend.arena.allocate(nonZerosBytes(rows, columns))
      backend.kernels.listNonZeros(upload(backend, a), list, rows, columns)
      const ends = readIntegers(backend, list, rows)
      const count = ends.at(-1)!
      const indices = list + 4 * rows
      const values = indices + 4 * (rows * columns + 4)
      return [ends, readIntegers(backend, indices, count), readFloats(backend, values, count)]
    },
  }))

export const productCases = {
  matmul: [
    ...matmul(false, false, false),
    ...matmul(true, false, false),
    ...matmul(false, true, false),
    ...matmul(true, true, false),
    ...matmul(false, false, true),
    {
      label: 'NaN and infinity stay in their rows and columns',
      run: backend => {
        const a = floats(7 * 5, 1, 1, 2)
        a[8] = Number.NaN
        a[30] = Number.POSITIVE_INFINITY
        const out = reserve(backend, 7 * 11)
        const scratch = backend.arena.allocate(matmulScratch(11, 5))
        const b = upload(backend, floats(5 * 11, 2, 1, 2))
        backend.kernels.matmul(upload(backend, a), 5, 1, b, 11, 1, 0, out, 7, 11, 5, scratch)
        return [readFloats(backend, out, 77)]
      },
    },
  ],
  listNonZeros: listed,
  sparseMatmul: sparseInputs.map(input => sparse('sparseMatmul', input)),
  sparseTransposedMatmul: sparseInputs
    .filter(({ biased }) => !biased)
    .map(input => sparse('sparseTransposedMatmul', input)),
} satisfies Record<string, readonly KernelCase[]>
