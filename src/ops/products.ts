// The matrix product, of operands that may be transposed or mostly zero.
import { apply } from '../autograd.ts'
import { InvalidArgumentError, ShapeError } from '../errors.ts'
import { formatShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { checkFloats, type Op, type Sample, spread, tensorBeside } from './op.ts'

export interface MatmulOptions {
  /** Multiply by the transpose of a. */
  readonly transposeA?: boolean
  /** Multiply by the transpose of b. Not together with `sparse`. */
  readonly transposeB?: boolean
  /** The left operand is mostly zeros: skip them. A zero then gives 0 even against infinity or NaN. */
  readonly sparse?: boolean
}

/** A rank-2 tensor as a factor: transposed or not. */
interface Factor {
  readonly tensor: Tensor
  readonly transposed: boolean
}

const rowsOf = ({ tensor, transposed }: Factor) => tensor.shape[transposed ? 1 : 0]!
const columnsOf = ({ tensor, transposed }: Factor) => tensor.shape[transposed ? 0 : 1]!
const transposeOf = ({ tensor, transposed }: Factor): Factor => ({ tensor, transposed: !transposed })

/** The dense product; a transpose only swaps strides. */
function multiplyDense(a: Factor, b: Factor): Tensor {
  const { arena, kernels } = a.tensor.backend
  const [m, n, k] = [rowsOf(a), columnsOf(b), columnsOf(a)]
  const out = tensorBeside(a.tensor, [m, n])
  const aWidth = a.tensor.shape[1]!
  const bWidth = b.tensor.shape[1]!
  kernels.matmul(
    a.tensor.address,
    a.transposed ? 1 : aWidth,
    a.transposed ? aWidth : 1,
    b.tensor.address,
    b.transposed ? 1 : bWidth,
    b.transposed ? bWidth : 1,
    out.address,
    m,
    n,
    k,
    arena.scratch(kernels.matmulScratch(m, n, k)),
  )
  return out
}

/** The product of a mostly-zero factor a and a plain tensor b. */
function multiplySparse(a: Factor, b: Tensor): Tensor {
  const { arena, kernels } = b.backend
  const out = tensorBeside(b, [rowsOf(a), b.shape[1]!])
  const [rows, columns] = a.tensor.shape as readonly [number, number]
  const kernel = a.transposed ? kernels.sparseTransposedMatmul : kernels.sparseMatmul
  kernel(a.tensor.address, b.address, out.address, rows, b.shape[1]!, columns, arena.scratch(8 * columns))
  return out
}

function checkFactors(a: Factor, b: Factor, sparse: boolean): void {
  checkFloats('matmul', [a.tensor, b.tensor])
  const fit = a.tensor.shape.length === 2 && b.tensor.shape.length === 2 && columnsOf(a) === rowsOf(b)
  if (!fit) {
    const [left, right] = [a, b].map(
      ({ tensor, transposed }) => `${formatShape(tensor.shape)}${transposed ? ' transposed' : ''}`,
    )
    throw new ShapeError(`matmul: shapes ${left} and ${right} do not multiply: expected [m, k] and [k, n]`)
  }
  if (sparse && b.transposed) {
    throw new InvalidArgumentError(
      'matmul: a sparse left operand needs a right operand that is not transposed',
    )
  }
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
    sample('sparse', [3, 6], [6, 5], { sparse: true }),
    sample('sparse transposed', [6, 3], [6, 5], { sparse: true, transposeA: true }),
  ],
  forward([left, right], { transposeA, transposeB, sparse }) {
    const a = factor(left!, transposeA)
    const b = factor(right!, transposeB)
    checkFactors(a, b, sparse ?? false)
    return sparse ? multiplySparse(a, right!) : multiplyDense(a, b)
  },
  backward({ inputs: [left, right], gradient, options: { transposeA, transposeB, sparse }, needs }) {
    // For C = A B: dA = dC B^T and dB = A^T dC; for an operand stored transposed, the transposes of these.
    const a = factor(left!, transposeA)
    const b = factor(right!, transposeB)
    const c = factor(gradient)
    const byA = () => (a.transposed ? multiplyDense(b, transposeOf(c)) : multiplyDense(c, transposeOf(b)))
    const byB = () => {
      if (sparse) return multiplySparse(transposeOf(a), gradient)
      return b.transposed ? multiplyDense(transposeOf(c), a) : multiplyDense(transposeOf(a), c)
    }
    return [needs(0) ? byA() : undefined, needs(1) ? byB() : undefined]
  },
}

/**
 * The matrix product a [m, k] times b [k, n], of shape [m, n]; with `transposeA`, a is [k, m]; with `transposeB`,
 * b is [n, k].
 * @throws ShapeError when the operands are not of rank 2 or do not fit.
 * @throws InvalidArgumentError for `sparse` together with `transposeB`.
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  return apply(matmulOp, [a, b], options)
}
