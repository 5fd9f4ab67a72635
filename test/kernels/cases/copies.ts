// Cases for strided copies: rows, transposes with and without whole tiles, gaps, reversals, all bits kept.
import { type KernelCase, readIntegers, reserve, upload } from '../kernelCase.ts'

type Four = readonly [number, number, number, number]

/** Lengths, strides in x, strides in out; where negative strides start is `xStart` and `outStart`. */
interface Copy {
  readonly lengths: Four
  readonly from: Four
  readonly to: Four
  readonly xStart?: number
  readonly outStart?: number
}

const copies: Readonly<Record<string, Copy>> = {
  'one word': { lengths: [1, 1, 1, 1], from: [0, 0, 0, 0], to: [0, 0, 0, 0] },
  'a row of seven': { lengths: [1, 1, 1, 7], from: [0, 0, 0, 1], to: [0, 0, 0, 1] },
  'rows with gaps': { lengths: [2, 3, 4, 9], from: [200, 60, 12, 1], to: [120, 40, 10, 1] },
  'a transposed matrix': { lengths: [1, 1, 37, 22], from: [0, 0, 1, 37], to: [0, 0, 22, 1] },
  'whole tiles': { lengths: [1, 2, 16, 32], from: [0, 512, 1, 16], to: [0, 512, 32, 1] },
  'fewer than a tile': { lengths: [1, 3, 3, 2], from: [0, 6, 1, 3], to: [0, 6, 2, 1] },
  'a repeated row': { lengths: [1, 1, 5, 6], from: [0, 0, 0, 1], to: [0, 0, 6, 1] },
  'every third word': { lengths: [1, 2, 3, 5], from: [0, 60, 15, 3], to: [0, 15, 5, 1] },
  'into every second word': { lengths: [1, 1, 3, 5], from: [0, 0, 5, 1], to: [0, 0, 10, 2] },
  backwards: { lengths: [1, 1, 3, 8], from: [0, 0, -8, -1], to: [0, 0, 8, 1], xStart: 23 },
  'into reverse': { lengths: [1, 1, 1, 8], from: [0, 0, 0, 1], to: [0, 0, 0, -1], outStart: 7 },
}

export const copyCases = {
  copyStrided: Object.entries(copies).map(([label, { lengths, from, to, xStart = 0, outStart = 0 }]) => ({
    label,
    run: backend => {
      const words = Int32Array.from({ length: 1200 }, (_, i) => Math.imul(i + 1, 0x9e3779b1))
      const x = upload(backend, words)
      const out = reserve(backend, 1200)
      backend.kernels.copyStrided(x + 4 * xStart, out + 4 * outStart, ...lengths, ...from, ...to)
      return [readIntegers(backend, out, 1200)]
    },
  })),
} satisfies Record<string, readonly KernelCase[]>
