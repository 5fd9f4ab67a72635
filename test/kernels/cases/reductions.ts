// Cases for the reductions: every axis of a few shapes, ties, and special numbers.
import {
  floats,
  type KernelCase,
  readFloats,
  readIntegers,
  reserve,
  specials,
  upload,
} from '../kernelCase.ts'

/** [outer, length, inner] */
const shapes: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [1, 64, 1],
  [3, 5, 1],
  [2, 100, 1],
  [5, 1, 4],
  [1, 128, 64],
  [1, 17, 23],
  [3, 4, 5],
  [2, 3, 16],
]

function reduction(kernel: 'sum' | 'max'): readonly KernelCase[] {
  const one = (label: string, shape: readonly [number, number, number], x: Float32Array): KernelCase => ({
    label,
    scale: 1,
    run: backend => {
      const [outer, length, inner] = shape
      const out = reserve(backend, outer * inner)
      backend.kernels[kernel](upload(backend, x), out, outer, length, inner)
      return [readFloats(backend, out, outer * inner)]
    },
  })
  const finite = specials.filter(x => !Number.isNaN(x) && Math.abs(x) < 1e30)
  return [
    ...shapes.map(shape => one(shape.join(' x '), shape, floats(shape[0] * shape[1] * shape[2], 3))),
    one('a NaN among numbers', [1, specials.length, 1], specials),
    one('a NaN among columns', [1, 4, 4], floats(16, 1).fill(Number.NaN, 5, 6)),
    one('zeros of both signs', [1, 6, 1], Float32Array.of(-0, 0, -0, -0, 0, -0)),
    one('negative zeros only', [1, 5, 1], new Float32Array(5).fill(-0)),
    one('infinity', [1, finite.length, 1], finite.with(2, Number.POSITIVE_INFINITY)),
    one('minus infinity only', [1, 5, 1], new Float32Array(5).fill(Number.NEGATIVE_INFINITY)),
  ]
}

function maxGradient(label: string, shape: readonly [number, number, number], x: Float32Array): KernelCase {
  return {
    label,
    run: backend => {
      const [outer, length, inner] = shape
      const [address, maximum] = [upload(backend, x), reserve(backend, outer * inner)]
      const out = reserve(backend, x.length)
      backend.kernels.max(address, maximum, outer, length, inner)
      const gradient = upload(backend, floats(outer * inner, 8))
      backend.kernels.maxGradient(address, maximum, gradient, out, outer, length, inner)
      return [readFloats(backend, out, x.length)]
    },
  }
}

function argmax(label: string, rows: number, columns: number, x: Float32Array): KernelCase {
  return {
    label,
    run: backend => {
      const out = reserve(backend, rows)
      backend.kernels.argmax(upload(backend, x), out, rows, columns)
      return [readIntegers(backend, out, rows)]
    },
  }
}

export const reductionCases = {
  sum: reduction('sum'),
  max: reduction('max'),
  maxGradient: [
    ...shapes.map(shape => maxGradient(shape.join(' x '), shape, floats(shape[0] * shape[1] * shape[2], 3))),
    maxGradient('three equals', [1, 6, 1], Float32Array.of(1, 2, 2, 0, 2, -1)),
    maxGradient('all equal, in columns', [1, 3, 5], new Float32Array(15).fill(1)),
    maxGradient('a NaN', [1, 5, 1], Float32Array.of(1, Number.NaN, 2, 0, 2)),
  ],
  argmax: [
    ...[1, 3, 10, 17].map(columns => argmax(`${columns} columns`, 6, columns, floats(6 * columns, 5))),
    argmax('the first of equals', 2, 4, Float32Array.of(1, 3, 3, 2, 5, 5, 5, 5)),
    argmax('NaN never wins', 2, 3, Float32Array.of(Number.NaN, 1, 2, Number.NaN, Number.NaN, Number.NaN)),
    argmax('minus infinity only', 1, 3, new Float32Array(3).fill(Number.NEGATIVE_INFINITY)),
  ],
} satisfies Record<string, readonly KernelCase[]>
