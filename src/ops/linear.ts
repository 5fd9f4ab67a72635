// The linear map with bias, sparse or dense, and with a rectifier: one operation for what a fully connected layer computes.
import { apply } from '../autograd.ts'
import { matmulScratch } from '../backend/scratch.ts'
import { compiled } from '../compile/compiled.ts'
import { defineProgram } from '../compile/define.ts'
import { ShapeError } from '../errors.ts'
import { formatShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { Elementwise } from './elementwise.ts'
import { checkFloats, type Op, type Sample, spread, tensorBeside } from './op.ts'
import { listNonZeros, sparseProduct, sparseTransposedProduct } from './sparse.ts'

/**
 * How `linear` computes.
 *
 * @example
 * ```ts
 * import { type LinearMapOptions, linear, tensor } from 'spikegrad'
 * const options: LinearMapOptions = { activation: 'relu' }
 * linear(tensor([[1]]), tensor([[2, -2]]), undefined, options).toArray() // [2, 0]
 * ```
 */
export interface LinearMapOptions {
  /** What to do to every entry of the result; by default nothing. */
  readonly activation?: 'relu'
  /** x is mostly zeros: skip them. A zero then gives 0 even against infinity or NaN. */
  readonly sparse?: boolean
}

const rectified = /* @__PURE__ */ defineProgram('relu', program => {
  const y = program.state('y')
  program.store(y, y.value.atLeast(0))
})
const maskedGradients = /* @__PURE__ */ Elementwise.ofFloats('linear', ([y, gradient]) =>
  y!.lessEqual(0).select(0, gradient!),
)

/** The sizes of a map: x is m rows of k numbers, the result m rows of n. */
function sizesOf(x: Tensor, weight: Tensor, bias: Tensor | undefined): readonly [number, number, number] {
  checkFloats('linear', bias === undefined ? [x, weight] : [x, weight, bias])
  const k = x.shape.at(-1)
  const n = weight.shape[1]
  const fits = weight.shape.length === 2 && k === weight.shape[0]
  const biasFits = bias === undefined || (bias.shape.length === 1 && bias.shape[0] === n)
  if (k === undefined || n === undefined || !fits || !biasFits) {
    const shapes = [x, weight, ...(bias === undefined ? [] : [bias])].map(({ shape }) => formatShape(shape))
    throw new ShapeError(
      `linear: expected x [..., inputs], weight [inputs, outputs] and bias [outputs], got ${shapes.join(', ')}`,
    )
  }
  return [x.size / k, n, k]
}

/** A product of plain or transposed matrices: `[address, row stride, column stride]` each. */
function multiply(
  a: readonly [number, number, number],
  b: readonly [number, number, number],
  bias: number,
  out: Tensor,
  [m, n, k]: readonly [number, number, number],
): Tensor {
  const { arena, kernels } = out.backend
  const scratch = arena.scratch(matmulScratch(n, k))
  kernels.matmul(a[0], a[1], a[2], b[0], b[1], b[2], bias, out.address, m, n, k, scratch)
  return out
}

function sample(label: string, shape: readonly number[], options: LinearMapOptions, bias = true): Sample {
  const value = spread(-1.5, 1.5)
  const x = {
    shape,
    entry: options.sparse ? (index: number) => (index % 3 === 0 ? value(index) : 0) : value,
  }
  const rest = [
    { shape: [shape.at(-1)!, 4], entry: spread(-1, 1) },
    { shape: [4], entry: spread(-1, 1.3) },
  ]
  const inputs = bias ? [x, ...rest] : [x, rest[0]!]
  return { label, inputs, run: operands => linear(operands[0]!, operands[1]!, operands[2], options) }
}

/** Inputs: x, weight and, unless there is none, bias. */
export const linearOp: Op<LinearMapOptions> = {
  name: 'linear',
  samples: [
    sample('with bias', [5, 3], {}),
    sample('without bias', [5, 3], {}, false),
    sample('relu', [6, 3], { activation: 'relu' }),
    sample('sparse, relu', [6, 7], { activation: 'relu', sparse: true }),
    sample('sparse, without bias', [2, 5], { sparse: true }, false),
    sample('one row', [3], {}),
    sample('rank 3', [2, 4, 3], { activation: 'relu' }),
  ],
  forward([x, weight, bias], { activation, sparse }, saved) {
    const sizes = sizesOf(x!, weight!, bias)
    const [m, n, k] = sizes
    const out = tensorBeside(x!, [...x!.shape.slice(0, -1), n])
    if (sparse) {
      const list = listNonZeros(x!, m, k)
      saved.push(list)
      sparseProduct(list, sizes, weight!, out, bias)
    } else {
      multiply([x!.address, k, 1], [weight!.address, n, 1], bias?.address ?? 0, out, sizes)
    }
    if (activation === 'relu') compiled(rectified, out.backend).run(out.size, out.address)
    return out
  },
  backward({ inputs: [x, weight, bias], output, gradient, saved: [list], options: { activation }, needs }) {
    const [m, n, k] = sizesOf(x!, weight!, bias)
    const inner = activation === 'relu' ? maskedGradients.map([output, gradient]) : gradient
    const byX = () =>
      multiply([inner.address, n, 1], [weight!.address, 1, n], 0, tensorBeside(x!, x!.shape), [m, k, n])
    const byWeight = () => {
      const out = tensorBeside(weight!, weight!.shape)
      if (list !== undefined) return sparseTransposedProduct(list, [m, n, k], inner, out)
      return multiply([x!.address, 1, k], [inner.address, n, 1], 0, out, [k, n, m])
    }
    const byBias = () => {
      const out = tensorBeside(bias!, bias!.shape)
      out.backend.kernels.sum(inner.address, out.address, 1, m, n)
      return out
    }
    const gradients = [
      needs(0) ? byX() : undefined,
      needs(1) ? byWeight() : undefined,
      bias !== undefined && needs(2) ? byBias() : undefined,
    ]
    if (inner !== gradient) inner.dispose()
    return gradients
  },
}

/**
 * x weight + bias over the last axis of x, and of that the rectifier if asked for.
 *
 * @param x float32 [..., inputs].
 * @param weight float32 [inputs, outputs].
 * @param bias float32 [outputs], or none.
 * @returns float32 [..., outputs].
 * @throws ShapeError when the shapes are not these.
 * @throws InvalidArgumentError when an operand is not float32.
 *
 * @example
 * ```ts
 * import { linear, tensor } from 'spikegrad'
 * const [weight, bias] = [tensor([[1, -1], [2, -2]]), tensor([10, 1])]
 * linear(tensor([3, 4]), weight, bias).toArray() // [21, -10]
 * linear(tensor([[3, 4]]), weight, bias, { activation: 'relu' }).toArray() // [21, 0]
 * ```
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor, options: LinearMapOptions = {}): Tensor {
  return apply(linearOp, bias === undefined ? [x, weight] : [x, weight, bias], options)
}
