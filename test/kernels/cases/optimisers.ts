// Cases for the optimisers: odd sizes, and state so small that it must become 0.
import type { Address, Backend } from '../../../src/backend/backend.ts'
import { floats, type KernelCase, readFloats, upload } from '../kernelCase.ts'

const sizes = [1, 3, 4, 5, 17, 64]
/** Gradients and state around the size at which state is flushed to 0. */
const tiny = Float32Array.of(1e-19, 1e-20, -1e-21, 1e-25, -1e-38, 0, 1e-30)

function step(
  state: readonly [low: number, high: number][],
  call: (backend: Backend, arrays: readonly Address[], n: number) => void,
): readonly KernelCase[] {
  const one = (label: string, gradient: Float32Array, states: readonly Float32Array[]): KernelCase => ({
    label,
    scale: 1e-6,
    run: backend => {
      const n = gradient.length
      const arrays = [floats(n, 1), gradient, ...states].map(array => upload(backend, array))
      call(backend, arrays, n)
      return arrays.filter((_, i) => i !== 1).map(address => readFloats(backend, address, n))
    },
  })
  return [
    ...sizes.map(n =>
      one(
        `${n} entries`,
        floats(n, 2),
        state.map(([low, high], i) => floats(n, 3 + i, low, high)),
      ),
    ),
    one(
      'fresh state',
      floats(7, 2),
      state.map(() => new Float32Array(7)),
    ),
    one(
      'tiny state',
      tiny,
      state.map(() => tiny.map(Math.abs)),
    ),
  ]
}

export const optimiserCases = {
  gradientDescentStep: step([], (backend, [parameter, gradient], n) =>
    backend.kernels.gradientDescentStep(parameter!, gradient!, n, 0.1),
  ),
  momentumStep: step([[-1, 1]], (backend, [parameter, gradient, velocity], n) =>
    backend.kernels.momentumStep(parameter!, gradient!, velocity!, n, 0.1, 0.9),
  ),
  adamStep: step(
    [
      [-1, 1],
      [0, 1],
    ],
    (backend, [parameter, gradient, first, second], n) =>
      backend.kernels.adamStep(parameter!, gradient!, first!, second!, n, 1e-3, 0.9, 0.999, 1e-8, 1.2),
  ),
} satisfies Record<string, readonly KernelCase[]>
