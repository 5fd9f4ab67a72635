// Clipping of gradients, by their norm or by value.
import { checkOperands } from '../autograd.ts'
import { compiled } from '../compile/compiled.ts'
import { defineProgram } from '../compile/define.ts'
import { InvalidArgumentError } from '../errors.ts'
import { formatShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { checkFinite } from './finite.ts'

const scaleProgram = /* @__PURE__ */ defineProgram('scale', program => {
  const x = program.state('x')
  program.store(x, x.value.times(program.scalar('factor')))
})

const clampProgram = /* @__PURE__ */ defineProgram('clamp', program => {
  const x = program.state('x')
  const bound = program.scalar('bound')
  program.store(x, x.value.atMost(bound).atLeast(bound.negate()))
})

function checkMaximum(operation: string, maximum: number, gradients: readonly Tensor[]): void {
  if (!(maximum > 0)) {
    throw new InvalidArgumentError(`${operation}: the maximum is a positive number, got ${maximum}`)
  }
  checkOperands(operation, gradients)
}

/**
 * Scales all gradients together, in place, so that the norm of them as one vector is at most `maximum` (Pascanu et al. 2013,
 * with the 1e-6 that PyTorch adds to the norm).
 * @returns the norm before.
 * @throws InvalidArgumentError when the maximum is not positive.
 * @throws NonFiniteError when the norm is infinite or not a number.
 *
 * @example
 * ```ts
 * import { clipGradientNorm, tensor } from 'spikegrad'
 * clipGradientNorm([tensor([3, 0]), tensor([4])], 1) // 5
 * ```
 */
export function clipGradientNorm(gradients: readonly Tensor[], maximum: number): number {
  checkMaximum('clipGradientNorm', maximum, gradients)
  const norm = Math.sqrt(gradients.reduce((total, gradient) => total + sumOfSquares(gradient), 0))
  if (!Number.isFinite(norm)) {
    checkFinite(
      'clipGradientNorm',
      gradients,
      i => `number ${i} of shape ${formatShape(gradients[i]!.shape)}`,
    )
  }
  const factor = maximum / (norm + 1e-6)
  if (factor < 1) {
    for (const { address, size, backend } of gradients) {
      compiled(scaleProgram, backend).run(size, address, factor)
    }
  }
  return norm
}

const squareProgram = /* @__PURE__ */ defineProgram('squares', program => {
  const x = program.input('x')
  program.store(program.output('out'), x.times(x))
})

/** In float64, when float32 overflows. */
function sumOfSquares(x: Tensor): number {
  const { kernels, arena, memory } = x.backend
  const { size, address } = x
  const squares = arena.scratch(4 * (size + 1))
  const total = squares + 4 * size
  compiled(squareProgram, x.backend).run(size, address, squares)
  kernels.sum(squares, total, 1, size, 1)
  const sum = memory.float32[total >>> 2]!
  if (Number.isFinite(sum)) return sum
  let exact = 0
  for (const value of x.view()) exact += value * value
  return exact
}

/**
 * Limits every entry of every gradient to [-maximum, maximum], in place.
 * @throws InvalidArgumentError when the maximum is not positive.
 *
 * @example
 * ```ts
 * import { clipGradientValue, tensor } from 'spikegrad'
 * const gradient = tensor([-3, 0.5])
 * clipGradientValue([gradient], 1)
 * gradient.toArray() // [-1, 0.5]
 * ```
 */
export function clipGradientValue(gradients: readonly Tensor[], maximum: number): void {
  checkMaximum('clipGradientValue', maximum, gradients)
  for (const { address, size, backend } of gradients) {
    compiled(clampProgram, backend).run(size, address, maximum)
  }
}
