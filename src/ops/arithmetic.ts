// The arithmetic that ops and gradients are made of; without gradients of its own.
import { broadcastShapes } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { Elementwise } from './elementwise.ts'
import { checkFloats } from './op.ts'

export const sums = /* @__PURE__ */ Elementwise.ofFloats('add', ([a, b]) => a!.plus(b!))
export const differences = /* @__PURE__ */ Elementwise.ofFloats('subtract', ([a, b]) => a!.minus(b!))
export const products = /* @__PURE__ */ Elementwise.ofFloats('multiply', ([a, b]) => a!.times(b!))
export const quotients = /* @__PURE__ */ Elementwise.ofFloats('divide', ([a, b]) => a!.over(b!))
export const negatives = /* @__PURE__ */ Elementwise.ofFloats('negate', ([x]) => x!.negate())
export const squares = /* @__PURE__ */ Elementwise.ofFloats('square', ([x]) => x!.times(x!))
export const roots = /* @__PURE__ */ Elementwise.ofFloats('sqrt', ([x]) => x!.sqrt())
/** Every entry divided by a number. */
export const shares = /* @__PURE__ */ Elementwise.ofFloats('divide', ([x], [count]) => x!.over(count!), 1)
/** Every entry times a number. */
export const multiples = /* @__PURE__ */ Elementwise.ofFloats(
  'scale',
  ([x], [factor]) => x!.times(factor!),
  1,
)

/**
 * An elementwise function of operands that broadcast against each other.
 * @throws ShapeError naming the function and two shapes that do not.
 */
export function broadcast(
  elementwise: Elementwise,
  operands: readonly Tensor[],
  scalars: readonly number[] = [],
): Tensor {
  checkFloats(elementwise.name, operands)
  let { shape } = operands[0]!
  for (let i = 1; i < operands.length; i++) {
    shape = broadcastShapes(elementwise.name, shape, operands[i]!.shape)
  }
  return elementwise.apply(operands, shape, scalars)
}
