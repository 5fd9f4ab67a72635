// What a model is compiled with: losses by name, as functions and with options; metrics that go with them; optimisers.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  Adam,
  accuracy,
  binaryAccuracy,
  binaryCrossEntropyWithLogits,
  type CompileOptions,
  crossEntropy,
  currentBackend,
  dense,
  huber,
  InvalidArgumentError,
  Linear,
  Model,
  type Module,
  meanSquaredError,
  multiply,
  NonFiniteError,
  Relu,
  Sequential,
  ShapeError,
  Sigmoid,
  Softmax,
  sequential,
  type Tensor,
  tensor,
  useBackend,
} from '../../src/index.ts'
import { stateOf, stripeArrays, stripes } from './problems.ts'

beforeEach(() => void useBackend('js'))

const twoLayers = (...last: readonly Module[]) => [
  new Linear(16, 8, { seed: 1, name: 'first' }),
  new Relu(),
  new Linear(8, 4, { seed: 2, name: 'second' }),
  ...last,
]

const compiled = (network: Module, options: Partial<CompileOptions>) =>
  new Model(network).compile({ optimiser: 'adam', loss: 'crossEntropy', ...options })

/** The weights and logs after an epoch. */
async function fitted(network: Module, options: Partial<CompileOptions>) {
  const model = compiled(network, options)
  const { epochs } = await model.fit(stripes(64), { batchSize: 16 })
  return { epochs, weights: stateOf(model.network) }
}

describe('a loss', () => {
  it('is the same by name, as the library’s function, and within an object', async () => {
    const expected = await fitted(new Sequential(twoLayers()), {})
    expect(await fitted(new Sequential(twoLayers()), { loss: crossEntropy })).toEqual(expected)
    expect(await fitted(new Sequential(twoLayers()), { loss: { name: 'crossEntropy' } })).toEqual(expected)
  })

  it.each<[string, () => Sequential]>([
    ['last', () => new Sequential(twoLayers(new Softmax()))],
    ['within a Sequential', () => new Sequential([new Sequential(twoLayers(new Softmax()))])],
    ['by itself within a Sequential', () => new Sequential(twoLayers(new Sequential([new Softmax()])))],
  ])('of logits undoes a softmax %s, by name and as a function', async (_, make) => {
    const expected = await fitted(new Sequential(twoLayers()), {})
    for (const loss of ['crossEntropy', crossEntropy] as const) {
      const { epochs, weights } = await fitted(make(), { loss })
      expect(epochs).toEqual(expected.epochs)
      expect([...weights.values()]).toEqual([...expected.weights.values()])
    }
  })

  it('undoes a sigmoid too', async () => {
    const { x, y } = stripeArrays(16)
    const targets = Float32Array.from(y, label => label % 2)
    const losses = [[], [new Sigmoid()]].map(async last => {
      const network = new Sequential([new Linear(16, 1, { seed: 1 }), ...last])
      return (await compiled(network, { loss: binaryCrossEntropyWithLogits }).evaluate(x, targets)).loss
    })
    expect(await losses[1]).toBe(await losses[0])
  })

  it('has its options', async () => {
    const { x, y } = stripeArrays(8)
    const network = new Sequential(twoLayers())
    const logits = network.forward(tensor(x, [8, 16]))
    const smooth = await compiled(network, { loss: { name: 'crossEntropy', labelSmoothing: 0.3 } }).evaluate(
      x,
      y,
    )
    const labels = tensor(Int32Array.from(y))
    expect(smooth.loss).toBeCloseTo(crossEntropy(logits, labels, { labelSmoothing: 0.3 }).item(), 5)
    const wide = await compiled(network, { loss: { name: 'huber', delta: 0.1 } }).evaluate(x, logits)
    expect(wide.loss).toBe(0)
    const far = await compiled(network, { loss: { name: 'huber', delta: 0.5 } }).evaluate(
      x,
      tensor(new Float32Array(32).fill(1000), [8, 4]),
    )
    expect(far.loss).toBeCloseTo(
      huber(logits, tensor(new Float32Array(32).fill(1000), [8, 4]), { delta: 0.5 }).item(),
      2,
    )
  })

  it('as a function takes plain labels, and classes as a column', async () => {
    const { x, y } = stripeArrays(8)
    const model = compiled(new Sequential(twoLayers()), { loss: crossEntropy, metrics: ['accuracy'] })
    const expected = await model.evaluate(stripes(8))
    expect(await model.evaluate(x, [...y])).toEqual(expected)
    expect(
      await model.evaluate(
        x,
        [...y].map(label => [label]),
      ),
    ).toEqual(expected)
    expect(await model.evaluate(x, tensor(Float32Array.from(y), [8, 1]))).toEqual(expected)
    expect(await model.evaluate(x, tensor(Int32Array.from(y), [8, 1]))).toEqual(expected)
  })

  class Warm extends Softmax {
    override forward(x: Tensor): Tensor {
      return super.forward(multiply(x, tensor([2])))
    }
  }

  it.each<[string, () => unknown, string]>([
    [
      'crossEntropy after a sigmoid',
      () => compiled(new Sequential(twoLayers(new Sigmoid())), {}),
      'the loss crossEntropy takes logits, or the outputs of a last Softmax, which it undoes; the network ends in Sigmoid',
    ],
    [
      'crossEntropy after a sigmoid, as a function',
      () => compiled(new Sequential(twoLayers(new Sigmoid())), { loss: crossEntropy }),
      'the network ends in Sigmoid',
    ],
    [
      'binaryCrossEntropy after a softmax',
      () => compiled(new Sequential(twoLayers(new Softmax())), { loss: 'binaryCrossEntropy' }),
      'a last Sigmoid, which it undoes; the network ends in Softmax',
    ],
    [
      'crossEntropy after a softmax of one’s own',
      () => compiled(new Sequential(twoLayers(new Warm())), {}),
      'the network ends in Warm',
    ],
    [
      'an option that it does not have',
      () => compiled(new Linear(1, 1), { loss: { name: 'crossEntropy', smoothing: 0.1 } as never }),
      'the loss crossEntropy has no option "smoothing"',
    ],
    [
      'an option out of range',
      () => compiled(new Linear(1, 1), { loss: { name: 'crossEntropy', labelSmoothing: 2 } }),
      'labelSmoothing is a number from 0 to 1, got 2',
    ],
    ['no loss', () => compiled(new Linear(1, 1), { loss: null as never }), 'unknown loss undefined'],
  ])('refuses %s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })

  it('refuses what it cannot undo when an unbuilt model is built', async () => {
    const model = sequential([dense(4, { activation: 'sigmoid' })]).compile({
      optimiser: 'adam',
      loss: 'crossEntropy',
    })
    await expect(model.fit(stripes(4))).rejects.toThrow('the network ends in Sigmoid')
  })
})

describe('accuracy', () => {
  const column = () => {
    const linear = new Linear(1, 1, { name: 'only' })
    linear.weight.write([1])
    return linear
  }
  const x = [[-2], [0.2], [0.4], [3]]
  const targets = [0, 1, 0, 1]
  const accuracyOf = async (network: Module, loss: CompileOptions['loss']) =>
    (await compiled(network, { loss, metrics: ['accuracy'] }).evaluate(x, targets)).accuracy

  it('of one column is on which side of 0 logits are, and of 0.5 what a sigmoid gives', async () => {
    const own = (outputs: Tensor, y: Tensor) => meanSquaredError(outputs, tensor(y.toArray(), outputs.shape))
    expect(await accuracyOf(column(), 'binaryCrossEntropy')).toBe(0.75)
    expect(await accuracyOf(column(), binaryCrossEntropyWithLogits)).toBe(0.75)
    expect(await accuracyOf(column(), own)).toBe(0.75)
    // All of its outputs are above 0.
    expect(await accuracyOf(new Sequential([column(), new Sigmoid()]), own)).toBe(0.75)
    expect(await accuracyOf(new Sequential([column(), new Sigmoid()]), 'binaryCrossEntropy')).toBe(0.75)
  })

  it('of one column of classes is refused, and binaryAccuracy is there', () => {
    const [outputs, y] = [tensor([[0.9], [0.2]]), tensor(Int32Array.of(1, 1))]
    expect(() => accuracy(outputs, y)).toThrow(ShapeError)
    expect(() => accuracy(outputs, y)).toThrow('for one column there is binaryAccuracy')
    expect(binaryAccuracy(outputs, y)).toBe(0.5)
    expect(binaryAccuracy(outputs, y, { threshold: 0 })).toBe(1)
    expect(() => binaryAccuracy(tensor([[1, 2]]), tensor([[1], [2]]))).toThrow(ShapeError)
  })

  it.each<[string, Partial<CompileOptions>, string]>([
    [
      'accuracy of values',
      { loss: 'huber', metrics: ['accuracy'] },
      'the metric accuracy is of classes, the loss huber is not',
    ],
    [
      'accuracy of values, by their function',
      { loss: meanSquaredError, metrics: { right: 'accuracy' } },
      'the loss meanSquaredError is not',
    ],
    ['errors of classes', { metrics: ['meanAbsoluteError'] }, 'the metric meanAbsoluteError is of values'],
    [
      'errors of logits',
      { loss: 'binaryCrossEntropy', metrics: ['meanSquaredError'] },
      'the loss binaryCrossEntropy is not',
    ],
    ['a metric that is none', { metrics: [undefined as never] }, 'unknown metric undefined'],
    [
      'a metric of a name that is taken',
      { metrics: { loss: 'accuracy' } },
      'a metric has another name than "loss"',
    ],
    ['clipping to less than nothing', { clipNorm: -1 }, 'compile: clipNorm is a positive number, got -1'],
    ['clipping to nothing', { clipValue: 0 }, 'compile: clipValue is a positive number, got 0'],
    ['clipping to no number', { clipNorm: Number.NaN }, 'clipNorm is a positive number, got NaN'],
  ])('refuses %s', (_, options, message) => {
    const run = () => sequential([dense(2)]).compile({ optimiser: 'adam', loss: 'crossEntropy', ...options })
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })

  it('as a function is of values too', async () => {
    const model = compiled(new Linear(2, 2), { loss: 'meanSquaredError', metrics: { accuracy } })
    const { accuracy: share } = await model.evaluate([[1, 2]], [[0, 1]])
    expect([0, 1]).toContain(share)
  })

  it('refuses metrics whose shapes do not fit at the first batch, and changes nothing', async () => {
    const network = new Linear(2, 2)
    const before = stateOf(network)
    const loss = (outputs: Tensor, y: Tensor) =>
      meanSquaredError(outputs, tensor([...y.toArray()], outputs.shape))
    const model = compiled(network, { loss, metrics: ['meanAbsoluteError'] })
    const run = model.fit(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      tensor([
        [[1], [2]],
        [[3], [4]],
      ]),
    )
    await expect(run).rejects.toThrow('meanAbsoluteError: expected equal shapes, got [2, 2] and [2, 2, 1]')
    expect(stateOf(network)).toEqual(before)
  })
})

describe('an optimiser', () => {
  it('may be given ready made, and stays its owner’s', async () => {
    const network = new Sequential(twoLayers())
    const optimiser = new Adam(network.parameters(), { learningRate: 0.02 })
    const model = compiled(network, { optimiser })
    await model.fit(stripes(32), { batchSize: 8 })
    expect(model.optimiser).toBe(optimiser)
    expect(optimiser.steps).toBe(4)
    const by = compiled(new Sequential(twoLayers()), {
      optimiser: parameters => new Adam(parameters, { learningRate: 0.02 }),
    })
    await by.fit(stripes(32), { batchSize: 8 })
    expect(stateOf(model.network)).toEqual(stateOf(by.network))
    model.compile({ optimiser, loss: 'crossEntropy' })
    await model.fit(stripes(8))
    model.dispose()
    const { allocations } = currentBackend().arena
    optimiser.dispose()
    expect(currentBackend().arena.allocations).toBe(allocations - 8)
  })

  it('may train a part of the parameters', async () => {
    const network = new Sequential(twoLayers())
    const before = stateOf(network)
    const model = compiled(network, { optimiser: parameters => new Adam(parameters.slice(2)) })
    await model.fit(stripes(32), { batchSize: 8 })
    const names = [...stateOf(network)].filter(
      ([name, values]) => String(values) !== String(before.get(name)),
    )
    expect(names.map(([name]) => name)).toEqual(['second.weight', 'second.bias'])
    model.load(model.save())
  })

  it.each<[string, CompileOptions['optimiser'], string]>([
    [
      'an object',
      {} as never,
      'unknown optimiser object: expected gradientDescent, sgd, rmsProp, adam, adamW, an Optimiser',
    ],
    ['nothing', undefined as never, 'unknown optimiser undefined'],
    [
      'a function of something else',
      (() => 3) as never,
      'the function that makes an optimiser did not return one',
    ],
    ['one of other parameters', new Adam([tensor([1])]), 'Adam trains none of the parameters of Linear'],
  ])('is refused when it is %s', async (_, optimiser, message) => {
    const run = async () => {
      const model = new Model(new Linear(1, 1)).compile({ optimiser, loss: 'huber' })
      await model.fit([[1]], [1])
    }
    await expect(run()).rejects.toThrow(InvalidArgumentError)
    await expect(run()).rejects.toThrow(message)
  })
})

describe('gradients that are not finite', () => {
  it.each<[string, Partial<CompileOptions>]>([
    ['norm', { clipNorm: 1 }],
    ['value', { clipValue: 1 }],
  ])('are named before they are clipped by %s, also when the loss is finite', async (_, clip) => {
    const network = new Linear(1, 1, { name: 'wide', initialisation: 'zeros' })
    const run = compiled(network, { loss: 'meanSquaredError', ...clip }).fit(
      tensor([[1e25]]),
      tensor([[1e15]]),
    )
    await expect(run).rejects.toThrow(NonFiniteError)
    await expect(run).rejects.toThrow('the gradient of "wide.weight" is not finite')
    expect(network.weight.item()).toBe(0)
  })
})
