// Sums, differences, products, quotients and extremes of broadcasting operands.
import { apply } from '../autograd.ts'
import type { FloatExpression } from '../compile/expression.ts'
import type { Tensor } from '../tensor.ts'
import { broadcast, differences, negatives, products, quotients, sums } from './arithmetic.ts'
import { sumTo } from './broadcast.ts'
import { Elementwise } from './elementwise.ts'
import { type Op, type Sample, type SampleInput, spread } from './op.ts'

/** Samples of every way to broadcast, for an op whose second operand keeps clear of 0. */
function samplesOf(run: (a: Tensor, b: Tensor) => Tensor): readonly Sample[] {
  const sample = (label: string, a: readonly number[], b: readonly number[]): Sample => {
    const left: SampleInput = { shape: a, entry: spread(-2, 2) }
    const right: SampleInput = { shape: b, entry: spread(0.6, 1.7) }
    return { label, inputs: [left, right], run: inputs => run(inputs[0]!, inputs[1]!) }
  }
  return [
    sample('same shape', [3, 5], [3, 5]),
    sample('a row to every row', [3, 5], [5]),
    sample('a column to every column', [3, 5], [3, 1]),
    sample('both stretch', [3, 1], [1, 4]),
    sample('a scalar', [], [2, 3]),
    sample('inner axes of rank four', [2, 1, 3, 1], [2, 1, 5]),
    sample('alternate axes of rank four', [2, 1, 3, 1], [1, 4, 1, 2]),
  ]
}

export const addOp: Op<undefined> = {
  name: 'add',
  samples: samplesOf(add),
  forward: operands => broadcast(sums, operands),
  backward: ({ inputs, gradient, needs }) => [
    needs(0) ? sumTo(gradient, inputs[0]!.shape) : undefined,
    needs(1) ? sumTo(gradient, inputs[1]!.shape) : undefined,
  ],
}

export const subtractOp: Op<undefined> = {
  name: 'subtract',
  samples: samplesOf(subtract),
  forward: operands => broadcast(differences, operands),
  backward: ({ inputs, gradient, needs }) => [
    needs(0) ? sumTo(gradient, inputs[0]!.shape) : undefined,
    needs(1) ? negatives.map([sumTo(gradient, inputs[1]!.shape)]) : undefined,
  ],
}

export const multiplyOp: Op<undefined> = {
  name: 'multiply',
  samples: samplesOf(multiply),
  forward: operands => broadcast(products, operands),
  backward: ({ inputs: [a, b], gradient, needs }) => [
    needs(0) ? sumTo(broadcast(products, [gradient, b!]), a!.shape) : undefined,
    needs(1) ? sumTo(broadcast(products, [gradient, a!]), b!.shape) : undefined,
  ],
}

/** The gradient of a / b by b: -(a / b) / b. */
const divisorGradients = /* @__PURE__ */ Elementwise.ofFloats('divide gradient', ([b, y, gradient]) =>
  gradient!.times(y!.over(b!)).negate(),
)

export const divideOp: Op<undefined> = {
  name: 'divide',
  samples: samplesOf(divide),
  forward: operands => broadcast(quotients, operands),
  backward: ({ inputs: [a, b], output, gradient, needs }) => [
    needs(0) ? sumTo(broadcast(quotients, [gradient, b!]), a!.shape) : undefined,
    needs(1) ? sumTo(broadcast(divisorGradients, [b!, output, gradient]), b!.shape) : undefined,
  ],
}

/** Whether two numbers are the same: equal, or both NaN. */
const same = (a: FloatExpression, b: FloatExpression) => a.equal(b).or(a.isNaN().and(b.isNaN()))

/** An op that chooses one of two operands; its gradient goes to the one chosen, and in halves to the same ones. */
function choice(
  name: string,
  run: (a: Tensor, b: Tensor) => Tensor,
  choose: (a: FloatExpression, b: FloatExpression) => FloatExpression,
): Op<undefined> {
  const chosen = Elementwise.ofFloats(name, ([a, b]) => choose(a!, b!))
  const shares = Elementwise.ofFloats(`${name} gradient`, ([own, other, y, gradient]) => {
    const half = same(own!, other!).select(0.5, 1)
    return same(own!, y!).select(gradient!.times(half), 0)
  })
  return {
    name,
    samples: samplesOf(run),
    forward: operands => broadcast(chosen, operands),
    backward: ({ inputs: [a, b], output, gradient, needs }) => [
      needs(0) ? sumTo(broadcast(shares, [a!, b!, output, gradient]), a!.shape) : undefined,
      needs(1) ? sumTo(broadcast(shares, [b!, a!, output, gradient]), b!.shape) : undefined,
    ],
  }
}

export const minimumOp = /* @__PURE__ */ choice('minimum', minimum, (a, b) => a.minimum(b))
export const maximumOp = /* @__PURE__ */ choice('maximum', maximum, (a, b) => a.maximum(b))

/**
 * a + b. Shapes broadcast: aligned at the last axis, a length of 1 or none stretches.
 * @throws ShapeError when the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { add, tensor } from 'spikegrad'
 * add(tensor([[1, 2], [3, 4]]), tensor([10, 20])).toArray() // [11, 22, 13, 24]
 * ```
 */
export function add(a: Tensor, b: Tensor): Tensor {
  return apply(addOp, [a, b], undefined)
}

/**
 * a - b, broadcasting as `add`.
 *
 * @example
 * ```ts
 * import { subtract, tensor } from 'spikegrad'
 * subtract(tensor([5, 7]), tensor(2)).toArray() // [3, 5]
 * ```
 */
export function subtract(a: Tensor, b: Tensor): Tensor {
  return apply(subtractOp, [a, b], undefined)
}

/**
 * a * b, entry by entry, broadcasting as `add`.
 *
 * @example
 * ```ts
 * import { multiply, tensor } from 'spikegrad'
 * multiply(tensor([5, 7]), tensor([2, 3])).toArray() // [10, 21]
 * ```
 */
export function multiply(a: Tensor, b: Tensor): Tensor {
  return apply(multiplyOp, [a, b], undefined)
}

/**
 * a / b, entry by entry, broadcasting as `add`.
 *
 * @example
 * ```ts
 * import { divide, tensor } from 'spikegrad'
 * divide(tensor([6, 9]), tensor(3)).toArray() // [2, 3]
 * ```
 */
export function divide(a: Tensor, b: Tensor): Tensor {
  return apply(divideOp, [a, b], undefined)
}

/**
 * The smaller of a and b, entry by entry, broadcasting as `add`; NaN if either is. Equal operands share the gradient; a NaN
 * receives it.
 *
 * @example
 * ```ts
 * import { minimum, tensor } from 'spikegrad'
 * minimum(tensor([1, 5]), tensor(3)).toArray() // [1, 3]
 * ```
 */
export function minimum(a: Tensor, b: Tensor): Tensor {
  return apply(minimumOp, [a, b], undefined)
}

/**
 * The larger of a and b, entry by entry, broadcasting as `add`; NaN if either is. Equal operands share the gradient; a NaN
 * receives it.
 *
 * @example
 * ```ts
 * import { maximum, tensor } from 'spikegrad'
 * maximum(tensor([1, 5]), tensor(3)).toArray() // [3, 5]
 * ```
 */
export function maximum(a: Tensor, b: Tensor): Tensor {
  return apply(maximumOp, [a, b], undefined)
}
