// Comparisons, and choosing between tensors by them.
import { apply, checkOperands } from '../autograd.ts'
import type { FloatExpression, IntExpression, MaskExpression } from '../compile/expression.ts'
import { InvalidArgumentError } from '../errors.ts'
import { broadcastShapes } from '../shape.ts'
import type { DataType, Tensor } from '../tensor.ts'
import { sumTo } from './broadcast.ts'
import { Elementwise } from './elementwise.ts'
import { checkFloats, type Op, spread } from './op.ts'

/** A comparison of float32 tensors, and the same of int32 tensors; the result is int32, 1 or 0. */
interface Comparison {
  readonly name: string
  readonly floats: Elementwise
  readonly ints: Elementwise
}

function comparison(
  name: string,
  floats: (a: FloatExpression, b: FloatExpression) => MaskExpression,
  ints: (a: IntExpression, b: IntExpression) => MaskExpression,
): Comparison {
  return {
    name,
    floats: Elementwise.of<readonly FloatExpression[]>({
      name,
      inputs: ['float32'],
      output: 'int32',
      write: ([a, b]) => floats(a!, b!).selectInt(1, 0),
    }),
    ints: Elementwise.of<readonly IntExpression[]>({
      name,
      inputs: ['int32'],
      output: 'int32',
      write: ([a, b]) => ints(a!, b!).selectInt(1, 0),
    }),
  }
}

const comparisons = {
  equal: comparison(
    'equal',
    (a, b) => a.equal(b),
    (a, b) => a.equal(b),
  ),
  less: comparison(
    'less',
    (a, b) => a.less(b),
    (a, b) => a.less(b),
  ),
  lessEqual: comparison(
    'lessEqual',
    (a, b) => a.lessEqual(b),
    (a, b) => b.less(a).not(),
  ),
}

function compare({ name, floats, ints }: Comparison, a: Tensor, b: Tensor): Tensor {
  checkOperands(name, [a, b])
  const both = (type: DataType) => a.dtype === type && b.dtype === type
  if (!both('float32') && !both('int32')) {
    throw new InvalidArgumentError(
      `${name}: operands are both float32 or both int32, got ${a.dtype} and ${b.dtype}`,
    )
  }
  const elementwise = both('float32') ? floats : ints
  return elementwise.apply([a, b], broadcastShapes(name, a.shape, b.shape))
}

/** A function of an int32 condition and float32 tensors. */
function conditional(
  name: string,
  write: (condition: MaskExpression, inputs: readonly FloatExpression[]) => FloatExpression,
): Elementwise {
  return Elementwise.of<readonly [IntExpression, ...FloatExpression[]]>({
    name,
    inputs: ['int32', 'float32'],
    write: ([condition, ...inputs]) => write(condition.equal(0).not(), inputs),
  })
}

const chosen = /* @__PURE__ */ conditional('where', (condition, [a, b]) => condition.select(a!, b!))
const gradientsOfA = /* @__PURE__ */ conditional('where gradient', (condition, [g]) =>
  condition.select(g!, 0),
)
const gradientsOfB = /* @__PURE__ */ conditional('where gradient', (condition, [g]) =>
  condition.select(0, g!),
)

export const whereOp: Op<undefined> = {
  name: 'where',
  samples: [
    {
      label: 'same shape',
      shapes: [
        [3, 4],
        [3, 4],
        [3, 4],
      ],
    },
    { label: 'broadcast', shapes: [[3, 4], [4], [3, 1]] },
    { label: 'a condition for each row', shapes: [[3, 1], [3, 4], []] },
  ].map(({ label, shapes: [condition, a, b] }) => ({
    label,
    inputs: [
      { shape: condition!, dtype: 'int32', entry: index => index % 3 },
      { shape: a!, entry: spread(-2, 2) },
      { shape: b!, entry: spread(3, 5) },
    ],
    run: inputs => where(inputs[0]!, inputs[1]!, inputs[2]!),
  })),
  forward([condition, a, b]) {
    checkFloats('where', [a!, b!])
    if (condition!.dtype !== 'int32') {
      throw new InvalidArgumentError(`where: the condition is int32, got ${condition!.dtype}`)
    }
    const shape = broadcastShapes('where', condition!.shape, broadcastShapes('where', a!.shape, b!.shape))
    return chosen.apply([condition!, a!, b!], shape)
  },
  backward({ inputs: [condition, a, b], gradient, needs }) {
    const operands = [condition!, gradient]
    return [
      undefined,
      needs(1) ? sumTo(gradientsOfA.apply(operands, gradient.shape), a!.shape) : undefined,
      needs(2) ? sumTo(gradientsOfB.apply(operands, gradient.shape), b!.shape) : undefined,
    ]
  },
}

/**
 * 1 where a equals b, else 0, as int32; both operands float32 or both int32, broadcasting as `add`.
 * @throws InvalidArgumentError when the operands are of two types.
 *
 * @example
 * ```ts
 * import { equal, tensor } from 'spikegrad'
 * equal(tensor([1, 2, 3]), tensor([1, 5, 3])).toArray() // [1, 0, 1]
 * ```
 */
export function equal(a: Tensor, b: Tensor): Tensor {
  return compare(comparisons.equal, a, b)
}

/**
 * 1 where a is less than b, else 0, as `equal`.
 * @throws InvalidArgumentError when the operands are of two types.
 *
 * @example
 * ```ts
 * import { less, tensor } from 'spikegrad'
 * less(tensor([1, 2, 3]), tensor(2)).toArray() // [1, 0, 0]
 * ```
 */
export function less(a: Tensor, b: Tensor): Tensor {
  return compare(comparisons.less, a, b)
}

/**
 * 1 where a is at most b, else 0, as `equal`.
 * @throws InvalidArgumentError when the operands are of two types.
 *
 * @example
 * ```ts
 * import { lessEqual, tensor } from 'spikegrad'
 * lessEqual(tensor([1, 2, 3]), tensor(2)).toArray() // [1, 1, 0]
 * ```
 */
export function lessEqual(a: Tensor, b: Tensor): Tensor {
  return compare(comparisons.lessEqual, a, b)
}

/**
 * 1 where a is greater than b, else 0, as `equal`.
 * @throws InvalidArgumentError when the operands are of two types.
 *
 * @example
 * ```ts
 * import { greater, tensor } from 'spikegrad'
 * greater(tensor([1, 2, 3]), tensor(2)).toArray() // [0, 0, 1]
 * ```
 */
export function greater(a: Tensor, b: Tensor): Tensor {
  return compare(comparisons.less, b, a)
}

/**
 * 1 where a is at least b, else 0, as `equal`.
 * @throws InvalidArgumentError when the operands are of two types.
 *
 * @example
 * ```ts
 * import { greaterEqual, tensor } from 'spikegrad'
 * greaterEqual(tensor([1, 2, 3]), tensor(2)).toArray() // [0, 1, 1]
 * ```
 */
export function greaterEqual(a: Tensor, b: Tensor): Tensor {
  return compare(comparisons.lessEqual, b, a)
}

/**
 * Entries of a where the condition is not 0, of b elsewhere; all three broadcast as in `add`.
 * @param condition int32, as comparisons give.
 * @throws InvalidArgumentError when the condition is not int32.
 * @throws ShapeError when the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { greater, tensor, where } from 'spikegrad'
 * const x = tensor([1, -2, 3])
 * where(greater(x, tensor(0)), x, tensor(0)).toArray() // [1, 0, 3]
 * ```
 */
export function where(condition: Tensor, a: Tensor, b: Tensor): Tensor {
  return apply(whereOp, [condition, a, b], undefined)
}
