// The kernels of the gradient half: every backend against the reference, and the reference against plain formulas.
import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Backend, Kernels } from '../../src/backend/backend.ts'
import { columnKernels } from '../../src/backend/js/columns.ts'
import { convolutionKernels } from '../../src/backend/js/convolutions.ts'
import { copyKernels } from '../../src/backend/js/copies.ts'
import { fillKernels } from '../../src/backend/js/fills.ts'
import { lossKernels } from '../../src/backend/js/losses.ts'
import { poolingKernels } from '../../src/backend/js/pooling.ts'
import { productKernels } from '../../src/backend/js/products.ts'
import { reductionKernels } from '../../src/backend/js/reductions.ts'
import { rowKernels } from '../../src/backend/js/rows.ts'
import { BufferMemory } from '../../src/backend/memory.ts'
import { matmulScratch, nonZerosBytes, sparseScratch } from '../../src/backend/scratch.ts'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import { gradientCases } from './cases/gradient.ts'
import { floats, readFloats, reserve, upload } from './kernelCase.ts'
import { expectClose, walkKernelTable } from './kernelTable.ts'

const memory = new BufferMemory()
const groups = [
  fillKernels,
  reductionKernels,
  productKernels,
  convolutionKernels,
  poolingKernels,
  columnKernels,
  copyKernels,
  rowKernels,
  lossKernels,
].map(group => group(memory))

walkKernelTable(
  'gradient kernels',
  gradientCases,
  groups.flatMap(group => Object.keys(group)) as (keyof Kernels)[],
)

const backends = availableBackends()

/** a [m, k] times b [k, n], summed in float64. */
function naiveProduct(a: Float32Array, b: Float32Array, m: number, n: number, k: number): Float32Array {
  const at = (i: number, j: number) => {
    let total = 0
    for (let p = 0; p < k; p++) total += a[i * k + p]! * b[p * n + j]!
    return total
  }
  return Float32Array.from({ length: m * n }, (_, index) => at(Math.floor(index / n), index % n))
}

/** The transpose, [columns, rows], of x [rows, columns]. */
function transpose(x: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(x, (_, i) => x[(i % rows) * columns + Math.floor(i / rows)]!)
}

function product(
  backend: Backend,
  a: Float32Array,
  b: Float32Array,
  [m, n, k]: readonly [number, number, number],
  [transposeA, transposeB]: readonly [boolean, boolean],
): Float32Array {
  const { arena, kernels } = backend
  const scratch = arena.scratch(matmulScratch(n, k))
  const left = upload(backend, transposeA ? transpose(a, m, k) : a)
  const right = upload(backend, transposeB ? transpose(b, k, n) : b)
  const out = reserve(backend, m * n)
  const [aRow, aColumn] = transposeA ? [1, m] : [k, 1]
  const [bRow, bColumn] = transposeB ? [1, k] : [n, 1]
  kernels.matmul(left, aRow, aColumn, right, bRow, bColumn, 0, out, m, n, k, scratch)
  const result = readFloats(backend, out, m * n)
  for (const address of [left, right, out]) arena.free(address)
  return result
}

describe.each(backends)('matrix products on %s', name => {
  const backend = createBackend(name)
  const size = fc.integer({ min: 1, max: 40 })

  it('are the naive product for any shape and transposes', () => {
    const shapes = fc.tuple(size, size, fc.integer({ min: 1, max: 300 }), fc.boolean(), fc.boolean())
    fc.assert(
      fc.property(shapes, ([m, n, k, transposeA, transposeB]) => {
        const [a, b] = [floats(m * k, 1), floats(k * n, 2)]
        const actual = product(backend, a, b, [m, n, k], [transposeA, transposeB])
        expectClose(actual, naiveProduct(a, b, m, n, k), Math.sqrt(k))
      }),
      { numRuns: 60 },
    )
  })

  it('skip zeros without changing the product', () => {
    fc.assert(
      fc.property(size, size, size, fc.double({ min: 0, max: 1, noNaN: true }), (m, n, k, share) => {
        const { arena, kernels } = backend
        const a = floats(m * k, 1).map((x, i) => ((i * 0.6180339887) % 1 < share ? x : 0))
        const [wide, tall] = [floats(k * n, 2), floats(m * n, 3)]
        const addresses = [a, wide, tall].map(array => upload(backend, array))
        const [forward, backward] = [reserve(backend, m * n), reserve(backend, k * n)]
        const scratch = arena.scratch(sparseScratch(m, k))
        const list = arena.allocate(nonZerosBytes(m, k))
        kernels.listNonZeros(addresses[0]!, list, m, k)
        kernels.sparseMatmul(list, addresses[1]!, 0, forward, m, n, k, scratch)
        kernels.sparseTransposedMatmul(list, addresses[2]!, backward, m, n, k, scratch)
        expectClose(readFloats(backend, forward, m * n), naiveProduct(a, wide, m, n, k), Math.sqrt(k))
        const transposed = naiveProduct(transpose(a, m, k), tall, k, n, m)
        expectClose(readFloats(backend, backward, k * n), transposed, Math.sqrt(m))
        for (const address of [...addresses, list, forward, backward]) arena.free(address)
      }),
      { numRuns: 60 },
    )
  })
})
