// The check that gradients are finite.
import { NonFiniteError } from '../errors.ts'
import type { Tensor } from '../tensor.ts'

/**
 * Checks that all gradients are finite.
 * @param nameOf says whose gradient number i is.
 * @throws NonFiniteError naming the first that is not.
 */
export function checkFinite(
  operation: string,
  gradients: readonly Tensor[],
  nameOf: (index: number) => string,
): void {
  for (let i = 0; i < gradients.length; i++) {
    const gradient = gradients[i]!
    if (sumIsFinite(gradient)) continue
    const values = gradient.view()
    const at = values.findIndex(value => !Number.isFinite(value))
    if (at < 0) continue
    throw new NonFiniteError(
      `${operation}: the gradient of ${nameOf(i)} is not finite: ${values[at]} at entry ${at} of ` +
        `${values.length}; nothing was changed. Is the learning rate too high, or a logarithm or root taken of 0?`,
    )
  }
}

/** One fast pass: an infinity or NaN among the entries makes their sum one. */
function sumIsFinite({ address, size, backend: { kernels, arena, memory } }: Tensor): boolean {
  const total = arena.scratch(4)
  kernels.sum(address, total, 1, size, 1)
  return Number.isFinite(memory.float32[total >>> 2]!)
}
