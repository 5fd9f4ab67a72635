// The matrix product, of operands that may be transposed, batched or mostly zero.
import { apply } from '../autograd.ts'
import type { Address } from '../backend/backend.ts'
import { matmulScratch } from '../backend/scratch.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { broadcastShapes, formatShape, type Shape, sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { sumTo } from './broadcast.ts'
import { checkFloats, type Op, type Sample, spread, tensorBeside } from './op.ts'
import { listNonZeros, sparseProduct, sparseTransposedProduct } from './sparse.ts'

/**
 * How to read the operands of a matrix product.
 *
 * @example
 * ```ts
 * import { type MatmulOptions, matmul, ones } from 'spikegrad'
 * const options: MatmulOptions = { transposeB: true }
 * matmul(ones([2, 3]), ones([4, 3]), options).shape // [2, 4]
 * ```
 */
export interface MatmulOptions {
  /** Multiply the transpose of a: its last two axes swapped. */
  readonly transposeA?: boolean
  /** Multiply by the transpose of b: its last two axes swapped. Not together with `sparse`. */
  readonly transposeB?: boolean
  /** The left operand is mostly zeros: skip them. A zero then gives 0 even against infinity or NaN. */
  readonly sparse?: boolean
}

/** A tensor as a factor, its last two axes being the matrix: transposed or not. */
interface Factor {
  readonly tensor: Tensor
  readonly transposed: boolean
}

const rowsOf = ({ tensor, transposed }: Factor) => tensor.shape.at(transposed ? -1 : -2)!
const columnsOf = ({ tensor, transposed }: Factor) => tensor.shape.at(transposed ? -2 : -1)!
const transposeOf = ({ tensor, transposed }: Factor): Factor => ({ tensor, transposed: !transposed })

/** One product of matrices at `left` and `right`, of the factors' shapes, m rows of a; a transpose only swaps strides. */
function multiplyMatrices(
  a: Factor,
  left: Address,
  b: Factor,
  right: Address,
  out: Address,
  m: number,
): void {
  const { arena, kernels } = a.tensor.backend
  const [n, k] = [columnsOf(b), columnsOf(a)]
  const aWidth = a.tensor.shape.at(-1)!
  const bWidth = b.tensor.shape.at(-1)!
  kernels.matmul(
    left,
    a.transposed ? 1 : aWidth,
    a.transposed ? aWidth : 1,
    right,
    b.transposed ? 1 : bWidth,
    b.transposed ? bWidth : 1,
    0,
    out,
    m,
    n,
    k,
    arena.scratch(matmulScratch(n, k)),
  )
}

/** The dense product of matrices, or of every pair of matrices of batches. */
function multiplyDense(a: Factor, b: Factor): Tensor {
  const [m, n] = [rowsOf(a), columnsOf(b)]
  if (a.tensor.shape.length > 2 || b.tensor.shape.length > 2) return multiplyBatches(a, b, m, n)
  const out = tensorBeside(a.tensor, [m, n])
  multiplyMatrices(a, a.tensor.address, b, b.tensor.address, out.address, m)
  return out
}

const batchOf = ({ shape }: Tensor) => shape.slice(0, -2)

function multiplyBatches(a: Factor, b: Factor, m: number, n: number): Tensor {
  const batch = broadcastShapes('matmul', batchOf(a.tensor), batchOf(b.tensor))
  const out = tensorBeside(a.tensor, [...batch, m, n])
  const count = sizeOf(batch)
  const { address: left } = a.tensor
  const { address: right } = b.tensor
  const [aSize, bSize] = [m * columnsOf(a), columnsOf(a) * n]
  if (b.tensor.size === bSize && !a.transposed && a.tensor.size === count * aSize) {
    // One matrix for all: the rows of the whole batch are those of one product.
    multiplyMatrices(a, left, b, right, out.address, count * m)
    return out
  }
  const aIndex = broadcastIndex(batch, batchOf(a.tensor))
  const bIndex = broadcastIndex(batch, batchOf(b.tensor))
  for (let i = 0; i < count; i++) {
    const target = out.address + 4 * i * m * n
    multiplyMatrices(a, left + 4 * aSize * aIndex(i), b, right + 4 * bSize * bIndex(i), target, m)
  }
  return out
}

/** For an index into `batch`, the index into `own`, which broadcasts to it. */
function broadcastIndex(batch: Shape, own: Shape): (index: number) => number {
  return index => {
    let result = 0
    let step = 1
    let rest = index
    for (let back = 1; back <= batch.length; back++) {
      const length = batch[batch.length - back]!
      const at = rest % length
      rest = (rest - at) / length
      const ownLength = own[own.length - back] ?? 1
      if (ownLength > 1) result += at * step
      step *= ownLength
    }
    return result
  }
}

/** The gradient by b of a product whose gradient is c: transpose(a) c, summed over the batches that b serves. */
function gradientByRight(a: Factor, c: Tensor, b: Tensor): Tensor {
  const [k, n] = [columnsOf(a), c.shape.at(-1)!]
  const shared = b.size === k * n && !a.transposed && a.tensor.size / k === c.size / n
  if (a.tensor.shape.length === 2 || !shared) return multiplyDense(transposeOf(a), factor(c))
  const out = tensorBeside(b, b.shape)
  const { arena, kernels } = c.backend
  const rows = c.size / n
  const scratch = arena.scratch(matmulScratch(n, rows))
  kernels.matmul(a.tensor.address, 1, k, c.address, n, 1, 0, out.address, k, n, rows, scratch)
  return out
}

/** The product of a mostly-zero factor a, the non-zeros of whose tensor are listed, and a plain tensor b. */
function multiplySparse(a: Factor, list: Tensor, b: Tensor): Tensor {
  const [m, k] = a.tensor.shape as readonly [number, number]
  const n = b.shape[1]!
  const out = tensorBeside(b, [rowsOf(a), n])
  return (a.transposed ? sparseTransposedProduct : sparseProduct)(list, [m, n, k], b, out)
}

function refuseFactors(a: Factor, b: Factor, expected: string): never {
  const [left, right] = [a, b].map(
    ({ tensor, transposed }) => `${formatShape(tensor.shape)}${transposed ? ' transposed' : ''}`,
  )
  throw new ShapeError(`matmul: shapes ${left} and ${right} do not multiply: expected ${expected}`)
}

function checkFactors(a: Factor, b: Factor, sparse: boolean): void {
  checkFloats('matmul', [a.tensor, b.tensor])
  const ranks = [a.tensor.shape.length, b.tensor.shape.length]
  if (Math.min(...ranks) < 2 || columnsOf(a) !== rowsOf(b)) refuseFactors(a, b, '[m, k] and [k, n]')
  if (Math.max(...ranks) > 2 && !batchesFit(batchOf(a.tensor), batchOf(b.tensor))) {
    refuseFactors(a, b, 'batch axes that broadcast')
  }
  if (sparse && Math.max(...ranks) > 2) refuseFactors(a, b, 'rank 2 for a sparse left operand')
  if (sparse && b.transposed) {
    throw new InvalidArgumentError(
      'matmul: a sparse left operand needs a right operand that is not transposed',
    )
  }
}

function batchesFit(a: Shape, b: Shape): boolean {
  const shared = Math.min(a.length, b.length)
  for (let back = 1; back <= shared; back++) {
    const [left, right] = [a.at(-back)!, b.at(-back)!]
    if (left !== right && left !== 1 && right !== 1) return false
  }
  return true
}

const factor = (tensor: Tensor, transposed = false): Factor => ({ tensor, transposed })

function sample(label: string, a: readonly number[], b: readonly number[], options: MatmulOptions): Sample {
  const value = spread(-1.5, 1.5)
  const entry = options.sparse ? (index: number) => (index % 3 === 0 ? value(index) : 0) : value
  const inputs = [
    { shape: a, entry },
    { shape: b, entry: spread(-1, 1) },
  ]
  return { label, inputs, run: operands => matmul(operands[0]!, operands[1]!, options) }
}

export const matmulOp: Op<MatmulOptions> = {
  name: 'matmul',
  samples: [
    sample('plain', [7, 5], [5, 9], {}),
    sample('a transposed', [5, 7], [5, 3], { transposeA: true }),
    sample('b transposed', [3, 5], [11, 5], { transposeB: true }),
    sample('both transposed', [4, 2], [3, 4], { transposeA: true, transposeB: true }),
    sample('batches', [3, 2, 4], [3, 4, 5], {}),
    sample('batches, transposed', [3, 4, 2], [3, 5, 4], { transposeA: true, transposeB: true }),
    sample('one matrix for a batch', [2, 3, 4], [4, 5], {}),
    sample('one matrix for a batch, transposed', [2, 3, 4], [5, 4], { transposeB: true }),
    sample('a batch for one matrix', [2, 4], [3, 4, 2], {}),
    sample('batches that broadcast', [2, 1, 2, 3], [4, 3, 2], {}),
    sample('sparse', [3, 6], [6, 5], { sparse: true }),
    sample('sparse transposed', [6, 3], [6, 5], { sparse: true, transposeA: true }),
  ],
  forward([left, right], { transposeA, transposeB, sparse }, saved) {
    const a = factor(left!, transposeA)
    const b = factor(right!, transposeB)
    checkFactors(a, b, sparse ?? false)
    if (!sparse) return multiplyDense(a, b)
    const list = listNonZeros(left!, left!.shape[0]!, left!.shape[1]!)
    saved.push(list)
    return multiplySparse(a, list, right!)
  },
  backward({ inputs: [left, right], gradient, saved: [list], options: { transposeA, transposeB }, needs }) {
    // For C = A B: dA = dC B^T and dB = A^T dC; for an operand stored transposed, the transposes of these.
    const a = factor(left!, transposeA)
    const b = factor(right!, transposeB)
    const c = factor(gradient)
    const byA = () => {
      const own = a.transposed ? multiplyDense(b, transposeOf(c)) : multiplyDense(c, transposeOf(b))
      return sumTo(own, left!.shape)
    }
    const byB = () => {
      if (list !== undefined) return multiplySparse(transposeOf(a), list, gradient)
      const own = b.transposed ? multiplyDense(transposeOf(c), a) : gradientByRight(a, gradient, right!)
      return sumTo(own, right!.shape)
    }
    return [needs(0) ? byA() : undefined, needs(1) ? byB() : undefined]
  },
}

/**
 * The matrix product a b; of the last two axes, once for every entry of the axes before, which broadcast as in `add`.
 *
 * @param a float32 [..., m, k]; [..., k, m] with `transposeA`.
 * @param b float32 [..., k, n]; [..., n, k] with `transposeB`.
 * @returns float32 [..., m, n].
 * @throws ShapeError when the shapes are not these, or one has an axis too many for `sparse`.
 * @throws InvalidArgumentError for `sparse` together with `transposeB`, or when an operand is not float32.
 *
 * @example
 * ```ts
 * import { matmul, tensor, zeros } from 'spikegrad'
 * matmul(tensor([[1, 2], [3, 4]]), tensor([[5], [6]])).toArray() // [17, 39]
 * matmul(zeros([8, 2, 3]), zeros([3, 4])).shape // [8, 2, 4]
 * ```
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  return apply(matmulOp, [a, b], options)
}
