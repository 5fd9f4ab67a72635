// Layers, their state and their initial weights; image sets and their batches.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Backend } from '../../src/backend/backend.ts'
import {
  Adam,
  availableBackends,
  type BatchOptions,
  batches,
  createBackend,
  DisposedError,
  ImageSet,
  type Initialisation,
  InvalidArgumentError,
  initialWeights,
  Linear,
  meanSquaredError,
  Relu,
  Sequential,
  Sgd,
  ShapeError,
  scope,
  type Tensor,
  tensor,
  useBackend,
  zeros,
} from '../../src/index.ts'

let backend: Backend
beforeEach(() => {
  backend = useBackend('js')
})

const classifier = (seed = 1) =>
  new Sequential([
    new Linear(784, 64, { seed, name: 'hidden1', sparseInput: true }),
    new Relu(),
    new Linear(64, 10, { seed, name: 'output' }),
  ])

describe('layers', () => {
  it('summarise themselves in a table', () => {
    expect(classifier().summary()).toBe(
      [
        'layer           output shape  parameters',
        '----------------------------------------',
        'Linear hidden1  [n, 64]           50,240',
        'Relu            [n, 64]                0',
        'Linear output   [n, 10]              650',
        '----------------------------------------',
        'total                             50,890',
      ].join('\n'),
    )
    expect(() => new Sequential([new Relu()]).summary()).toThrow('how many features')
    expect(new Sequential([new Relu()]).summary(7)).toContain('[n, 7]')
  })

  it('compute x W + b, sparse or not', () => {
    for (const sparseInput of [false, true]) {
      const layer = new Linear(3, 2, { seed: 1, name: 'layer', sparseInput })
      layer.weight.write([1, 2, 3, 4, 5, 6])
      layer.bias.write([10, 20])
      expect([...layer.forward(tensor([[1, 0, 2]])).toArray()]).toEqual([21, 34])
    }
  })

  it('live through scopes, and free their parameters and nothing more', () => {
    const model = scope(() => classifier())
    const x = zeros([2, 784])
    model.forward(x).dispose()
    const { allocations } = backend.arena
    model.forward(x).dispose()
    expect(backend.arena.allocations).toBe(allocations)
    model.dispose()
    expect(() => model.forward(zeros([2, 784]))).toThrow(DisposedError)
  })

  it.each<[string, () => unknown, string]>([
    ['layers that do not fit', () => misfit().summary(), 'Linear b: takes shape [n, 5], got [1, 4]'],
    ['an input that does not fit', () => classifier().forward(zeros([2, 3])), 'got [2, 3], [784, 64], [64]'],
  ])('refuse %s', (_, run, message) => {
    expect(run).toThrow(ShapeError)
    expect(run).toThrow(message)
  })

  it.each<[string, () => unknown, string]>([
    ['no layers', () => new Sequential([]), 'at least one layer'],
    [
      'names used twice',
      () => new Sequential([linear('a'), linear('a')]),
      'two parameters are named "a.weight"',
    ],
    ['half a unit', () => new Linear(2, 1.5, { seed: 1, name: 'a' }), 'positive integer, got 1.5'],
    ['a seed that is none', () => new Linear(2, 2, { seed: -1, name: 'a' }), 'seed must be an integer'],
    [
      'an unknown initialisation',
      () => initialWeights('heUnknown' as Initialisation, 1, 1, 1, 'a'),
      'expected one of heNormal, heUniform',
    ],
  ])('refuse %s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })
})

const linear = (name: string, inputs = 4, outputs = 4) => new Linear(inputs, outputs, { seed: 1, name })
const misfit = () => new Sequential([linear('a'), linear('b', 5, 2)])

describe('state', () => {
  it('goes from one model to another, from tensors and from plain numbers', () => {
    const [source, target, third] = [classifier(1), classifier(2), classifier(3)]
    target.loadState(source.stateDictionary())
    const plain = new Map(
      [...source.stateDictionary()].map(([name, x]) => [name, { shape: x.shape, data: x.toArray() }]),
    )
    third.loadState(plain)
    for (const model of [target, third]) {
      for (const [name, x] of model.stateDictionary()) {
        expect(x.toArray()).toEqual(source.stateDictionary().get(name)!.toArray())
      }
    }
    expect([...source.stateDictionary().keys()]).toEqual([
      'hidden1.weight',
      'hidden1.bias',
      'output.weight',
      'output.bias',
    ])
  })

  it.each<[string, (state: Map<string, Tensor>) => void, string]>([
    ['a missing name', state => void state.delete('output.bias'), 'missing [output.bias], unknown []'],
    ['an unknown name', state => void state.set('extra', zeros([1])), 'missing [], unknown [extra]'],
    [
      'another shape',
      state => void state.set('output.bias', zeros([1, 10])),
      '"output.bias" has shape [10], got [1, 10]',
    ],
  ])('with %s is refused before anything is written', (_, spoil, message) => {
    const model = classifier(1)
    const before = model.parameters().map(x => x.toArray())
    const state = classifier(2).stateDictionary()
    spoil(state)
    expect(() => model.loadState(state)).toThrow(message)
    expect(model.parameters().map(x => x.toArray())).toEqual(before)
  })
})

describe('initial weights', () => {
  it('have the same bits on every backend, and differ by seed and name', () => {
    const weights = (name: string, seed = 1) => [...new Linear(20, 30, { seed, name }).weight.toArray()]
    const all = availableBackends().map(choice => {
      useBackend(choice)
      return weights('a')
    })
    for (const other of all) expect(other).toEqual(all[0])
    expect(weights('a', 2)).not.toEqual(all[0])
    expect(weights('b')).not.toEqual(all[0])
  })

  it.each<[Initialisation, number, number]>([
    ['heNormal', 2 / 300, Number.POSITIVE_INFINITY],
    ['heUniform', 2 / 300, Math.sqrt(6 / 300)],
    ['glorotNormal', 2 / 500, Number.POSITIVE_INFINITY],
    ['glorotUniform', 2 / 500, Math.sqrt(6 / 500)],
    ['zeros', 0, 0],
  ])('of %s have their variance and range', (initialisation, variance, limit) => {
    const weights = initialWeights(initialisation, 300, 200, 7, 'layer')
    const n = weights.length
    const mean = weights.reduce((total, w) => total + w, 0) / n
    const measured = weights.reduce((total, w) => total + (w - mean) ** 2, 0) / n
    expect(Math.abs(mean)).toBeLessThanOrEqual(4 * Math.sqrt(variance / n))
    expect(Math.abs(measured - variance)).toBeLessThanOrEqual(0.03 * variance)
    expect(weights.every(w => Math.abs(w) <= limit * 1.000001)).toBe(true)
  })
})

function imageSet(count: number, rows = 2, columns = 3): ImageSet {
  const images = Uint8Array.from({ length: count * rows * columns }, (_, i) => (i * 31) % 256)
  return new ImageSet({ images, labels: Uint8Array.from({ length: count }, (_, i) => i % 10), rows, columns })
}

describe('batches', () => {
  it('give every image once, with its own label and its pixels over 255', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 60 }), fc.boolean())
    fc.assert(
      fc.property(sizes, ([count, batchSize, shuffle]) => {
        const set = imageSet(count)
        const seen: number[] = []
        for (const { images, labels, indices } of batches(set, { batchSize, seed: 3, shuffle })) {
          expect(images.shape).toEqual([indices.length, 6])
          expect(indices.length).toBe(Math.min(batchSize, count - seen.length))
          expect([...labels.toArray()]).toEqual([...indices].map(i => set.labels[i]))
          const pixels = [...indices].flatMap(i => [...set.images.subarray(i * 6, i * 6 + 6)])
          expect(images.toArray()).toEqual(Float32Array.from(pixels, p => Math.fround(1 / 255) * p))
          seen.push(...indices)
        }
        const inOrder = Array.from({ length: count }, (_, i) => i)
        expect(shuffle ? seen.toSorted((a, b) => a - b) : seen).toEqual(inOrder)
        set.dispose()
      }),
    )
  })

  it('come in an order that seed and epoch fix, and nothing else', () => {
    const order = (options: Partial<BatchOptions>, choice = backend) => {
      useBackend(choice)
      return [...batches(imageSet(40), { batchSize: 7, seed: 1, ...options })].flatMap(({ indices }) => [
        ...indices,
      ])
    }
    const first = order({})
    expect(order({ batchSize: 3 })).toEqual(first)
    for (const name of availableBackends()) expect(order({}, createBackend(name))).toEqual(first)
    expect(order({ epoch: 1 })).not.toEqual(first)
    expect(order({ seed: 2 })).not.toEqual(first)
    expect(order({ limit: 5 }).toSorted()).toEqual([0, 1, 2, 3, 4])
  })

  it('keep memory flat, upload the set once, and free their tensors when a loop is left', () => {
    const set = imageSet(64)
    const use = (stopAt: number) => {
      let n = 0
      for (const { images } of batches(set, { batchSize: 10, shuffle: false })) {
        expect(images.disposed).toBe(false)
        if (n++ === stopAt) break
      }
    }
    use(0)
    const { bytesInUse, allocations } = backend.arena
    expect(allocations).toBe(1)
    for (let i = 0; i < 5; i++) use(i + 1)
    expect(backend.arena.bytesInUse).toBe(bytesInUse)
    expect(set.upload()).toBe(set.upload())
    set.dispose()
    expect(backend.arena.bytesInUse).toBe(0)
  })

  it('survive a scope around each use', () => {
    for (const { images, labels } of batches(imageSet(9), { batchSize: 4, shuffle: false })) {
      scope(() => zeros([3]))
      expect([images.disposed, labels.disposed]).toEqual([false, false])
    }
  })

  it.each<[string, BatchOptions, string]>([
    ['a batch of none', { batchSize: 0, seed: 1 }, 'batchSize is an integer from 1, got 0'],
    ['half an epoch', { batchSize: 1, seed: 1, epoch: 0.5 }, 'epoch is an integer from 0, got 0.5'],
    ['no images', { batchSize: 1, seed: 1, limit: 0 }, 'limit is an integer from 1, got 0'],
    ['shuffling without a seed', { batchSize: 1 }, 'shuffling needs a seed'],
  ])('refuse %s at once', (_, options, message) => {
    expect(() => batches(imageSet(3), options)).toThrow(message)
  })

  it('refuse sets whose parts do not fit', () => {
    const parts = { images: new Uint8Array(12), labels: new Uint8Array(2), rows: 2, columns: 3 }
    expect(new ImageSet(parts).features).toBe(6)
    expect(() => new ImageSet({ ...parts, rows: 3 })).toThrow('2 labels and images of 3 x 3 need')
    expect(() => new ImageSet({ ...parts, labels: new Uint8Array(0) })).toThrow(ShapeError)
    expect(() => new ImageSet({ ...parts, columns: 0 })).toThrow('at least one row and column')
  })
})

describe('optimisers refuse', () => {
  const x = () => zeros([2])
  it.each<[string, () => unknown, string]>([
    ['no parameters', () => new Sgd([], { learningRate: 1 }), 'at least one parameter'],
    ['a rate of 0', () => new Sgd([x()], { learningRate: 0 }), 'learningRate is a positive number, got 0'],
    ['a rate that is not a number', () => new Adam([x()], { learningRate: Number.NaN }), 'got NaN'],
    [
      'full momentum',
      () => new Sgd([x()], { learningRate: 1, momentum: 1 }),
      'momentum is a number from 0 to below 1',
    ],
    ['a beta of 1', () => new Adam([x()], { beta2: 1 }), 'beta2 is a number from 0 to below 1'],
    ['an epsilon of 0', () => new Adam([x()], { epsilon: 0 }), 'epsilon is a positive number'],
    [
      'too few gradients',
      () => new Adam([x()]).step([]),
      'expected 1 gradients, one for each parameter, got 0',
    ],
    ['another shape', () => new Adam([x()]).step([zeros([3])]), 'shape [2]: its gradient has shape [3]'],
    ['integers', () => new Adam([zeros([2], 'int32')]), 'parameters are float32, got int32'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message)
  })

  it('a parameter twice, and a step after dispose, and then hold no memory', () => {
    const parameter = x()
    expect(() => new Adam([parameter, parameter])).toThrow('listed twice')
    const adam = new Adam([parameter])
    expect(backend.arena.allocations).toBe(3)
    adam.dispose()
    expect(backend.arena.allocations).toBe(1)
    expect(() => adam.step([parameter])).toThrow(DisposedError)
  })
})

describe('meanSquaredError', () => {
  it('is the mean of squared differences, of equal shapes only', () => {
    const difference = meanSquaredError(tensor([1, 2, 3]), tensor([1, 4, 0]))
    expect(difference.item()).toBeCloseTo((0 + 4 + 9) / 3, 6)
    expect(() => meanSquaredError(tensor([[1], [2], [3]]), tensor([1, 2, 3]))).toThrow(
      /meanSquaredError: expected equal shapes, got \[3, 1\] and \[3\]/,
    )
  })
})
