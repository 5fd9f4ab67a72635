// Convolution and pooling: values by hand, what gradients go where, and what they say when they are misused.
import { beforeEach, describe, expect, it } from 'vitest'
import { availableBackends, createBackend } from '../../src/backend/select.ts'
import {
  averagePool2d,
  conv2d,
  InvalidArgumentError,
  matmul,
  maxPool2d,
  ones,
  reshape,
  ShapeError,
  scope,
  sum,
  type Tensor,
  tensor,
  transpose,
  useBackend,
  valueAndGradients,
  zeros,
} from '../../src/index.ts'
import { floats } from '../kernels/kernelCase.ts'
import { expectClose } from '../kernels/kernelTable.ts'

const numbers = (x: Tensor) => [...x.toArray()]
const counting = (shape: readonly number[]) =>
  tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i + 1),
    shape,
  )

describe.each(availableBackends())('conv2d on %s', name => {
  const backend = createBackend(name)
  beforeEach(() => void useBackend(backend))

  it('slides a filter, unflipped, and adds the bias', () => {
    const weight = tensor(
      [
        [
          [
            [1, 0],
            [0, -1],
          ],
        ],
      ].flat(3),
      [1, 1, 2, 2],
    )
    const out = conv2d(counting([1, 1, 3, 3]), weight, tensor([10]))
    expect(out.shape).toEqual([1, 1, 2, 2])
    expect(numbers(out)).toEqual([6, 6, 6, 6])
  })

  it('sums over channels, and has one plane for each filter', () => {
    const out = conv2d(counting([2, 2, 1, 2]), counting([3, 2, 1, 1]))
    // Image 0: channels [1, 2] and [3, 4]; image 1: [5, 6] and [7, 8]; filters (1, 2), (3, 4), (5, 6).
    expect(numbers(out)).toEqual([7, 10, 15, 22, 23, 34, 19, 22, 43, 50, 67, 78])
  })

  it('pads to the same size, the odd zero last, whatever the stride', () => {
    const x = counting([1, 1, 1, 5])
    expect(numbers(conv2d(x, ones([1, 1, 1, 2]), undefined, { padding: 'same' }))).toEqual([3, 5, 7, 9, 5])
    const halved = conv2d(x, ones([1, 1, 1, 3]), undefined, { padding: 'same', stride: 2 })
    expect(numbers(halved)).toEqual([3, 9, 9])
  })

  it('is the matrix product of patches and filters', () => {
    const x = tensor(floats(2 * 3 * 8 * 8, 1), [2, 3, 8, 8])
    const weight = tensor(floats(5 * 3 * 8 * 8, 2), [5, 3, 8, 8])
    const product = matmul(reshape(x, [2, 192]), transpose(reshape(weight, [5, 192])))
    expectClose(conv2d(x, weight).toArray(), product.toArray(), 10)
  })

  it('leaves memory as it was, and does not grow it when repeated', () => {
    const [x, weight, bias] = [
      ones([4, 3, 9, 9]),
      tensor(floats(6 * 3 * 9, 1), [6, 3, 3, 3]),
      tensor(floats(6, 2)),
    ]
    const step = () =>
      scope(
        () =>
          void valueAndGradients(() => sum(maxPool2d(conv2d(x, weight, bias), { size: 2 })), [weight, bias]),
      )
    step()
    const { bytesInUse } = backend.arena
    const { byteLength } = backend.memory
    for (let i = 0; i < 20; i++) step()
    expect([backend.arena.bytesInUse, backend.memory.byteLength]).toEqual([bytesInUse, byteLength])
  })
})

describe.each(availableBackends())('pooling on %s', name => {
  beforeEach(() => void useBackend(createBackend(name)))

  it('takes the largest, or the mean, of each window', () => {
    const x = counting([1, 1, 4, 4])
    expect(numbers(maxPool2d(x, { size: 2 }))).toEqual([6, 8, 14, 16])
    expect(numbers(averagePool2d(x, { size: 2 }))).toEqual([3.5, 5.5, 11.5, 13.5])
    expect(numbers(maxPool2d(x, { size: [1, 3], stride: 1 }))).toEqual([3, 4, 7, 8, 11, 12, 15, 16])
  })

  it('leaves out what does not fill a window', () => {
    expect(numbers(maxPool2d(counting([1, 1, 3, 5]), { size: 2 }))).toEqual([7, 9])
  })

  it('never takes padding for the largest, and counts it as zeros in the mean', () => {
    const x = tensor([-1, -2, -3, -4], [1, 1, 2, 2])
    expect(numbers(maxPool2d(x, { size: 2, stride: 2, padding: 1 }))).toEqual([-1, -2, -3, -4])
    expect(numbers(averagePool2d(x, { size: 2, stride: 2, padding: 1 }))).toEqual([-0.25, -0.5, -0.75, -1])
  })

  it('gives the gradient to the first of equals, once for each window', () => {
    const x = tensor([5, 5, 1, 5, 5, 2, 0, 0, 0], [1, 1, 3, 3])
    const pooled = () => sum(maxPool2d(x, { size: 2, stride: 1 }))
    expect(numbers(valueAndGradients(pooled, [x]).gradients[0]!)).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 0])
  })
})

describe('convolution and pooling refuse', () => {
  beforeEach(() => void useBackend('js'))
  const x = () => zeros([2, 3, 5, 5])

  it.each<[string, () => unknown, string]>([
    ['other channels', () => conv2d(x(), zeros([4, 2, 3, 3])), 'conv2d: expected images'],
    ['both shapes unnamed', () => conv2d(x(), zeros([4, 2, 3, 3])), '[2, 3, 5, 5] and [4, 2, 3, 3]'],
    ['images without channels', () => conv2d(zeros([5, 5]), zeros([1, 1, 3, 3])), 'got [5, 5]'],
    [
      'a bias of another length',
      () => conv2d(x(), zeros([4, 3, 3, 3]), zeros([3])),
      'conv2d: expected a bias [filters] beside weights [4, 3, 3, 3], got [3]',
    ],
    [
      'a filter that does not fit',
      () => conv2d(x(), zeros([1, 3, 3, 3]), undefined, { dilation: 3, padding: [0, 1] }),
      'spans 7 x 7 entries does not fit into images of shape [2, 3, 5, 5] with padding 0 x 1',
    ],
    ['a window that does not fit', () => maxPool2d(x(), { size: [6, 1] }), 'maxPool2d: a window'],
    ['a vector', () => averagePool2d(zeros([5]), { size: 2 }), 'averagePool2d: expected images'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(ShapeError)
    expect(run).toThrow(message)
  })

  it.each<[string, () => unknown, string]>([
    [
      'a stride of 0',
      () => conv2d(x(), zeros([1, 3, 3, 3]), undefined, { stride: 0 }),
      'conv2d: stride is an integer of at least 1, or two for rows and columns, got 0',
    ],
    [
      'half a padding',
      () => conv2d(x(), zeros([1, 3, 3, 3]), undefined, { padding: [0.5, 1] }),
      'padding is an integer of at least 0',
    ],
    [
      'three strides',
      () => maxPool2d(x(), { size: 2, stride: [1, 1, 1] as unknown as [number, number] }),
      'maxPool2d: stride is an integer',
    ],
    ['a window of 0', () => maxPool2d(x(), { size: 0 }), 'maxPool2d: size is an integer of at least 1'],
    [
      'padding wider than half a window',
      () => maxPool2d(x(), { size: 3, padding: 2 }),
      'maxPool2d: padding is at most half of the window, got 2 x 2 for 3 x 3',
    ],
    ['integers', () => maxPool2d(zeros([1, 1, 2, 2], 'int32'), { size: 2 }), 'operands are float32'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })
})
