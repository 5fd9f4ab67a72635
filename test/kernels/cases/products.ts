// Cases for the matrix products: tiles and their remainders, transposes, blocks of depth and columns, zeros.
import { floats, type KernelCase, readFloats, reserve, upload } from '../kernelCase.ts'

/** [m, n, k]: whole and partial tiles of 6 x 8, odd depths, more than one block of 256 deep and 512 wide. */
const shapes: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [6, 8, 2],
  [3, 4, 5],
  [5, 17, 3],
  [17, 5, 64],
  [13, 10, 7],
  [32, 10, 64],
  [64, 64, 17],
  [7, 9, 513],
  [6, 16, 257],
  [8, 531, 5],
]

function matmul(transposeA: boolean, transposeB: boolean): readonly KernelCase[] {
  return shapes.map(([m, n, k]) => ({
    label: `${m} x ${k}${transposeA ? ' transposed' : ''} by ${k} x ${n}${transposeB ? ' transposed' : ''}`,
    scale: 1,
    run: backend => {
      const { kernels, arena } = backend
      const a = upload(backend, floats(m * k, 1))
      const b = upload(backend, floats(k * n, 2))
      const out = reserve(backend, m * n)
      const scratch = arena.allocate(kernels.matmulScratch(m, n, k))
      const [aRow, aColumn] = transposeA ? [1, m] : [k, 1]
      const [bRow, bColumn] = transposeB ? [1, k] : [n, 1]
      kernels.matmul(a, aRow, aColumn, b, bRow, bColumn, out, m, n, k, scratch)
      return [readFloats(backend, out, m * n)]
    },
  }))
}

/** Numbers of which about one in five is not 0; `NaN`s and negative zeros among them. */
function mostlyZero(count: number): Float32Array {
  return floats(count, 7).map((x, i) => (x > 0.6 || i % 11 === 0 ? x : i % 3 === 0 ? -0 : 0))
}

function sparse(
  kernel: 'sparseMatmul' | 'sparseTransposedMatmul',
  label: string,
  shape: readonly [number, number, number],
  a: Float32Array,
): KernelCase {
  const [m, n, k] = shape
  const [bRows, outRows] = kernel === 'sparseMatmul' ? [k, m] : [m, k]
  return {
    label,
    scale: 1,
    run: backend => {
      const b = upload(backend, floats(bRows * n, 2))
      const out = reserve(backend, outRows * n)
      const scratch = backend.arena.allocate(8 * k)
      backend.kernels[kernel](upload(backend, a), b, out, m, n, k, scratch)
      return [readFloats(backend, out, outRows * n)]
    },
  }
}

function sparseCases(kernel: 'sparseMatmul' | 'sparseTransposedMatmul'): readonly KernelCase[] {
  const all = [...shapes, [4, 100, 33] as const, [300, 64, 784] as const]
  return [
    ...all.map(shape => sparse(kernel, shape.join(' x '), shape, mostlyZero(shape[0] * shape[2]))),
    sparse(kernel, 'nothing but zeros', [3, 5, 6], new Float32Array(18)),
    sparse(kernel, 'no zero at all', [3, 37, 9], floats(27, 4, 1, 2)),
    sparse(kernel, 'a NaN', [2, 6, 5], Float32Array.of(0, 0, Number.NaN, 0, 1, 0, 0, 0, 0, 0)),
  ]
}

export const productCases = {
  matmulScratch: shapes.map(([m, n, k]) => ({
    label: `${m} x ${n} x ${k}`,
    run: ({ kernels }) => [Int32Array.of(kernels.matmulScratch(m, n, k))],
  })),
  matmul: [
    ...matmul(false, false),
    ...matmul(true, false),
    ...matmul(false, true),
    ...matmul(true, true),
    {
      label: 'NaN and infinity stay in their rows and columns',
      run: backend => {
        const a = floats(7 * 5, 1, 1, 2)
        a[8] = Number.NaN
        a[30] = Number.POSITIVE_INFINITY
        const out = reserve(backend, 7 * 11)
        const scratch = backend.arena.allocate(backend.kernels.matmulScratch(7, 11, 5))
        const b = upload(backend, floats(5 * 11, 2, 1, 2))
        backend.kernels.matmul(upload(backend, a), 5, 1, b, 11, 1, out, 7, 11, 5, scratch)
        return [readFloats(backend, out, 77)]
      },
    },
  ],
  sparseMatmul: sparseCases('sparseMatmul'),
  sparseTransposedMatmul: sparseCases('sparseTransposedMatmul'),
} satisfies Record<string, readonly KernelCase[]>
