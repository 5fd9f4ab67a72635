// Pooling of the reference backend: a loop over each window's entries.
import type { Kernels } from '../backend.ts'
import { readGeometry, type WindowGeometry } from '../geometry.ts'
import type { Memory } from '../memory.ts'

type PoolingKernels = Pick<
  Kernels,
  'maxPool2d' | 'maxPool2dGradient' | 'averagePool2d' | 'averagePool2dGradient'
>

/** Visits each window: the index of its output entry, and those of its input entries that lie inside the image. */
function forEachWindow(
  geometry: WindowGeometry,
  visit: (output: number, inputs: readonly number[]) => void,
): void {
  const { images, channels, rows, columns, windowRows, windowColumns, outRows, outColumns } = geometry
  const { strideRows, strideColumns, padTop, padLeft } = geometry
  let output = 0
  for (let plane = 0; plane < images * channels; plane++) {
    for (let outRow = 0; outRow < outRows; outRow++) {
      for (let outColumn = 0; outColumn < outColumns; outColumn++, output++) {
        const inputs: number[] = []
        const [top, left] = [outRow * strideRows - padTop, outColumn * strideColumns - padLeft]
        for (let row = Math.max(top, 0); row < Math.min(top + windowRows, rows); row++) {
          for (let column = Math.max(left, 0); column < Math.min(left + windowColumns, columns); column++) {
            inputs.push((plane * rows + row) * columns + column)
          }
        }
        visit(output, inputs)
      }
    }
  }
}

export function poolingKernels(memory: Memory): PoolingKernels {
  /** The geometry at `address`, and zeros written to `out`, which is of the input's size. */
  const inputGradient = (out: number, address: number) => {
    const geometry = readGeometry(memory.int32, address)
    const { images, channels, rows, columns } = geometry
    const start = out >>> 2
    memory.float32.fill(0, start, start + images * channels * rows * columns)
    return geometry
  }
  return {
    maxPool2d(x, out, address) {
      const { float32, int32 } = memory
      forEachWindow(readGeometry(int32, address), (output, inputs) => {
        let largest = Number.NEGATIVE_INFINITY
        for (const input of inputs) largest = Math.max(largest, float32[(x >>> 2) + input]!)
        float32[(out >>> 2) + output] = largest
      })
    },
    maxPool2dGradient(x, maximum, gradient, out, address) {
      const { float32 } = memory
      forEachWindow(inputGradient(out, address), (output, inputs) => {
        const largest = float32[(maximum >>> 2) + output]!
        // A maximum that is NaN came from an entry that is.
        const first = inputs.find(input => {
          const value = float32[(x >>> 2) + input]!
          return value === largest || Object.is(value, largest)
        })
        if (first !== undefined) float32[(out >>> 2) + first]! += float32[(gradient >>> 2) + output]!
      })
    },
    averagePool2d(x, out, address) {
      const { float32, int32 } = memory
      const geometry = readGeometry(int32, address)
      const count = geometry.windowRows * geometry.windowColumns
      forEachWindow(geometry, (output, inputs) => {
        const total = inputs.reduce((sum, input) => sum + float32[(x >>> 2) + input]!, 0)
        float32[(out >>> 2) + output] = total / count
      })
    },
    averagePool2dGradient(gradient, out, address) {
      const { float32 } = memory
      const geometry = inputGradient(out, address)
      const count = geometry.windowRows * geometry.windowColumns
      forEachWindow(geometry, (output, inputs) => {
        const share = Math.fround(float32[(gradient >>> 2) + output]! / count)
        for (const input of inputs) float32[(out >>> 2) + input]! += share
      })
    },
  }
}
