// A NaN shows: in every value it enters, and its own gradient is never a quiet zero.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  abs,
  argmax,
  availableBackends,
  clip,
  createBackend,
  leakyRelu,
  linear,
  max,
  maximum,
  maxPool2d,
  min,
  minimum,
  relu,
  sum,
  type Tensor,
  tensor,
  useBackend,
  valueAndGradients,
} from '../../src/index.ts'

const { NaN: nan, NEGATIVE_INFINITY: minusInfinity } = Number
const slopes = (x: Tensor, loss: () => Tensor) => [...valueAndGradients(loss, [x]).gradients[0]!.toArray()]

describe.each(availableBackends())('on %s', name => {
  const backend = createBackend(name)
  beforeEach(() => void useBackend(backend))

  it.each<[string, (x: Tensor) => Tensor, number[]]>([
    ['abs', abs, [1, -1, 1]],
    ['clip', x => clip(x, -1, 1), [1, 0, 0]],
    ['relu', relu, [1, 0, 1]],
    ['leakyRelu', x => leakyRelu(x, 0), [1, 0, 1]],
    ['maximum', x => maximum(x, tensor(0)), [1, 0, 1]],
    ['minimum', x => minimum(x, tensor(0)), [1, 1, 0]],
    ['maximum with a NaN', x => maximum(tensor(nan), x), [0.5, 0, 0]],
    ['linear', x => linear(x, tensor([[1], [0], [0]]), undefined, { activation: 'relu' }), [1, 0, 0]],
    ['max', x => max(x), [1, 0, 0]],
    ['min', x => min(x), [1, 0, 0]],
    ['maxPool2d', x => maxPool2d(x, { size: [1, 3] }), [1, 0, 0]],
  ])('the gradient of %s passes at a NaN', (label, run, expected) => {
    const shape = label === 'maxPool2d' ? [1, 1, 1, 3] : [3]
    const x = tensor([nan, -2, 3], shape)
    const loss = () => sum(run(x))
    expect(valueAndGradients(loss, [x]).value).toBeNaN()
    expect(slopes(x, loss)).toEqual(expected)
  })

  it('several NaNs share the gradient of an extreme', () => {
    const x = tensor([
      [1, nan, nan],
      [1, 4, 4],
    ])
    expect(slopes(x, () => sum(max(x, 1)))).toEqual([0, 0.5, 0.5, 0, 0.5, 0.5])
  })

  it('max-pooling gives the gradient to the first NaN of a window, in tiles of two by two too', () => {
    const x = tensor([1, 2, nan, 3, 5, 6, 7, 8, 4, nan, nan, 1, 1, 2, 3, 4], [1, 1, 2, 8])
    const expected = [0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]
    expect(slopes(x, () => sum(maxPool2d(x, { size: 2 })))).toEqual(expected)
  })

  it('argmax never chooses a NaN while there is a number', () => {
    const rows = [
      [nan, minusInfinity],
      [minusInfinity, nan],
      [nan, -3],
      [nan, nan],
    ]
    expect([...argmax(tensor(rows)).toArray()]).toEqual([1, 0, 1, 0])
    expect([...argmax(tensor([[nan], [minusInfinity], [nan]]), 0).toArray()]).toEqual([1])
  })
})
