// Layers by their definitions: normalisations against plain sums, dropout's share and stream, quantised weights.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  AveragePool2d,
  availableBackends,
  BatchNorm,
  Conv2d,
  createBackend,
  Dropout,
  Flatten,
  Gelu,
  InvalidArgumentError,
  LayerNorm,
  LeakyRelu,
  Linear,
  MaxPool2d,
  type Module,
  matmul,
  NonFiniteError,
  ones,
  QuantisedConv2d,
  QuantisedLinear,
  RandomState,
  Relu,
  ShapeError,
  Sigmoid,
  Softmax,
  scope,
  sum,
  Tanh,
  type Tensor,
  tensor,
  useBackend,
  valueAndGradients,
  zeros,
} from '../../src/index.ts'

const backends = availableBackends()

const wave = (shape: readonly number[], scale = 1) => {
  const size = shape.reduce((product, length) => product * length, 1)
  return tensor(
    Float32Array.from({ length: size }, (_, i) => scale * Math.sin(1 + 1.7 * i)),
    shape,
  )
}

const statistics = (values: readonly number[]) => {
  const mean = values.reduce((total, x) => total + x, 0) / values.length
  return { mean, variance: values.reduce((total, x) => total + (x - mean) ** 2, 0) / values.length }
}

describe.each(backends)('on %s', name => {
  beforeEach(() => void useBackend(createBackend(name)))

  it.each<[string, () => Module, readonly number[], readonly number[]]>([
    ['Linear', () => new Linear(3, 2), [4, 3], [4, 2]],
    ['Linear of rank 3', () => new Linear(3, 2), [4, 5, 3], [4, 5, 2]],
    ['Conv2d', () => new Conv2d(2, 3, [2, 3]), [1, 2, 5, 5], [1, 3, 4, 3]],
    ['MaxPool2d', () => new MaxPool2d(2), [1, 2, 5, 4], [1, 2, 2, 2]],
    ['AveragePool2d', () => new AveragePool2d(3, { stride: 1 }), [1, 2, 5, 4], [1, 2, 3, 2]],
    ['Flatten', () => new Flatten(), [2, 3, 4], [2, 12]],
    ['BatchNorm', () => new BatchNorm(3), [4, 3], [4, 3]],
    ['BatchNorm of images', () => new BatchNorm(3), [2, 3, 4, 5], [2, 3, 4, 5]],
    ['LayerNorm', () => new LayerNorm([3, 4]), [2, 3, 4], [2, 3, 4]],
    ['Relu', () => new Relu(), [2, 3], [2, 3]],
    ['LeakyRelu', () => new LeakyRelu(), [2, 3], [2, 3]],
    ['Gelu', () => new Gelu(), [2, 3], [2, 3]],
    ['Sigmoid', () => new Sigmoid(), [2, 3], [2, 3]],
    ['Tanh', () => new Tanh(), [2, 3], [2, 3]],
    ['Softmax', () => new Softmax(), [2, 3], [2, 3]],
    ['Dropout', () => new Dropout(0.2), [2, 3], [2, 3]],
  ])('%s says the shape it gives', (_, make, input, output) => {
    const module = make()
    expect(module.forward(wave(input)).shape).toEqual(output)
    expect(module.outputShape(input)).toEqual(output)
  })

  it('BatchNorm normalises a batch, and in evaluation by what it remembers', () => {
    const layer = new BatchNorm(2, { momentum: 0.25, epsilon: 1e-3 })
    layer.weight.write([2, 3])
    layer.bias.write([-1, 1])
    const x = wave([3, 2, 2, 2], 4)
    const values = [...x.toArray()]
    const channels = [0, 1].map(c => values.filter((_, i) => Math.floor(i / 4) % 2 === c))
    const expected = (i: number, mean: number, variance: number) => {
      const c = Math.floor(i / 4) % 2
      return ((values[i]! - mean) / Math.sqrt(variance + 1e-3)) * [2, 3][c]! + [-1, 1][c]!
    }
    const trained = layer.forward(x).toArray()
    for (const [i, y] of trained.entries()) {
      const { mean, variance } = statistics(channels[Math.floor(i / 4) % 2]!)
      expect(y).toBeCloseTo(expected(i, mean, variance), 4)
    }
    for (const [c, channel] of channels.entries()) {
      const { mean, variance } = statistics(channel)
      expect(layer.runningMean.toArray()[c]).toBeCloseTo(0.25 * mean, 5)
      expect(layer.runningVariance.toArray()[c]).toBeCloseTo(0.75 + (0.25 * variance * 12) / 11, 4)
    }
    layer.runningMean.write([0.5, -0.5])
    layer.runningVariance.write([4, 9])
    const evaluated = layer.evaluate().forward(x).toArray()
    for (const [i, y] of evaluated.entries()) {
      const c = Math.floor(i / 4) % 2
      expect(y).toBeCloseTo(expected(i, [0.5, -0.5][c]!, [4, 9][c]!), 4)
    }
    expect([...layer.runningMean.toArray()]).toEqual([0.5, -0.5])
  })

  it('BatchNorm refuses what is not finite, and remembers nothing of it', () => {
    const layer = new BatchNorm(2)
    layer.forward(wave([4, 2]))
    const before = [layer.runningMean, layer.runningVariance].map(buffer => buffer.toArray())
    const bad = wave([4, 2])
    bad.view()[5] = Number.NaN
    expect(() => layer.forward(bad)).toThrow(NonFiniteError)
    expect(() => layer.forward(bad)).toThrow('BatchNorm: the mean of channel 1 over the batch is NaN')
    bad.view()[5] = 3e30
    expect(() => layer.forward(bad)).toThrow('the variance of channel 1 over the batch is Infinity')
    expect([layer.runningMean, layer.runningVariance].map(buffer => buffer.toArray())).toEqual(before)
    expect(layer.evaluate().forward(bad).shape).toEqual([4, 2])
  })

  it('LayerNorm gives every example mean 0 and variance 1', () => {
    const layer = new LayerNorm(32)
    const y = layer.forward(wave([5, 32], 3)).toArray()
    for (let row = 0; row < 5; row++) {
      const { mean, variance } = statistics([...y.subarray(32 * row, 32 * row + 32)])
      expect(mean).toBeCloseTo(0, 5)
      expect(variance).toBeCloseTo(1, 4)
    }
  })

  it.each<[string, () => Module, readonly number[]]>([
    ['BatchNorm', () => new BatchNorm(3), [4, 3]],
    ['BatchNorm in evaluation', () => new BatchNorm(3).evaluate(), [2, 3, 2, 2]],
    ['LayerNorm', () => new LayerNorm(3), [4, 3]],
  ])('%s has the gradient that differences find', (_, make, shape) => {
    const module = make()
    const x = wave(shape, 2)
    const weights = wave(shape)
    const loss = () => sum(matmul(flat(module.forward(x)), flat(weights), { transposeB: true }))
    const flat = (value: Tensor) => new Flatten().forward(oneRow(value))
    const parameters = [x, ...module.parameters()]
    const { gradients } = valueAndGradients(loss, parameters)
    for (const [p, parameter] of parameters.entries()) {
      for (let i = 0; i < parameter.size; i++) {
        const at = (by: number) => {
          parameter.view()[i]! += by
          const value = scope(() => loss().item())
          parameter.view()[i]! -= by
          return value
        }
        expect(gradients[p]!.view()[i]).toBeCloseTo((at(1 / 64) - at(-1 / 64)) * 32, 1)
      }
    }
  })

  it('Dropout drops its share, scales the rest, and draws anew each time', () => {
    const layer = new Dropout(0.3, { seed: 1, name: 'a' })
    const x = ones([100, 100])
    const [first, second] = [layer.forward(x).toArray(), layer.forward(x).toArray()]
    const dropped = first.filter(value => value === 0).length / first.length
    expect(Math.abs(dropped - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / first.length))
    expect(new Set(first)).toEqual(new Set([0, Math.fround(1 / 0.7)]))
    expect(second).not.toEqual(first)
    layer.random.position = { ...layer.random.position, draws: 0 }
    expect(layer.forward(x).toArray()).toEqual(first)
    expect(layer.evaluate().forward(x)).toBe(x)
    expect(layer.random.position.draws).toBe(1)
  })

  it('Dropout passes gradients where it passed values', () => {
    const layer = new Dropout(0.5, { seed: 1 })
    const x = ones([6, 6])
    let y: ArrayLike<number> = []
    const { gradients } = valueAndGradients(() => {
      const out = layer.forward(x)
      y = out.toArray()
      return sum(out)
    }, [x])
    expect(gradients[0]!.toArray()).toEqual(y)
  })

  it('quantised layers are near their originals, and exact for whole multiples of the scale', () => {
    const linear = new Linear(3, 2)
    linear.weight.write([127, -3, 5, 1.27, 0, 0])
    linear.bias.write([0.5, 0])
    const exact = new QuantisedLinear(linear)
    expect([...exact.toInt8()]).toEqual([127, -127, 5, 54, 0, 0])
    expect(exact.scale.toArray()[0]).toBe(1)
    expect(exact.forward(tensor([[1, 1, 1]])).toArray()[0]).toBe(132.5)
    expect(exact.forward(zeros([2, 4, 3])).shape).toEqual([2, 4, 2])
    const conv = new Conv2d(3, 4, 3, { padding: 1, seed: 2 })
    const x = wave([2, 3, 6, 6])
    const [y, quantised] = [conv.forward(x).toArray(), new QuantisedConv2d(conv).forward(x).toArray()]
    const largest = Math.max(...conv.weight.toArray().map(Math.abs))
    // 27 products, each off by at most half a step.
    for (const [i, value] of y.entries()) {
      expect(Math.abs(quantised[i]! - value)).toBeLessThan((27 * largest) / 254)
    }
    expect(new QuantisedConv2d(new Conv2d(1, 1, 1, { bias: false })).buffers()).toHaveLength(2)
  })
})

/** The same entries as one example. */
function oneRow(x: Tensor): Tensor {
  return x.shape.length === 1 ? x : new OneRow().forward(x)
}

class OneRow extends Flatten {
  override outputShape(shape: readonly number[]): readonly number[] {
    return [1, shape.reduce((product, length) => product * length, 1)]
  }
}

describe('quantised weights', () => {
  it('are within half a step of the original', () => {
    useBackend('js')
    const weight = fc.float({ noNaN: true, min: -1000, max: 1000 })
    fc.assert(
      fc.property(fc.array(weight, { minLength: 6, maxLength: 6 }), weights => {
        const linear = new Linear(3, 2)
        linear.weight.write(weights)
        const layer = new QuantisedLinear(linear)
        const [integers, scales] = [layer.toInt8(), layer.scale.toArray()]
        for (const [i, w] of linear.weight.toArray().entries()) {
          const scale = scales[i % 2]!
          expect(Math.abs(integers[i]! * scale - w)).toBeLessThanOrEqual(scale * 0.5001 + 2 ** -126)
        }
        layer.dispose()
        linear.dispose()
      }),
    )
  })
})

describe('layers refuse', () => {
  beforeEach(() => void useBackend('js'))
  it.each<[string, () => unknown, string]>([
    ['a probability of 1', () => new Dropout(1), 'Dropout: probability is a number from 0 to below 1, got 1'],
    ['no channels', () => new Conv2d(0, 1, 3), 'a number of channels is a positive integer, got 0'],
    ['a momentum of 2', () => new BatchNorm(1, { momentum: 2 }), 'momentum is a number from 0 to 1, got 2'],
    ['an epsilon of 0', () => new LayerNorm(1, { epsilon: 0 }), 'epsilon is a positive number, got 0'],
    ['half a feature', () => new LayerNorm(0.5), 'a number of features is a positive integer, got 0.5'],
    [
      'a position that is none',
      () => {
        new RandomState(1, 'a').position = { seed: 1, stream: 'a', draws: -1 }
      },
      'a random state: expected',
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })

  it.each<[string, () => unknown, string]>([
    ['other channels', () => new BatchNorm(2).forward(zeros([3, 4])), 'BatchNorm: takes shape [n, 2] or'],
    ['a batch of one value', () => new BatchNorm(2).forward(zeros([1, 2])), 'more than one value'],
    [
      'other features',
      () => new LayerNorm(2).forward(zeros([3, 4])),
      'LayerNorm: takes shape [..., 2], got [3, 4]',
    ],
    ['rows for images', () => new Conv2d(1, 1, 3).outputShape([1, 784]), 'Conv2d: takes shape [n, 1, rows'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(ShapeError)
    expect(run).toThrow(message)
  })
})
