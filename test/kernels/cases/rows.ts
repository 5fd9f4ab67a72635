// Cases for the row movements: odd widths, repeated indices, all byte values.
import { floats, integers, type KernelCase, readFloats, reserve, upload } from '../kernelCase.ts'

const widths = [1, 3, 4, 5, 17, 64]

export const rowCases = {
  gatherRows: widths.map(columns => ({
    label: `${columns} columns`,
    run: backend => {
      const out = reserve(backend, 9 * columns)
      const indices = upload(backend, integers(9, 1, 5))
      backend.kernels.gatherRows(upload(backend, floats(5 * columns, 2)), indices, out, 9, columns)
      return [readFloats(backend, out, 9 * columns)]
    },
  })),
  scatterAddRows: widths.map(columns => ({
    label: `${columns} columns`,
    run: backend => {
      const out = upload(backend, floats(5 * columns, 3))
      const indices = upload(backend, integers(9, 1, 5))
      backend.kernels.scatterAddRows(upload(backend, floats(9 * columns, 2)), indices, out, 9, columns)
      return [readFloats(backend, out, 5 * columns)]
    },
  })),
  gatherByteRows: [...widths, 784].map(columns => ({
    label: `${columns} columns`,
    run: backend => {
      const bytes = upload(
        backend,
        Uint8Array.from({ length: 7 * columns }, (_, i) => (i * 37) % 256),
      )
      const indices = upload(backend, integers(4, 1, 7))
      const out = reserve(backend, 4 * columns)
      backend.kernels.gatherByteRows(bytes, indices, out, 4, columns, 1 / 255)
      return [readFloats(backend, out, 4 * columns)]
    },
  })),
} satisfies Record<string, readonly KernelCase[]>
