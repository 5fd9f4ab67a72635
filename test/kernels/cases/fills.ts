// Cases for filling and copying: odd sizes, and nothing beyond the end.
import { floats, type KernelCase, readFloats, reserve, upload } from '../kernelCase.ts'

const sizes = [1, 3, 4, 5, 17, 64]

export const fillCases = {
  fill: [0, ...sizes].map(n => ({
    label: `${n} entries, no more`,
    run: backend => {
      const out = reserve(backend, n + 4)
      backend.kernels.fill(out, n, 0.1)
      return [readFloats(backend, out, n + 4)]
    },
  })),
  copy: sizes.map(n => ({
    label: `${n} entries, no more`,
    run: backend => {
      const out = reserve(backend, n + 4)
      backend.kernels.copy(upload(backend, floats(n, n)), out, n)
      return [readFloats(backend, out, n + 4)]
    },
  })),
} satisfies Record<string, readonly KernelCase[]>
