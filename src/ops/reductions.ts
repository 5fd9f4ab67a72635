// Sums, means and maxima over axes, and the index of a row's largest entry.
import { apply, checkOperands } from '../autograd.ts'
import { ShapeError } from '../errors.ts'
import { scope } from '../scope.ts'
import { type Axes, adjacentRuns, normaliseAxes, reducedShape, reductionOf, type Shape } from '../shape.ts'
import { Tensor } from '../tensor.ts'
import { broadcast, copyAs, reduceAxes } from './broadcast.ts'
import { checkFloats, type Op, type Sample, spread, tensorBeside } from './op.ts'

export interface ReductionOptions {
  /** Reduced axes stay, with length 1. */
  readonly keepDimensions?: boolean
}

/** Which axes an op reduces, checked and ascending, and the shape it leaves. */
interface Plan {
  readonly axes: readonly number[]
  readonly shape: Shape
}

function planOf(operation: string, x: Tensor, axes: Axes, options: ReductionOptions): Plan {
  const checked = normaliseAxes(operation, axes, x.shape.length)
  return { axes: checked, shape: reducedShape(x.shape, checked, options.keepDimensions ?? false) }
}

/** A tensor of `shape` whose every entry is `value`, in the backend of x. */
function filled(x: Tensor, shape: Shape, value: number): Tensor {
  const out = tensorBeside(x, shape)
  out.backend.kernels.fill(out.address, out.size, value)
  return out
}

/** The gradient of a sum: every entry of x receives the gradient of what it was summed into. */
function stretched(gradient: Tensor, x: Tensor, axes: readonly number[]): Tensor {
  const kept = copyAs(gradient, reducedShape(x.shape, axes, true))
  return broadcast('add', filled(x, x.shape, 0), kept)
}

function samplesOf(run: (x: Tensor, axes: Axes, options: ReductionOptions) => Tensor): readonly Sample[] {
  const sample = (label: string, shape: Shape, axes: Axes, options: ReductionOptions): Sample => ({
    label,
    inputs: [{ shape, entry: spread(-2, 2) }],
    run: inputs => run(inputs[0]!, axes, options),
  })
  return [
    sample('all axes', [3, 4], 'all', {}),
    sample('the first axis', [3, 5], 0, {}),
    sample('the last axis, kept', [3, 5], -1, { keepDimensions: true }),
    sample('the middle axis', [2, 3, 4], 1, {}),
    sample('outer and inner axes', [2, 3, 4], [0, 2], { keepDimensions: true }),
    sample('a scalar', [], 'all', {}),
  ]
}

export const sumOp: Op<Plan> = {
  name: 'sum',
  samples: samplesOf(sum),
  forward: ([x], { axes, shape }) => reduceAxes('sum', x!, axes, shape),
  backward: ({ inputs: [x], gradient, options }) => [stretched(gradient, x!, options.axes)],
}

export const meanOp: Op<Plan> = {
  name: 'mean',
  samples: samplesOf(mean),
  forward([x], { axes, shape }) {
    const total = reduceAxes('sum', x!, axes, shape)
    const count = filled(x!, [], x!.size / total.size)
    const result = broadcast('divide', total, count)
    total.dispose()
    count.dispose()
    return result
  },
  backward({ inputs: [x], output, gradient, options }) {
    const share = broadcast('divide', gradient, filled(x!, [], x!.size / output.size))
    return [stretched(share, x!, options.axes)]
  },
}

/** Adjacent axes only: `max` chains one call for each run of them. */
export const maxOp: Op<Plan> = {
  name: 'max',
  samples: samplesOf(max),
  forward: ([x], { axes, shape }) => reduceAxes('max', x!, axes, shape),
  backward({ inputs: [x], output, gradient, options: { axes } }) {
    const out = tensorBeside(x!, x!.shape)
    const { outer, length, inner } = reductionOf(x!.shape, axes)
    x!.backend.kernels.maxGradient(
      x!.address,
      output.address,
      gradient.address,
      out.address,
      outer,
      length,
      inner,
    )
    return [out]
  },
}

/**
 * The sum over one axis, several or all.
 * @throws InvalidArgumentError when an axis does not exist or is named twice.
 */
export function sum(x: Tensor, axes: Axes = 'all', options: ReductionOptions = {}): Tensor {
  return apply(sumOp, [x], planOf('sum', x, axes, options))
}

/** The mean over axes, as `sum`. */
export function mean(x: Tensor, axes: Axes = 'all', options: ReductionOptions = {}): Tensor {
  return apply(meanOp, [x], planOf('mean', x, axes, options))
}

/**
 * The largest entry over axes, as `sum`; NaN if one is. Its gradient is shared evenly among equals, one run of adjacent
 * axes after the other.
 */
export function max(x: Tensor, axes: Axes = 'all', options: ReductionOptions = {}): Tensor {
  const plan = planOf('max', x, axes, options)
  const runs = adjacentRuns(plan.axes)
  if (runs.length <= 1) return apply(maxOp, [x], plan)
  return scope(() => {
    let value = x
    for (const [i, run] of runs.entries()) {
      const shape = i === runs.length - 1 ? plan.shape : reducedShape(value.shape, run, true)
      value = apply(maxOp, [value], { axes: run, shape })
    }
    return value
  })
}

/**
 * The column of the largest entry of each row, the first of equals, as int32; a NaN never wins. Not differentiable.
 * @param x of shape [..., columns]; the result has shape [...].
 */
export function argmax(x: Tensor): Tensor {
  checkOperands('argmax', [x])
  checkFloats('argmax', [x])
  const columns = x.shape.at(-1)
  if (columns === undefined) throw new ShapeError('argmax: expected rank 1 or more, got a scalar')
  const out = new Tensor(x.shape.slice(0, -1), 'int32', x.backend)
  x.backend.kernels.argmax(x.address, out.address, x.size / columns, columns)
  return out
}
