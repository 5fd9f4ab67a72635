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

function reduction(kernel: 'sum' | 'max' | 'min' | 'logSumExp'): readonly KernelCase[] {
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

function argmax(label: string, shape: readonly [number, number, number], x: Float32Array): KernelCase {
  return {
    label,
    run: backend => {
      const [outer, length, inner] = shape
      const out = reserve(backend, outer * inner)
      backend.kernels.argmax(upload(backend, x), out, outer, length, inner)
      return [readIntegers(backend, out, outer * inner)]
    },
  }
}

function cumulativeSum(
  [outer, length, inner]: readonly [number, number, number],
  reverse: number,
): KernelCase {
  return {
    label: `${outer} x ${length} x ${inner}${reverse ? ', reversed' : ''}`,
    run: backend => {
      const size = outer * length * inner
      const out = reserve(backend, size)
      backend.kernels.cumulativeSum(upload(backend, floats(size, 6)), out, outer, length, inner, reverse)
      return [readFloats(backend, out, size)]
    },
  }
}

const random = ([outer, length, inner]: readonly [number, number, number], salt: number) =>
  floats(outer * length * inner, salt)

export const reductionCases = {
  sum: reduction('sum'),
  max: reduction('max'),
  min: reduction('min'),
  logSumExp: reduction('logSumExp'),
  cumulativeSum: shapes.flatMap(shape => [0, 1].map(reverse => cumulativeSum(shape, reverse))),
  maxGradient: [
    ...shapes.map(shape => maxGradient(shape.join(' x '), shape, random(shape, 3))),
    maxGradient('three equals', [1, 6, 1], Float32Array.of(1, 2, 2, 0, 2, -1)),
    maxGradient('all equal, in columns', [1, 3, 5], new Float32Array(15).fill(1)),
    maxGradient('a NaN', [1, 5, 1], Float32Array.of(1, Number.NaN, 2, 0, 2)),
    maxGradient('NaNs in columns', [1, 3, 2], Float32Array.of(Number.NaN, 1, 2, Number.NaN, Number.NaN, 0)),
  ],
  argmax: [
    ...shapes.map(shape => argmax(shape.join(' x '), shape, random(shape, 5))),
    argmax('the first of equals', [2, 4, 1], Float32Array.of(1, 3, 3, 2, 5, 5, 5, 5)),
    argmax('the first of equals in columns', [1, 4, 2], Float32Array.of(1, 3, 3, 2, 3, 5, 2, 5)),
    argmax(
      'NaN never wins',
      [2, 3, 1],
      Float32Array.of(Number.NaN, 1, 2, Number.NaN, Number.NaN, Number.NaN),
    ),
    argmax(
      'NaN before minus infinity',
      [1, 3, 1],
      Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY, Number.NaN),
    ),
    argmax('minus infinity only', [1, 3, 1], new Float32Array(3).fill(Number.NEGATIVE_INFINITY)),
  ],
} satisfies Record<string, readonly KernelCase[]>
