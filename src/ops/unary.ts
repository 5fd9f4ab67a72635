// Functions of one operand, entry by entry.
import { apply } from '../autograd.ts'
import type { Tensor } from '../tensor.ts'
import { checkFloats, type Op, type Sample, spread, tensorBeside } from './op.ts'

type UnaryKernel = 'negate' | 'sqrt' | 'exp' | 'log' | 'relu'

function map(kernel: UnaryKernel, x: Tensor): Tensor {
  checkFloats(kernel, [x])
  const out = tensorBeside(x, x.shape)
  x.backend.kernels[kernel](x.address, out.address, x.size)
  return out
}

/** a kernel b for two tensors of one shape. */
function combine(kernel: 'multiply' | 'divide', a: Tensor, b: Tensor): Tensor {
  const out = tensorBeside(a, a.shape)
  a.backend.kernels[kernel](a.address, a.size, 1, b.address, a.size, 1, out.address, 1, a.size)
  return out
}

function samplesOf(run: (x: Tensor) => Tensor, entry: (index: number) => number): readonly Sample[] {
  return [[], [5], [2, 3, 4]].map(shape => ({
    label: `rank ${shape.length}`,
    inputs: [{ shape, entry }],
    run: inputs => run(inputs[0]!),
  }))
}

/** Entries on both sides of 0 that keep clear of it, where relu has no derivative. */
const clearOfZero = (index: number) => (index % 2 === 0 ? 1 : -1) * spread(0.3, 1.5)(index)

export const negateOp: Op<undefined> = {
  name: 'negate',
  samples: samplesOf(negate, spread(-2, 2)),
  forward: ([x]) => map('negate', x!),
  backward: ({ gradient }) => [map('negate', gradient)],
}

export const sqrtOp: Op<undefined> = {
  name: 'sqrt',
  samples: samplesOf(sqrt, spread(0.4, 3)),
  forward: ([x]) => map('sqrt', x!),
  backward: ({ output, gradient }) => {
    // d sqrt(x) = dx / (2 sqrt(x))
    const { kernels } = output.backend
    const twice = tensorBeside(output, output.shape)
    const { size } = output
    kernels.add(output.address, size, 1, output.address, size, 1, twice.address, 1, size)
    return [combine('divide', gradient, twice)]
  },
}

export const expOp: Op<undefined> = {
  name: 'exp',
  samples: samplesOf(exp, spread(-2, 1.5)),
  forward: ([x]) => map('exp', x!),
  backward: ({ output, gradient }) => [combine('multiply', gradient, output)],
}

export const logOp: Op<undefined> = {
  name: 'log',
  samples: samplesOf(log, spread(0.4, 3)),
  forward: ([x]) => map('log', x!),
  backward: ({ inputs, gradient }) => [combine('divide', gradient, inputs[0]!)],
}

export const reluOp: Op<undefined> = {
  name: 'relu',
  samples: samplesOf(relu, clearOfZero),
  forward: ([x]) => map('relu', x!),
  backward: ({ inputs: [x], gradient }) => {
    const out = tensorBeside(x!, x!.shape)
    x!.backend.kernels.reluGradient(x!.address, gradient.address, out.address, x!.size)
    return [out]
  },
}

export function negate(x: Tensor): Tensor {
  return apply(negateOp, [x], undefined)
}

/** The square root; NaN below 0. */
export function sqrt(x: Tensor): Tensor {
  return apply(sqrtOp, [x], undefined)
}

/** e to the power of x. */
export function exp(x: Tensor): Tensor {
  return apply(expOp, [x], undefined)
}

/** The natural logarithm; minus infinity at 0, NaN below. */
export function log(x: Tensor): Tensor {
  return apply(logOp, [x], undefined)
}

/** max(x, 0), with gradient 0 at 0; a NaN stays NaN. */
export function relu(x: Tensor): Tensor {
  return apply(reluOp, [x], undefined)
}
