// The tape: what it records, what it skips, and that nothing of it stays behind.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Backend } from '../../src/backend/backend.ts'
import {
  add,
  createBackend,
  DisposedError,
  exp,
  InvalidArgumentError,
  Linear,
  matmul,
  multiply,
  negate,
  relu,
  ShapeError,
  scope,
  sum,
  tensor,
  useBackend,
  valueAndGradients,
  zeros,
} from '../../src/index.ts'

let backend: Backend
beforeEach(() => {
  backend = useBackend('js')
})

describe('valueAndGradients', () => {
  it('frees everything but the gradients', () => {
    const x = tensor([1, 2, 3])
    const before = backend.arena.allocations
    const { gradients } = valueAndGradients(() => sum(exp(multiply(x, x))), [x])
    expect(backend.arena.allocations).toBe(before + 1)
    gradients[0]!.dispose()
    expect(backend.arena.allocations).toBe(before)
  })

  it('gives a parameter that the loss does not depend on a gradient of zero', () => {
    const [x, unused] = [tensor([1, 2]), tensor([[5, 6]])]
    const { gradients } = valueAndGradients(() => sum(x), [unused, x])
    expect(gradients[0]!.shape).toEqual([1, 2])
    expect([...gradients[0]!.toArray()]).toEqual([0, 0])
    expect([...gradients[1]!.toArray()]).toEqual([1, 1])
    const constant = valueAndGradients(() => tensor(4), [x])
    expect([constant.value, ...constant.gradients[0]!.toArray()]).toEqual([4, 0, 0])
  })

  it('takes a parameter itself for the loss', () => {
    const x = tensor(3)
    const { value, gradients } = valueAndGradients(() => x, [x])
    expect([value, gradients[0]!.item()]).toEqual([3, 1])
  })

  it('never hands one tensor out for two parameters', () => {
    const [a, b] = [tensor(1), tensor(2)]
    const { gradients } = valueAndGradients(() => add(a, b), [a, b])
    expect(gradients[0]).not.toBe(gradients[1])
    gradients[0]!.dispose()
    expect(gradients[1]!.item()).toBe(1)
  })

  it('sums over every path', () => {
    const x = tensor(2)
    const { gradients } = valueAndGradients(() => {
      const y = multiply(x, x)
      return add(add(y, y), multiply(y, x))
    }, [x])
    expect(gradients[0]!.item()).toBe(4 * 2 + 3 * 4)
  })

  it('nests: an inner call has a tape of its own, and is a constant for the outer', () => {
    const [x, y] = [tensor(3), tensor(5)]
    const { value, gradients } = valueAndGradients(() => {
      const before = multiply(x, y)
      const inner = valueAndGradients(() => multiply(y, y), [y])
      expect([inner.value, inner.gradients[0]!.item()]).toEqual([25, 10])
      return add(before, inner.gradients[0]!)
    }, [x, y])
    expect(value).toBe(25)
    expect(gradients.map(gradient => gradient.item())).toEqual([5, 3])
  })

  it('leaves no tape and no memory behind when the function throws', () => {
    const x = tensor([1, 2])
    const before = backend.arena.allocations
    expect(() =>
      valueAndGradients(() => {
        scope(() => exp(x))
        throw new Error('inside')
      }, [x]),
    ).toThrow('inside')
    expect(backend.arena.allocations).toBe(before)
    const { gradients } = valueAndGradients(() => sum(negate(x)), [x])
    expect([...gradients[0]!.toArray()]).toEqual([-1, -1])
  })

  it('keeps what it needs from scopes that end inside', () => {
    const x = tensor([1, 2])
    const run = () =>
      valueAndGradients(() => {
        const y = scope(() => multiply(exp(multiply(x, tensor([0.5, 0.5]))), tensor([3, 4])))
        return sum(multiply(y, y))
      }, [x])
    const { gradients } = run()
    const expected = [9 * Math.exp(1), 16 * Math.exp(2)]
    for (const [i, value] of gradients[0]!.toArray().entries()) expect(value).toBeCloseTo(expected[i]!, 3)
    const used = backend.arena.allocations
    for (const gradient of run().gradients) gradient.dispose()
    expect(backend.arena.allocations).toBe(used)
  })

  it('says which operand was disposed too early', () => {
    const x = tensor([1, 2])
    const run = () =>
      valueAndGradients(() => {
        const y = exp(x)
        const loss = sum(y)
        y.dispose()
        return loss
      }, [x])
    expect(run).toThrow(DisposedError)
    expect(run).toThrow('the operand of shape [2] was disposed')
  })

  it('computes no gradient that no parameter needs', () => {
    const model = new Linear(3, 2, { seed: 1, name: 'only' })
    const images = tensor([[1, 2, 3]])
    const products = vi.spyOn(backend.kernels, 'matmul')
    valueAndGradients(() => sum(relu(model.forward(images))), model.parameters())
    expect(products).toHaveBeenCalledTimes(2)
    valueAndGradients(() => sum(relu(model.forward(images))), [...model.parameters(), images])
    expect(products).toHaveBeenCalledTimes(2 + 3)
  })

  it('records nothing outside', () => {
    const x = tensor([[1, 2]])
    const product = matmul(x, x, { transposeB: true })
    const { gradients } = valueAndGradients(() => sum(product), [x])
    expect([...gradients[0]!.toArray()]).toEqual([0, 0])
  })

  it.each<[string, () => unknown, new (message: string) => Error, string]>([
    [
      'a loss of several numbers',
      () => valueAndGradients(() => zeros([2]), []),
      ShapeError,
      'got float32 of shape [2]',
    ],
    [
      'an int32 parameter',
      () => valueAndGradients(() => zeros([]), [zeros([2], 'int32')]),
      InvalidArgumentError,
      'a parameter is float32, got int32',
    ],
    [
      'a parameter twice',
      () => {
        const x = zeros([1])
        return valueAndGradients(() => sum(x), [x, x])
      },
      InvalidArgumentError,
      'listed twice',
    ],
    [
      'parameters of two backends',
      () => {
        const here = zeros([1])
        useBackend(createBackend('js'))
        return valueAndGradients(() => zeros([]), [here, zeros([1])])
      },
      InvalidArgumentError,
      'different backends',
    ],
  ])('refuses %s', (_, run, type, message) => {
    expect(run).toThrow(type)
    expect(run).toThrow(message)
  })
})
