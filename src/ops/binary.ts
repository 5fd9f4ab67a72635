// Sums, differences, products and quotients of broadcasting operands.
import { apply } from '../autograd.ts'
import type { Tensor } from '../tensor.ts'
import { broadcast, sumTo } from './broadcast.ts'
import { type Op, type Sample, type SampleInput, spread, tensorBeside } from './op.ts'

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
  forward: ([a, b]) => broadcast('add', a!, b!),
  backward: ({ inputs, gradient, needs }) => [
    needs(0) ? sumTo(gradient, inputs[0]!.shape) : undefined,
    needs(1) ? sumTo(gradient, inputs[1]!.shape) : undefined,
  ],
}

export const subtractOp: Op<undefined> = {
  name: 'subtract',
  samples: samplesOf(subtract),
  forward: ([a, b]) => broadcast('subtract', a!, b!),
  backward: ({ inputs, gradient, needs }) => [
    needs(0) ? sumTo(gradient, inputs[0]!.shape) : undefined,
    needs(1) ? negated(sumTo(gradient, inputs[1]!.shape)) : undefined,
  ],
}

export const multiplyOp: Op<undefined> = {
  name: 'multiply',
  samples: samplesOf(multiply),
  forward: ([a, b]) => broadcast('multiply', a!, b!),
  backward: ({ inputs: [a, b], gradient, needs }) => [
    needs(0) ? sumTo(broadcast('multiply', gradient, b!), a!.shape) : undefined,
    needs(1) ? sumTo(broadcast('multiply', gradient, a!), b!.shape) : undefined,
  ],
}

export const divideOp: Op<undefined> = {
  name: 'divide',
  samples: samplesOf(divide),
  forward: ([a, b]) => broadcast('divide', a!, b!),
  backward: ({ inputs: [a, b], output, gradient, needs }) => {
    // d(a / b) = da / b - (a / b) db / b
    const byA = broadcast('divide', gradient, b!)
    return [
      needs(0) ? sumTo(byA, a!.shape) : undefined,
      needs(1) ? negated(sumTo(broadcast('multiply', byA, output), b!.shape)) : undefined,
    ]
  },
}

function negated(x: Tensor): Tensor {
  const out = tensorBeside(x, x.shape)
  x.backend.kernels.negate(x.address, out.address, x.size)
  return out
}

/**
 * a + b. Shapes broadcast: aligned at the last axis, a length of 1 or none stretches.
 * @throws ShapeError when the shapes do not broadcast.
 */
export function add(a: Tensor, b: Tensor): Tensor {
  return apply(addOp, [a, b], undefined)
}

/** a - b, broadcasting as `add`. */
export function subtract(a: Tensor, b: Tensor): Tensor {
  return apply(subtractOp, [a, b], undefined)
}

/** a * b, entry by entry, broadcasting as `add`. */
export function multiply(a: Tensor, b: Tensor): Tensor {
  return apply(multiplyOp, [a, b], undefined)
}

/** a / b, entry by entry, broadcasting as `add`. */
export function divide(a: Tensor, b: Tensor): Tensor {
  return apply(divideOp, [a, b], undefined)
}
