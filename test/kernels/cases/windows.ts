// Cases for convolution and pooling: whole and partial tiles, odd windows, strides, padding and dilation.
import type { Address, Backend } from '../../../src/backend/backend.ts'
import {
  convolutionScratch,
  GEOMETRY_ENTRIES,
  type WindowGeometry,
  writeGeometry,
} from '../../../src/backend/geometry.ts'
import { floats, type KernelCase, readFloats, reserve, upload } from '../kernelCase.ts'

interface Sizes {
  /** [images, channels, rows, columns] */
  readonly x: readonly [number, number, number, number]
  readonly filters: number
  /** [rows, columns], as all below. */
  readonly window: readonly [number, number]
  readonly stride?: readonly [number, number]
  readonly padding?: readonly [number, number]
  readonly dilation?: readonly [number, number]
}

/** Padding is the same on both sides. */
function geometryOf(sizes: Sizes): WindowGeometry {
  const { x, filters, window, stride = [1, 1], padding = [0, 0], dilation = [1, 1] } = sizes
  const [images, channels, rows, columns] = x
  const places = (axis: 0 | 1, length: number) => {
    const reach = (window[axis] - 1) * dilation[axis] + 1
    return Math.floor((length + 2 * padding[axis] - reach) / stride[axis]) + 1
  }
  return {
    ...{ images, channels, rows, columns, filters },
    ...{ windowRows: window[0], windowColumns: window[1] },
    ...{ outRows: places(0, rows), outColumns: places(1, columns) },
    ...{ strideRows: stride[0], strideColumns: stride[1] },
    ...{ padTop: padding[0], padLeft: padding[1] },
    ...{ dilationRows: dilation[0], dilationColumns: dilation[1] },
  }
}

const convolutions: Readonly<Record<string, Sizes>> = {
  'one entry': { x: [1, 1, 1, 1], filters: 1, window: [1, 1] },
  'a digit': { x: [2, 1, 28, 28], filters: 8, window: [3, 3], padding: [1, 1] },
  'fourteen columns': { x: [2, 3, 14, 14], filters: 6, window: [3, 3], padding: [1, 1] },
  'three columns, five filters': { x: [3, 2, 4, 3], filters: 5, window: [2, 2], padding: [1, 0] },
  'five columns': { x: [1, 4, 6, 7], filters: 4, window: [5, 3] },
  'stride two': { x: [2, 3, 9, 11], filters: 4, window: [3, 3], stride: [2, 2], padding: [1, 1] },
  'stride longer than the window': { x: [1, 2, 8, 13], filters: 3, window: [2, 1], stride: [3, 4] },
  dilation: { x: [1, 2, 9, 12], filters: 4, window: [3, 2], dilation: [2, 3], padding: [1, 2] },
  'stride and dilation': {
    ...{ x: [1, 2, 10, 12], filters: 4, window: [2, 3] },
    ...{ stride: [2, 2], dilation: [3, 2], padding: [1, 1] },
  },
  'more padding than window': { x: [1, 1, 3, 3], filters: 2, window: [2, 2], padding: [4, 5] },
}

const poolings: Readonly<Record<string, Sizes>> = {
  'tiles of 2 x 2': { x: [2, 3, 8, 16], filters: 3, window: [2, 2], stride: [2, 2] },
  'tiles of 2 x 2, odd image': { x: [1, 2, 7, 13], filters: 2, window: [2, 2], stride: [2, 2] },
  'tiles of 3 x 1': { x: [1, 2, 7, 6], filters: 2, window: [3, 1], stride: [3, 1] },
  overlap: { x: [1, 2, 6, 9], filters: 2, window: [3, 3], stride: [1, 2] },
  padded: { x: [2, 1, 5, 6], filters: 1, window: [3, 2], stride: [2, 2], padding: [1, 1] },
  gaps: { x: [1, 1, 9, 9], filters: 1, window: [2, 2], stride: [3, 4] },
}

const sizeOfInput = ({ images, channels, rows, columns }: WindowGeometry) =>
  images * channels * rows * columns
const sizeOfOutput = ({ images, filters, outRows, outColumns }: WindowGeometry) =>
  images * filters * outRows * outColumns
const sizeOfWeights = ({ filters, channels, windowRows, windowColumns }: WindowGeometry) =>
  filters * channels * windowRows * windowColumns

function record(backend: Backend, geometry: WindowGeometry): Address {
  const address = reserve(backend, GEOMETRY_ENTRIES)
  writeGeometry(backend.memory.int32, address, geometry)
  return address
}

/** A call with x, weights, gradient and bias uploaded; it writes `size` entries to `out`. */
interface Call {
  readonly kernels: Backend['kernels']
  readonly x: Address
  readonly weight: Address
  readonly bias: Address
  readonly gradient: Address
  readonly out: Address
  readonly geometry: Address
  readonly scratch: Address
}

function convolution(
  label: string,
  geometry: WindowGeometry,
  size: number,
  call: (operands: Call) => void,
): KernelCase {
  const { images, outRows, outColumns } = geometry
  return {
    label,
    scale: Math.sqrt(images * outRows * outColumns),
    run: backend => {
      const out = reserve(backend, size)
      const bytes = convolutionScratch(geometry)
      const scratch = upload(backend, new Uint8Array(bytes).fill(0xff))
      const guard = upload(backend, new Uint32Array(64).fill(0xdeadbeef))
      call({
        kernels: backend.kernels,
        x: upload(backend, floats(sizeOfInput(geometry), 1)),
        weight: upload(backend, floats(sizeOfWeights(geometry), 2)),
        bias: upload(backend, floats(geometry.filters, 3)),
        gradient: upload(backend, floats(sizeOfOutput(geometry), 4)),
        ...{ out, scratch, geometry: record(backend, geometry) },
      })
      return [readFloats(backend, out, size), readFloats(backend, guard, 64)]
    },
  }
}

function convolutionCases(
  size: (geometry: WindowGeometry) => number,
  call: (operands: Call) => void,
): readonly KernelCase[] {
  return Object.entries(convolutions).map(([label, sizes]) => {
    const geometry = geometryOf(sizes)
    return convolution(label, geometry, size(geometry), call)
  })
}

function poolingCases(
  size: (geometry: WindowGeometry) => number,
  call: (operands: Omit<Call, 'weight' | 'bias' | 'scratch'> & { maximum: Address }) => void,
  x: (count: number) => Float32Array = count => floats(count, 1),
): readonly KernelCase[] {
  return Object.entries(poolings).map(([label, sizes]) => ({
    label,
    scale: 1,
    run: backend => {
      const geometry = geometryOf(sizes)
      const { kernels } = backend
      const outputs = sizeOfOutput(geometry)
      const operands = {
        ...{ kernels, geometry: record(backend, geometry) },
        x: upload(backend, x(sizeOfInput(geometry))),
        gradient: upload(backend, floats(outputs, 2).fill(-0, 1, 2)),
        maximum: reserve(backend, outputs),
        out: reserve(backend, size(geometry)),
      }
      kernels.maxPool2d(operands.x, operands.maximum, operands.geometry)
      call(operands)
      return [readFloats(backend, operands.out, size(geometry))]
    },
  }))
}

/** Few values, so that windows have several largest entries; both zeros, and a NaN. */
const ties = (count: number) => {
  const values = [1, 2, 2, 0, -0, 1, -0]
  return Float32Array.from({ length: count }, (_, i) => (i === 5 ? Number.NaN : values[(i * 5) % 7]!))
}

const named = (suffix: string, cases: readonly KernelCase[]) =>
  cases.map(one => ({ ...one, label: `${one.label}, ${suffix}` }))

export const windowCases = {
  convolve2d: [
    ...convolutionCases(sizeOfOutput, ({ kernels, x, weight, bias, out, geometry, scratch }) =>
      kernels.convolve2d(x, weight, bias, out, geometry, scratch),
    ),
    ...named(
      'no bias',
      convolutionCases(sizeOfOutput, ({ kernels, x, weight, out, geometry, scratch }) =>
        kernels.convolve2d(x, weight, 0, out, geometry, scratch),
      ),
    ),
  ],
  convolve2dInputGradient: convolutionCases(
    sizeOfInput,
    ({ kernels, gradient, weight, out, geometry, scratch }) =>
      kernels.convolve2dInputGradient(gradient, weight, out, geometry, scratch),
  ),
  convolve2dWeightGradient: convolutionCases(
    sizeOfWeights,
    ({ kernels, x, gradient, out, geometry, scratch }) =>
      kernels.convolve2dWeightGradient(x, gradient, out, geometry, scratch),
  ),
  maxPool2d: [
    ...poolingCases(sizeOfOutput, ({ kernels, x, out, geometry }) => kernels.maxPool2d(x, out, geometry)),
    ...named(
      'ties',
      poolingCases(
        sizeOfOutput,
        ({ kernels, x, out, geometry }) => kernels.maxPool2d(x, out, geometry),
        ties,
      ),
    ),
  ],
  maxPool2dGradient: [undefined, ties].flatMap((entries, i) =>
    named(
      i === 0 ? 'all different' : 'ties',
      poolingCases(
        sizeOfInput,
        ({ kernels, x, maximum, gradient, out, geometry }) =>
          kernels.maxPool2dGradient(x, maximum, gradient, out, geometry),
        entries,
      ),
    ),
  ),
  averagePool2d: poolingCases(sizeOfOutput, ({ kernels, x, out, geometry }) =>
    kernels.averagePool2d(x, out, geometry),
  ),
  averagePool2dGradient: poolingCases(sizeOfInput, ({ kernels, gradient, out, geometry }) =>
    kernels.averagePool2dGradient(gradient, out, geometry),
  ),
} satisfies Record<string, readonly KernelCase[]>
