// Steps that are refused, batches that are too small, examples that do not fit, and what is not allowed while training runs.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  BatchNorm,
  type Callback,
  currentBackend,
  Dropout,
  dense,
  InvalidArgumentError,
  Linear,
  layers,
  Model,
  Module,
  manualSeed,
  meanSquaredError,
  NonFiniteError,
  RandomState,
  Sequential,
  ShapeError,
  sequential,
  type Tensor,
  tensor,
  useBackend,
  zeros,
} from '../../src/index.ts'
import { stateOf, stripeArrays, stripes } from './problems.ts'

beforeEach(() => {
  useBackend('js')
  manualSeed(0)
})

const normalised = () =>
  sequential([dense(4), layers.batchNorm(), layers.dropout(0.5), dense(4)], {
    seed: 1,
    inputShape: [16],
  }).compile({
    optimiser: 'adam',
    loss: 'crossEntropy',
  })

describe('a step that is refused', () => {
  /** Buffers and positions, beside the parameters. */
  const everything = ({ network }: Model) => [
    stateOf(network),
    [...network.randomStates().values()].map(({ position }) => position),
  ]

  it.each([
    ['a NaN among the inputs', Number.NaN],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['numbers whose squares overflow', 3e30],
  ])('for %s leaves statistics and dropout as they were', async (_, bad) => {
    const { x, y } = stripeArrays(24)
    const model = normalised()
    await model.fit(x, y, { batchSize: 8, shuffle: false })
    const before = everything(model)
    const spoiled = x.slice()
    spoiled[3] = bad
    await expect(model.fit(spoiled, y, { batchSize: 8, shuffle: false })).rejects.toThrow(NonFiniteError)
    expect(everything(model)).toEqual(before)
    const loss = (await model.fit(x, y, { batchSize: 8, shuffle: false })).series('loss')[0]
    expect(loss).toBeGreaterThan(0)
  })

  it('after the layers that move, or for an error of a metric, leaves them as they were', async () => {
    const { x, y } = stripeArrays(16)
    class Explodes extends Module {
      inner = new Sequential([new BatchNorm(16), new Dropout(0.5, { seed: 1 }), new Linear(16, 4)])
      noise = new RandomState(1, 'noise')
      override forward(input: Tensor): Tensor {
        this.noise.next()
        const output = this.inner.forward(input)
        if (bad && this.training) output.view()[0] = Number.NaN
        return output
      }
    }
    let bad = true
    const model = new Model<Module>(new Explodes(), { inputShape: [16] }).compile({
      optimiser: 'sgd',
      loss: 'crossEntropy',
      metrics: {
        strict: () => {
          if (bad) return 1
          throw new RangeError('too strict')
        },
      },
    })
    const before = everything(model)
    await expect(model.fit(x, y)).rejects.toThrow('nothing was changed')
    expect(everything(model)).toEqual(before)
    bad = false
    await expect(model.fit(x, y)).rejects.toThrow('too strict')
    expect(everything(model)).toEqual(before)
  })
})

describe('a batch of one example', () => {
  it('is refused before the first step, where a BatchNorm would take its variance', async () => {
    const model = normalised()
    const before = stateOf(model.network)
    const run = model.fit(stripes(17), { batchSize: 8 })
    await expect(run).rejects.toThrow(InvalidArgumentError)
    await expect(run).rejects.toThrow(
      'fit: layers.1: BatchNorm cannot train on a batch of one example, which 17 examples in batches of 8 have: ' +
        'set dropLast, or choose another batchSize',
    )
    await expect(model.fit(stripes(3), { batchSize: 1 })).rejects.toThrow('have: choose another batchSize')
    expect(stateOf(model.network)).toEqual(before)
    expect(model.optimiser.steps).toBe(0)
  })

  it('is left out by dropLast', async () => {
    const model = normalised()
    const { x, y } = stripeArrays(17)
    const history = await model.fit(x, y, { batchSize: 8, dropLast: true, shuffle: false, epochs: 2 })
    expect(model.optimiser.steps).toBe(4)
    const other = normalised()
    const same = await other.fit(x.slice(0, 256), y.slice(0, 16), { batchSize: 8, shuffle: false, epochs: 2 })
    expect(history.epochs).toEqual(same.epochs)
    await expect(model.fit(stripes(5), { dropLast: true })).rejects.toThrow('5 examples make no batch of 32')
  })

  it('is fine for images, whose pixels have a variance, and without a BatchNorm', async () => {
    const images = sequential([layers.conv2d(2, 3), layers.batchNorm(), layers.flatten(), dense(4)]).compile({
      optimiser: 'sgd',
      loss: 'crossEntropy',
    })
    await images.fit(stripes(5), { batchSize: 4 })
    expect(images.optimiser.steps).toBe(2)
    const plain = sequential([dense(4)]).compile({ optimiser: 'sgd', loss: 'crossEntropy' })
    await plain.fit(stripes(5), { batchSize: 4 })
    expect(plain.optimiser.steps).toBe(2)
  })
})

describe('examples', () => {
  const line = () => new Model(new Linear(3, 2)).compile({ optimiser: 'sgd', loss: 'meanSquaredError' })

  it.each<[string, () => Promise<unknown>]>([
    ['fit', () => line().fit(zeros([4, 5]), zeros([4, 2]))],
    ['evaluate', () => line().evaluate(zeros([4, 5]), zeros([4, 2]))],
    ['predict', () => line().predict([[1, 2]])],
  ])('of another shape are refused by %s at once', async (operation, run) => {
    await expect(run()).rejects.toThrow(ShapeError)
    await expect(run()).rejects.toThrow(`${operation}: the network takes inputs of shape [3], got [`)
  })

  it('of another shape that the network takes all the same are taken', async () => {
    const predicted = await line().predict(zeros([2, 5, 3]))
    expect(predicted.shape).toEqual([2, 5, 2])
  })

  it.each<[string, unknown, unknown]>([
    ['targets that are too few', new Float32Array(6), [1]],
    ['integers as inputs', tensor(Int32Array.of(1, 2, 3), [1, 3]), [[1, 2]]],
    ['inputs of another shape', [[1, 2]], [[1, 2]]],
    ['ragged inputs', [[1, 2], [3]], [[1, 2]]],
    ['ragged targets', [[1, 2, 3]], [[1, 2], [3]]],
    ['no number as input', 3, [1]],
    ['text', 'abc', [1]],
    ['nothing', undefined, [1]],
  ])('with %s are refused by a typed error, and what was copied of them is freed', async (_, x, y) => {
    const model = line()
    const { allocations } = currentBackend().arena
    await expect(model.evaluate(x as Tensor, y as Tensor)).rejects.toThrow(/evaluate|tensor|expected/)
    await expect(model.evaluate(x as Tensor, y as Tensor)).rejects.toMatchObject({
      name: expect.stringMatching(/ShapeError|InvalidArgumentError/),
    })
    expect(currentBackend().arena.allocations).toBe(allocations)
  })

  it('are split as Keras splits them, and not into none', async () => {
    const counts = async (count: number, validationSplit: number) => {
      const rows: number[] = []
      const counting = line().compile({
        optimiser: 'sgd',
        loss: 'meanSquaredError',
        metrics: { rows: outputs => rows.push(outputs.shape[0]!) },
      })
      await counting.fit(zeros([count, 3]), zeros([count, 2]), { validationSplit })
      return rows
    }
    expect(await counts(7, 0.25)).toEqual([5, 2])
    expect(await counts(10, 0.01)).toEqual([9, 1])
    expect(await counts(3, 0.5)).toEqual([1, 2])
    await expect(counts(1, 0.5)).rejects.toThrow(
      'a validationSplit of 0.5 leaves 0 of 1 examples to train on and 1 to validate with',
    )
    await expect(counts(4, 1e-20)).rejects.toThrow('4 of 4 examples to train on and 0 to validate with')
  })
})

describe('while training runs', () => {
  it.each<[string, (model: Model) => unknown]>([
    ['load', model => model.load(model.save())],
    ['compile', model => model.compile({ optimiser: 'sgd', loss: 'crossEntropy' })],
    ['dispose', model => model.dispose()],
    ['fit', model => model.fit(stripes(8))],
  ])('%s is refused, and training goes on', async (operation, act) => {
    const [model, undisturbed] = [normalised(), normalised()]
    const errors: unknown[] = []
    const meddle: Callback = {
      onBatchEnd: async () => {
        try {
          await act(model)
        } catch (error) {
          errors.push(error)
        }
      },
    }
    await model.fit(stripes(16), { batchSize: 8, callbacks: [meddle] })
    expect(errors).toHaveLength(2)
    expect(errors[0]).toBeInstanceOf(InvalidArgumentError)
    expect(String(errors[0])).toContain(`${operation}: the model is being fitted already`)
    await undisturbed.fit(stripes(16), { batchSize: 8 })
    expect(stateOf(model.network)).toEqual(stateOf(undisturbed.network))
    model.load(model.save())
    model.dispose()
  })
})

describe('the order of examples', () => {
  const orderOf = async (model: Model, options: object = {}) => {
    const order: number[] = []
    const loss = (outputs: Tensor, targets: Tensor) => {
      order.push(targets.item())
      return meanSquaredError(outputs, tensor([targets.item()], [1, 1]))
    }
    const numbers = Array.from({ length: 12 }, (_, i) => i)
    const x = numbers.map(number => [number])
    await model.compile({ optimiser: 'rmsProp', loss }).fit(x, numbers, { batchSize: 1, ...options })
    return order
  }
  const make = (seed?: number) =>
    sequential([dense(1)], seed === undefined ? { inputShape: [1] } : { inputShape: [1], seed })

  it('follows the seed of the model, and that of manualSeed', async () => {
    const first = await orderOf(make(1))
    expect(await orderOf(make(1))).toEqual(first)
    expect(await orderOf(make(2))).not.toEqual(first)
    expect(await orderOf(make(2), { seed: 1 })).toEqual(first)
    manualSeed(1)
    expect(await orderOf(make())).toEqual(first)
    expect(await orderOf(new Model(new Linear(1, 1)))).toEqual(first)
    manualSeed(0)
    expect(await orderOf(make())).not.toEqual(first)
    expect(await orderOf(new Model(new Linear(1, 1), { seed: 1 }))).toEqual(first)
  })
})
