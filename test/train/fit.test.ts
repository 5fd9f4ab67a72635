// Models in the manner of Keras: building, fitting, evaluating, predicting, stopping and giving way.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  Adam,
  argmax,
  availableBackends,
  type Callback,
  createBackend,
  crossEntropy,
  dense,
  type History,
  InvalidArgumentError,
  Linear,
  layers,
  Model,
  Module,
  NonFiniteError,
  Relu,
  relu,
  ShapeError,
  sequential,
  type Tensor,
  type TrainingProgress,
  tensor,
  useBackend,
  valueAndGradients,
} from '../../src/index.ts'
import { stateOf, stripeArrays, stripes } from './problems.ts'

const classifier = () =>
  sequential([dense(8, { activation: 'relu' }), dense(4)], { seed: 1 }).compile({
    optimiser: parameters => new Adam(parameters, { learningRate: 0.02 }),
    loss: 'crossEntropy',
    metrics: ['accuracy'],
  })

const convolutional = () =>
  sequential(
    [
      layers.conv2d(4, 3, { activation: 'relu', padding: 'same' }),
      layers.batchNorm(),
      layers.maxPool2d(2),
      layers.flatten(),
      layers.dropout(0.2),
      layers.dense(4, { activation: 'softmax' }),
    ],
    { seed: 1 },
  ).compile({
    optimiser: parameters => new Adam(parameters, { learningRate: 0.02 }),
    loss: 'crossEntropy',
    metrics: ['accuracy'],
  })

describe.each(availableBackends())('on %s', name => {
  beforeEach(() => void useBackend(createBackend(name)))

  it('a model learns images, and evaluates and predicts what it learned', async () => {
    const model = classifier()
    const history = await model.fit(stripes(256), { epochs: 8, validationData: stripes(64, 2) })
    expect(history.ended).toBe('completed')
    expect(history.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(history.series('loss').at(-1)!).toBeLessThan(history.series('loss')[0]! / 2)
    expect(history.series('validationAccuracy').at(-1)!).toBeGreaterThan(0.95)
    const test = stripes(100, 3)
    const { accuracy, loss } = await model.evaluate(test)
    expect(loss).toBeLessThan(0.5)
    const predicted = await model.predict(test)
    expect(predicted.shape).toEqual([100, 4])
    const right = argmax(predicted)
      .toArray()
      .filter((label, i) => label === test.labels[i])
    expect(right.length / 100).toBeCloseTo(accuracy!, 6)
  })

  it('a convolutional model is built from images, and its softmax is learned as logits', async () => {
    const model = convolutional()
    expect(model.built).toBe(false)
    await model.fit(stripes(256), { epochs: 6, batchSize: 16 })
    expect(model.summary()).toContain('[n, 4, 2, 2]')
    const test = stripes(100, 3)
    expect((await model.evaluate(test)).accuracy).toBeGreaterThan(0.9)
    const rows = (await model.predict(test)).toArray()
    for (let row = 0; row < 100; row++) {
      const total = [...rows.subarray(4 * row, 4 * row + 4)].reduce((sum, p) => sum + p, 0)
      expect(total).toBeCloseTo(1, 5)
    }
  })

  it('five epochs are bit for bit two and then three', async () => {
    const [whole, parted] = [convolutional(), convolutional()]
    const straight = await whole.fit(stripes(50), { epochs: 5, batchSize: 8 })
    const first = await parted.fit(stripes(50), { epochs: 2, batchSize: 8 })
    const second = await parted.fit(stripes(50), { epochs: 3, batchSize: 8 })
    expect(stateOf(parted.network)).toEqual(stateOf(whole.network))
    expect([...first.epochs, ...second.epochs]).toEqual(straight.epochs)
    expect(parted.epochs).toBe(5)
  })

  it('training is the loop that one would write with tensors', async () => {
    const { x, y } = stripeArrays(32)
    const model = classifier()
    await model.fit(x, y, { epochs: 3, batchSize: 32, shuffle: false })
    const again = sequential([dense(8, { activation: 'relu' }), dense(4)], {
      seed: 1,
      inputShape: [16],
    }).network
    const adam = new Adam(again.parameters(), { learningRate: 0.02 })
    for (let i = 0; i < 3; i++) {
      const inputs = tensor(x, [32, 16])
      const loss = () => crossEntropy(again.forward(inputs), tensor(Int32Array.from(y)))
      adam.step(valueAndGradients(loss, again.parameters()).gradients)
    }
    expect([...stateOf(model.network).values()]).toEqual([...stateOf(again).values()])
  })

  it('memory is flat from epoch to epoch, and all of it comes back', async () => {
    const backend = createBackend(name)
    useBackend(backend)
    const model = convolutional()
    const memory: number[] = []
    const set = stripes(64)
    const callbacks: Callback[] = [{ onEpochEnd: () => memory.push(backend.arena.bytesInUse) }]
    await model.fit(set, { epochs: 4, validationSplit: 0.25, callbacks })
    expect(new Set(memory.slice(1)).size).toBe(1)
    const { x, y } = stripeArrays(64)
    await model.evaluate(x, y)
    const before = backend.arena.allocations
    await model.evaluate(x, y)
    await model.fit(x, y)
    expect(backend.arena.allocations).toBe(before)
  })
})

describe('fit', () => {
  beforeEach(() => void useBackend('js'))

  it('takes any module, and nested arrays', async () => {
    class Line extends Module {
      fc = new Linear(1, 1)
      forward(x: Tensor): Tensor {
        return this.fc.forward(x)
      }
    }
    const model = new Model(new Line()).compile({
      optimiser: 'adam',
      loss: 'huber',
      metrics: ['meanAbsoluteError'],
    })
    const history = await model.fit([[0], [1], [2], [3]], [1, 3, 5, 7], { epochs: 5, batchSize: 2 })
    expect(history.series('meanAbsoluteError')).toHaveLength(5)
    expect(history.series('loss')[4]!).toBeLessThan(history.series('loss')[0]!)
  })

  it('learns two answers, and shares of classes', async () => {
    const binary = sequential([dense(1, { activation: 'sigmoid' })], { seed: 1 }).compile({
      optimiser: parameters => new Adam(parameters, { learningRate: 0.3 }),
      loss: 'binaryCrossEntropy',
      metrics: ['accuracy'],
    })
    const x = tensor([[-2], [-1], [1], [2]])
    await binary.fit(x, [0, 0, 1, 1], { epochs: 40 })
    expect((await binary.evaluate(x, [0, 0, 1, 1])).accuracy).toBe(1)
    const predicted = (await binary.predict(x)).toArray()
    expect(predicted[0]).toBeLessThan(0.2)
    expect(predicted[3]).toBeGreaterThan(0.8)
    const soft = sequential([dense(2)], { seed: 1 }).compile({
      optimiser: 'adamW',
      loss: 'crossEntropy',
      metrics: ['accuracy'],
    })
    const shares = tensor([
      [0.9, 0.1],
      [0.8, 0.2],
      [0.1, 0.9],
      [0, 1],
    ])
    expect((await soft.fit(x, shares, { epochs: 2 })).series('accuracy')).toHaveLength(2)
  })

  it('validates on the last examples, and does not learn from them', async () => {
    const { x, y } = stripeArrays(40)
    const [split, given] = [classifier(), classifier()]
    const first = await split.fit(x, y, { epochs: 2, validationSplit: 0.25 })
    const held = [x.slice(30 * 16), y.slice(30)] as const
    const second = await given.fit(x.slice(0, 30 * 16), y.slice(0, 30), { epochs: 2, validationData: held })
    expect(first.epochs).toEqual(second.epochs)
    expect(Object.keys(first.epochs[0]!)).toEqual([
      'epoch',
      'loss',
      'accuracy',
      'validationLoss',
      'validationAccuracy',
    ])
  })

  it('reports means over the epoch, each batch weighted by its size', async () => {
    const { x, y } = stripeArrays(5)
    const model = sequential([dense(4)], { seed: 1, inputShape: [16] }).compile({
      optimiser: parameters => new Adam(parameters, { learningRate: 1e-12 }),
      loss: 'crossEntropy',
      metrics: { rows: outputs => outputs.shape[0]! },
    })
    const all = await model.evaluate(x, y)
    const history = await model.fit(x, y, { batchSize: 3 })
    expect(history.series('loss')[0]).toBeCloseTo(all.loss!, 5)
    expect(history.series('rows')).toEqual([(3 * 3 + 2 * 2) / 5])
  })

  it('stops between batches at a signal, keeps what it learned, and goes on where it was', async () => {
    const [whole, stopped] = [classifier(), classifier()]
    const straight = await whole.fit(stripes(64), { epochs: 3, batchSize: 8 })
    const controller = new AbortController()
    let batches = 0
    const abort: Callback = { onBatchEnd: () => ++batches === 13 && controller.abort() }
    const { signal } = controller
    const first = await stopped.fit(stripes(64), { epochs: 3, batchSize: 8, callbacks: [abort], signal })
    expect([first.ended, batches, first.epochs.length]).toEqual(['signal', 13, 1])
    expect(stopped.optimiser.steps).toBe(13)
    const second = await stopped.fit(stripes(64), { epochs: 2, batchSize: 8 })
    expect(stateOf(stopped.network)).toEqual(stateOf(whole.network))
    expect([...first.epochs, ...second.epochs]).toEqual(straight.epochs)
  })

  it('begins an epoch again when its batches are others', async () => {
    const model = classifier()
    const stop: Callback = { onBatchEnd: training => training.stop() }
    await model.fit(stripes(64), { batchSize: 8, callbacks: [stop] })
    await model.fit(stripes(64), { batchSize: 16 })
    expect(model.optimiser.steps).toBe(1 + 4)
  })

  it('stops within validation too, which the next call then makes good', async () => {
    const make = () => {
      let rows = 0
      const controller = new AbortController()
      const model = sequential([dense(4)], { seed: 1, inputShape: [16] }).compile({
        optimiser: 'adam',
        loss: 'crossEntropy',
        metrics: {
          rows: outputs => {
            rows += outputs.shape[0]!
            // Sixteen in training, then the first batch of validation.
            if (rows === 16 + 256) controller.abort()
            return outputs.shape[0]!
          },
        },
      })
      return { model, controller, rows: () => rows }
    }
    const options = { batchSize: 8, validationData: stripes(600, 2) }
    const [whole, stopped] = [make(), make()]
    const straight = await whole.model.fit(stripes(16), { ...options, epochs: 2 })
    const { signal } = stopped.controller
    const first = await stopped.model.fit(stripes(16), { ...options, epochs: 2, signal })
    expect([first.ended, first.epochs.length, stopped.rows(), stopped.model.epochs]).toEqual([
      'signal',
      0,
      272,
      0,
    ])
    const resumed = make().model.load(stopped.model.save())
    const second = await resumed.fit(stripes(16), { ...options, epochs: 2 })
    expect(second.epochs).toEqual(straight.epochs)
    expect(stateOf(resumed.network)).toEqual(stateOf(whole.model.network))
  })

  it('does nothing at a signal that has fired', async () => {
    const model = classifier()
    const history = await model.fit(stripes(8), { signal: AbortSignal.abort() })
    expect([history.ended, history.epochs.length, model.optimiser.steps]).toEqual(['signal', 0, 0])
  })

  it('gives way: a timer and a signal from outside get their turn', async () => {
    const model = classifier()
    let ticks = 0
    const timer = setInterval(() => ticks++, 5)
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 150)
    const history: History = await model.fit(stripes(256), { epochs: 1e6, signal: controller.signal })
    clearInterval(timer)
    expect(history.ended).toBe('signal')
    expect(ticks).toBeGreaterThan(1)
  })

  it('reports its progress, the end of each epoch without fail', async () => {
    const seen: TrainingProgress[] = []
    await classifier().fit(stripes(20), {
      epochs: 2,
      batchSize: 8,
      onProgress: progress => seen.push(progress),
    })
    const ends = seen.filter(({ batch, batches }) => batch === batches)
    expect(ends.map(({ epoch, epochs, batches }) => [epoch, epochs, batches])).toEqual([
      [1, 2, 3],
      [2, 2, 3],
    ])
    expect(ends[1]!.logs.loss).toBeLessThan(ends[0]!.logs.loss! * 2)
  })

  it('refuses to go on with a loss that is not finite, and keeps the parameters from before', async () => {
    const model = sequential([dense(1)], { seed: 1, inputShape: [1] }).compile({
      optimiser: 'sgd',
      loss: 'meanSquaredError',
    })
    const before = stateOf(model.network)
    const run = model.fit(tensor([[1], [3e30]]), tensor([[0], [0]]))
    await expect(run).rejects.toThrow(NonFiniteError)
    await expect(run).rejects.toThrow('the gradient of "dense.weight" is not finite')
    expect(stateOf(model.network)).toEqual(before)
  })

  it('clips gradients when told to', async () => {
    const train = async (clip: object) => {
      const model = sequential([dense(1)], { seed: 1, inputShape: [1] }).compile({
        optimiser: 'gradientDescent',
        loss: 'meanSquaredError',
        ...clip,
      })
      const before = model.parameters()[0]!.item()
      await model.fit(tensor([[1000]]), tensor([[0]]))
      return Math.abs(model.parameters()[0]!.item() - before)
    }
    expect(await train({})).toBeGreaterThan(100)
    expect(await train({ clipNorm: 1 })).toBeCloseTo(0.01, 5)
    expect(await train({ clipValue: 0.5 })).toBeCloseTo(0.005, 5)
  })

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'no batch',
      () => classifier().fit(stripes(4), { batchSize: 0 }),
      'batchSize is an integer from 1, got 0',
    ],
    ['half an epoch', () => classifier().fit(stripes(4), { epochs: 0.5 }), 'epochs is an integer from 0'],
    ['all held back', () => classifier().fit(stripes(4), { validationSplit: 1 }), 'from 0 to below 1, got 1'],
    [
      'two kinds of validation',
      () => classifier().fit(stripes(4), { validationSplit: 0.5, validationData: stripes(4) }),
      'not both',
    ],
    ['to train without a loss', () => sequential([dense(1)]).fit([[1]], [1]), 'the model is not compiled'],
    ['classes in halves', () => classifier().fit([[1], [2]], [0, 0.5]), 'a class is a whole number, got 0.5'],
    ['images with targets', () => classifier().fit(stripes(4), [1, 2, 3, 0]), 'leave the targets out'],
    [
      'integers as inputs',
      () => classifier().fit(tensor(Int32Array.of(1, 2), [2, 1]), [0, 1]),
      'inputs are float32, got int32',
    ],
  ])('refuses %s', async (_, run, message) => {
    await expect(run()).rejects.toThrow(InvalidArgumentError)
    await expect(run()).rejects.toThrow(message)
  })

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'targets that are too few',
      () => classifier().fit([[1], [2]], [1]),
      '[2, 1] and targets of shape [1] do not',
    ],
    [
      'numbers that fill no input',
      () => classifier().build([16]).fit(new Float32Array(17), Int32Array.of(1)),
      '17 numbers are not a whole number of inputs of shape [16]',
    ],
    [
      'images of another size',
      () => classifier().build([15]).fit(stripes(4)),
      'the images have 4 x 4 pixels',
    ],
  ])('refuses %s', async (_, run, message) => {
    await expect(run()).rejects.toThrow(ShapeError)
    await expect(run()).rejects.toThrow(message)
  })

  it('refuses a second call while one runs, inputs without targets, and frees what it took', async () => {
    const backend = useBackend('js')
    const model = classifier()
    const first = model.fit(stripes(8))
    await expect(model.fit(stripes(8))).rejects.toThrow('being fitted already')
    await first
    const used = backend.arena.allocations
    // @ts-expect-error: images alone have labels of their own.
    await expect(model.fit(new Float32Array(32))).rejects.toThrow('expected targets beside the inputs')
    await expect(model.fit(new Float32Array(32), [1, 2, 3])).rejects.toThrow(ShapeError)
    expect(backend.arena.allocations).toBe(used)
  })
})

describe('a sequential model', () => {
  beforeEach(() => void useBackend('js'))

  it('names its layers by their kind, and begins the same with the same seed', () => {
    const make = (seed: number) =>
      sequential([dense(3, { activation: 'relu', inputShape: [2] }), dense(3), dense(1, { name: 'out' })], {
        seed,
      })
    expect(
      make(1)
        .parameters()
        .map(({ name }) => name),
    ).toEqual([...['dense.weight', 'dense.bias', 'dense1.weight', 'dense1.bias', 'out.weight', 'out.bias']])
    expect(stateOf(make(1).network)).toEqual(stateOf(make(1).network))
    expect(stateOf(make(1).network)).not.toEqual(stateOf(make(2).network))
  })

  it('takes modules among its layers', () => {
    const model = sequential([new Linear(3, 4), new Relu(), dense(2)])
    expect(model.built).toBe(true)
    expect(model.network.outputShape([5, 3])).toEqual([5, 2])
  })

  it.each<[string, () => unknown, string]>([
    ['no layers', () => sequential([]), 'at least one layer'],
    ['to be used unbuilt', () => sequential([dense(1)]).parameters(), 'the model is not built'],
    ['an unknown activation', () => dense(1, { activation: 'swish' as 'relu' }), 'expected relu, leakyRelu'],
    [
      'an unknown optimiser',
      () => sequential([dense(1)]).compile({ optimiser: 'adagrad' as 'adam', loss: 'huber' }),
      'unknown optimiser "adagrad"',
    ],
    [
      'an unknown loss',
      () => sequential([dense(1)]).compile({ optimiser: 'adam', loss: 'hinge' as 'huber' }),
      'unknown loss "hinge"',
    ],
    [
      'an unknown metric',
      () =>
        sequential([dense(1)]).compile({ optimiser: 'adam', loss: 'huber', metrics: ['f1' as 'accuracy'] }),
      'unknown metric "f1"',
    ],
  ])('refuses %s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })

  it('refuses another shape than it is built for', () => {
    expect(() => sequential([dense(1)], { inputShape: [2] }).build([3])).toThrow(ShapeError)
    expect(() => sequential([layers.conv2d(1, 3)], { inputShape: [4] })).toThrow('Conv2d')
    expect(relu(tensor([1])).item()).toBe(1)
  })
})
