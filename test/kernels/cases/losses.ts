// Cases for softmax and cross-entropy: odd widths, huge logits, infinities.
import { floats, integers, type KernelCase, readFloats, reserve, upload } from '../kernelCase.ts'

const widths = [1, 3, 4, 5, 10, 17, 64]
const huge = Float32Array.of(1e4, -1e4, 0, 1e4, -3e38, 3e38, 88, -88)
const infinite = Float32Array.of(Number.NEGATIVE_INFINITY, 0, 1, Number.NEGATIVE_INFINITY)

function softmax(label: string, columns: number, x: Float32Array): KernelCase {
  return {
    label,
    scale: 1e-30,
    run: backend => {
      const out = reserve(backend, x.length)
      backend.kernels.softmax(upload(backend, x), out, x.length / columns, columns)
      return [readFloats(backend, out, x.length)]
    },
  }
}

function crossEntropy(label: string, columns: number, x: Float32Array): KernelCase {
  return {
    label,
    scale: 1,
    run: backend => {
      const rows = x.length / columns
      const [probabilities, losses] = [reserve(backend, x.length), reserve(backend, rows)]
      const labels = upload(backend, integers(rows, 4, columns))
      backend.kernels.crossEntropy(upload(backend, x), labels, probabilities, losses, rows, columns)
      return [readFloats(backend, probabilities, x.length), readFloats(backend, losses, rows)]
    },
  }
}

const rowsOf = (columns: number) => floats(5 * columns, columns, -6, 6)

export const lossCases = {
  softmax: [
    ...widths.map(columns => softmax(`${columns} columns`, columns, rowsOf(columns))),
    softmax('huge logits', 4, huge),
    softmax('minus infinity', 4, infinite),
    softmax('a NaN', 3, Float32Array.of(1, Number.NaN, 2, 1, 2, 3)),
  ],
  softmaxGradient: widths.map(columns => ({
    label: `${columns} columns`,
    scale: 1,
    run: backend => {
      const [y, out] = [reserve(backend, 5 * columns), reserve(backend, 5 * columns)]
      backend.kernels.softmax(upload(backend, rowsOf(columns)), y, 5, columns)
      backend.kernels.softmaxGradient(y, upload(backend, floats(5 * columns, 3)), out, 5, columns)
      return [readFloats(backend, out, 5 * columns)]
    },
  })),
  crossEntropy: [
    ...widths.map(columns => crossEntropy(`${columns} columns`, columns, rowsOf(columns))),
    crossEntropy('huge logits', 2, huge),
    crossEntropy('a NaN', 3, Float32Array.of(1, Number.NaN, 2, 1, 2, 3)),
  ],
  crossEntropyGradient: widths.map(columns => ({
    label: `${columns} columns`,
    run: backend => {
      const probabilities = upload(backend, floats(5 * columns, 1, 0, 1))
      const labels = upload(backend, integers(5, 4, columns))
      const out = reserve(backend, 5 * columns)
      const gradient = upload(backend, floats(5, 2))
      backend.kernels.crossEntropyGradient(probabilities, labels, gradient, out, 5, columns)
      return [readFloats(backend, out, 5 * columns)]
    },
  })),
} satisfies Record<string, readonly KernelCase[]>
