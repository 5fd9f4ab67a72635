// The linear map: the same as its parts, dense and sparse, and clear about operands that do not fit.
import { afterEach, describe, expect, it } from 'vitest'
import {
  add,
  availableBackends,
  createBackend,
  linear,
  matmul,
  RandomStream,
  relu,
  scope,
  sum,
  type Tensor,
  tensor,
  useBackend,
  valueAndGradients,
  zeros,
} from '../../src/index.ts'
import { expectClose } from '../kernels/kernelTable.ts'

afterEach(() => {
  useBackend(createBackend())
})

/** Numbers of which about `share` are not 0. */
function random(shape: readonly number[], salt: number, share = 1): Tensor {
  const stream = new RandomStream(salt, 'linear')
  const entry = () => (stream.uniform() < share ? stream.uniform() - 0.5 : 0)
  return tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, entry), shape)
}

const floats = (x: Tensor) => x.toArray() as Float32Array

describe.each(availableBackends())('linear on %s', name => {
  it.each([
    ['dense', {}, 1],
    ['dense with relu', { activation: 'relu' }, 1],
    ['sparse', { sparse: true }, 0.2],
    ['sparse with relu', { sparse: true, activation: 'relu' }, 0.2],
  ] as const)(
    '%s is the product, the sum and the rectifier, and so are its gradients',
    (_, options, share) => {
      useBackend(createBackend(name))
      const [x, weight, bias] = [random([37, 70], 1, share), random([70, 45], 2), random([45], 3)]
      const factors = random([37, 45], 4)
      const activated = (y: Tensor) => ('activation' in options ? relu(y) : y)
      const parts = (map: () => Tensor) =>
        valueAndGradients(() => sum(matmul(factors, map(), { transposeA: true })), [x, weight, bias])
      const whole = parts(() => linear(x, weight, bias, options))
      const expected = parts(() => activated(add(matmul(x, weight), bias)))
      expect(whole.value / expected.value).toBeCloseTo(1, 3)
      for (const [i, gradient] of expected.gradients.entries()) {
        expectClose(floats(whole.gradients[i]!), floats(gradient), 10)
      }
    },
  )

  it('keeps NaN through the rectifier', () => {
    useBackend(createBackend(name))
    const y = linear(tensor([[Number.NaN, 1]]), tensor([[1], [1]]), tensor([1]), { activation: 'relu' })
    expect(y.item()).toBeNaN()
  })

  it('leaves nothing behind', () => {
    const backend = useBackend(createBackend(name))
    const [x, weight, bias] = [random([9, 20], 1, 0.3), random([20, 6], 2), random([6], 3)]
    const step = () =>
      scope(() => {
        valueAndGradients(() => sum(linear(x, weight, bias, { sparse: true, activation: 'relu' })), [weight])
        linear(x, weight, bias, { sparse: true })
      })
    step()
    const before = backend.arena.bytesInUse
    for (let i = 0; i < 20; i++) step()
    expect(backend.arena.bytesInUse).toBe(before)
  })
})

describe('operands that do not fit', () => {
  it.each([
    ['rows too long', [2, 4], [3, 5], [5]],
    ['a bias of another length', [2, 3], [3, 5], [4]],
    ['a bias of rank 2', [2, 3], [3, 5], [1, 5]],
    ['a weight of rank 1', [2, 3], [3], [3]],
    ['a scalar', [], [3, 5], [5]],
  ])('%s', (_, x, weight, bias) => {
    const shapes = [x, weight, bias].map(shape => `[${shape.join(', ')}]`).join(', ')
    expect(() => linear(zeros(x), zeros(weight), zeros(bias))).toThrow(
      `linear: expected x [..., inputs], weight [inputs, outputs] and bias [outputs], got ${shapes}`,
    )
  })

  it('integers', () => {
    expect(() => linear(zeros([2, 3], 'int32'), zeros([3, 5]))).toThrow(
      'linear: operands are float32, got int32',
    )
  })
})
