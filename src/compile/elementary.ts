// The elementary functions under one name, beside which tensors have functions of the same names.
import { erf, exp, expm1, log, log1p, normalDistribution, pow, sigmoid, tanh } from './functions.ts'

/**
 * The elementary functions of programs, as polynomials of expressions: every backend computes the same bits. exp, log and tanh follow the
 * reductions and polynomials of Cephes' single-precision library (S. L. Moshier). At most 1.5 units in the last place off, sigmoid 2.3.
 *
 * @example
 * ```ts
 * import { defineProgram, elementary, runProgram, tensor } from 'spikegrad'
 * const program = defineProgram('softplus', builder => {
 *   const x = builder.state('x')
 *   builder.store(x, elementary.log1p(elementary.exp(x.value)))
 * })
 * const x = tensor([-200])
 * runProgram(program, { x })
 * x.toArray() // [0]
 * ```
 */
export const elementary = { erf, exp, expm1, log, log1p, normalDistribution, pow, sigmoid, tanh } as const
