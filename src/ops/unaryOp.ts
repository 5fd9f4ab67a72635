// How ops of one operand are made: a function, and its gradient, as elementwise programs.
import type { FloatExpression } from '../compile/expression.ts'
import type { Tensor } from '../tensor.ts'
import { Elementwise } from './elementwise.ts'
import { checkFloats, type Op, type Sample, spread } from './op.ts'

/** What the gradient of a function may use. */
export interface UnaryGradient {
  readonly x: FloatExpression
  readonly y: FloatExpression
  /** Gradient of the loss by y. */
  readonly gradient: FloatExpression
  readonly scalars: readonly FloatExpression[]
}

export interface UnaryDefinition {
  readonly samples: readonly Sample[]
  readonly value: Elementwise | ((x: FloatExpression, scalars: readonly FloatExpression[]) => FloatExpression)
  /** The gradient of the loss by x. */
  readonly gradient: (given: UnaryGradient) => FloatExpression
  /** How many numbers the function takes besides; they are the op's options. */
  readonly scalars?: number
}

/** An op of one float32 tensor, entry by entry. */
export function unaryOp(name: string, definition: UnaryDefinition): Op<readonly number[]> {
  const { samples, value, gradient, scalars = 0 } = definition
  const values =
    value instanceof Elementwise
      ? value
      : Elementwise.ofFloats(name, ([x], numbers) => value(x!, numbers), scalars)
  const gradients = Elementwise.ofFloats(
    `${name} gradient`,
    ([x, y, g], numbers) => gradient({ x: x!, y: y!, gradient: g!, scalars: numbers }),
    scalars,
  )
  return {
    name,
    samples,
    forward(inputs, options) {
      checkFloats(name, inputs)
      return values.map(inputs, options)
    },
    backward: ({ inputs, output, gradient: g, options }) => [gradients.map([inputs[0]!, output, g], options)],
  }
}

/** Samples of three ranks for a function of one tensor. */
export function unarySamples(
  run: (x: Tensor) => Tensor,
  entry: (index: number) => number,
): readonly Sample[] {
  return [[], [5], [2, 3, 4]].map(shape => ({
    label: `rank ${shape.length}`,
    inputs: [{ shape, entry }],
    run: inputs => run(inputs[0]!),
  }))
}

/** Entries on both sides of 0 that keep clear of it, where some functions have no derivative. */
export function clearOfZero(index: number): number {
  return (index % 2 === 0 ? 1 : -1) * spread(0.3, 1.5)(index)
}
