// Convolutions of the reference backend: the sum over every place of every window, in float64.
import type { Address, Kernels } from '../backend.ts'
import { readGeometry, type WindowGeometry } from '../geometry.ts'
import type { Memory } from '../memory.ts'

type ConvolutionKernels = Pick<Kernels, 'convolve2d' | 'convolve2dInputGradient' | 'convolve2dWeightGradient'>

/** Visits each output entry, weight and input entry that meet; indices count entries of the whole tensors. */
function forEachProduct(
  geometry: WindowGeometry,
  visit: (output: number, weight: number, input: number) => void,
): void {
  const { images, channels, rows, columns, filters, windowRows, windowColumns, outRows, outColumns } =
    geometry
  const { strideRows, strideColumns, padTop, padLeft, dilationRows, dilationColumns } = geometry
  let output = 0
  for (let image = 0; image < images; image++) {
    for (let filter = 0; filter < filters; filter++) {
      for (let outRow = 0; outRow < outRows; outRow++) {
        for (let outColumn = 0; outColumn < outColumns; outColumn++, output++) {
          let weight = filter * channels * windowRows * windowColumns
          for (let channel = 0; channel < channels; channel++) {
            const plane = (image * channels + channel) * rows * columns
            for (let r = 0; r < windowRows; r++) {
              const row = outRow * strideRows - padTop + r * dilationRows
              for (let c = 0; c < windowColumns; c++, weight++) {
                const column = outColumn * strideColumns - padLeft + c * dilationColumns
                if (row < 0 || row >= rows || column < 0 || column >= columns) continue
                visit(output, weight, plane + row * columns + column)
              }
            }
          }
        }
      }
    }
  }
}

export function convolutionKernels(memory: Memory): ConvolutionKernels {
  const store = (sums: Float64Array, out: Address) => memory.float32.set(sums, out >>> 2)
  return {
    convolve2d(x, weight, bias, out, address) {
      const { float32, int32 } = memory
      const geometry = readGeometry(int32, address)
      const { images, filters, outRows, outColumns } = geometry
      const plane = outRows * outColumns
      const sums = new Float64Array(images * filters * plane)
      if (bias !== 0) {
        for (let i = 0; i < sums.length; i++)
          sums[i] = float32[(bias >>> 2) + (Math.floor(i / plane) % filters)]!
      }
      forEachProduct(geometry, (output, w, input) => {
        sums[output]! += float32[(weight >>> 2) + w]! * float32[(x >>> 2) + input]!
      })
      store(sums, out)
    },
    convolve2dInputGradient(gradient, weight, out, address) {
      const { float32, int32 } = memory
      const geometry = readGeometry(int32, address)
      const { images, channels, rows, columns } = geometry
      const sums = new Float64Array(images * channels * rows * columns)
      forEachProduct(geometry, (output, w, input) => {
        sums[input]! += float32[(weight >>> 2) + w]! * float32[(gradient >>> 2) + output]!
      })
      store(sums, out)
    },
    convolve2dWeightGradient(x, gradient, out, address) {
      const { float32, int32 } = memory
      const geometry = readGeometry(int32, address)
      const { channels, filters, windowRows, windowColumns } = geometry
      const sums = new Float64Array(filters * channels * windowRows * windowColumns)
      forEachProduct(geometry, (output, w, input) => {
        sums[w]! += float32[(x >>> 2) + input]! * float32[(gradient >>> 2) + output]!
      })
      store(sums, out)
    },
  }
}
