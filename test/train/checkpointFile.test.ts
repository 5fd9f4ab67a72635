// Checkpoints as files: large ones, names in them, and files whose checksum is right and whose content is not.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  Adam,
  AdamW,
  BatchNorm,
  type Callback,
  Dropout,
  decodeSafetensors,
  dense,
  encodeCheckpoint,
  encodeSafetensors,
  FileFormatError,
  InvalidArgumentError,
  Linear,
  Module,
  restoreCheckpoint,
  Scheduler,
  Sequential,
  Sgd,
  SpikegradError,
  sequential,
  stepDecay,
  type Tensor,
  useBackend,
  zeros,
} from '../../src/index.ts'
import { forged, stateOf, stripes } from './problems.ts'

beforeEach(() => void useBackend('js'))

describe('a large checkpoint', () => {
  const make = () => {
    const model = new Linear(784, 512, { seed: 1 })
    return { model, optimiser: new Adam(model.parameters()) }
  }

  it('with the state of an optimiser gives the weights alone', () => {
    const { model, optimiser } = make()
    optimiser.step(model.parameters().map(({ shape }) => zeros(shape)))
    const file = encodeCheckpoint({ model, optimiser })
    expect(file.length).toBeGreaterThan(3 * 4 * 784 * 512)
    const other = new Linear(784, 512, { seed: 2 })
    restoreCheckpoint(file, { model: other })
    expect(stateOf(other)).toEqual(stateOf(model))
  })

  it('may hold megabytes of the caller’s own', () => {
    const model = new Linear(2, 2)
    const training = { losses: Array.from({ length: 300_000 }, (_, i) => i / 7) }
    const file = encodeCheckpoint({ model }, training)
    expect(file.length).toBeGreaterThan(4 * 2 ** 20)
    expect(restoreCheckpoint(file, { model })).toEqual(training)
  })
})

describe('what cannot be read back', () => {
  const circle: Record<string, unknown> = {}
  circle.self = circle
  it.each<[string, unknown]>([
    ['a number that is none', Number.NaN],
    ['a function', () => 1],
    ['a circle', circle],
    ['a bigint', { steps: 1n }],
  ])('%s, is not written', (_, training) => {
    const encode = () => encodeCheckpoint({ model: new Linear(1, 1) }, training)
    expect(encode).toThrow(InvalidArgumentError)
    expect(encode).toThrow('expected training to be plain data')
  })

  it('metadata beyond what the format allows, is not written', () => {
    const metadata = { a: 'x'.repeat(1e8) }
    expect(() => encodeSafetensors([], metadata)).toThrow('a safetensors header has at most 100000000 bytes')
  })
})

describe('the names in a checkpoint', () => {
  class Outer extends Module {
    readonly inner: Module
    constructor(inner: Module) {
      super()
      this.inner = inner
    }
    forward(x: Tensor): Tensor {
      return this.inner.forward(x)
    }
  }
  const make = () => {
    const model = new Sequential([new Linear(2, 2), new Linear(2, 2)])
    return { model, optimiser: new Adam(model.parameters()) }
  }

  it('are those that the model gives, whoever else has held its layers', () => {
    const [held, plain] = [make(), make()]
    new Outer(new Outer(held.model)).parameters()
    const names = (file: Uint8Array) => [...decodeSafetensors(file).tensors.keys()]
    const file = encodeCheckpoint(held)
    expect(names(file)).toEqual(names(encodeCheckpoint(plain)))
    expect(names(file)).toContain('optimiser.layers.1.bias.secondMoment')
    restoreCheckpoint(file, plain)
    expect(stateOf(plain.model)).toEqual(stateOf(held.model))
    restoreCheckpoint(encodeCheckpoint(plain), held)
  })

  it('of parameters outside the model are their own', () => {
    const [model, head] = [new Linear(1, 1), new Linear(1, 1, { name: 'head' })]
    const optimiser = new Adam([...model.parameters(), ...head.parameters()])
    const names = [...decodeSafetensors(encodeCheckpoint({ model, optimiser })).tensors.keys()]
    expect(names).toContain('optimiser.head.weight.firstMoment')
    expect(names).toContain('optimiser.weight.firstMoment')
  })
})

describe('a file with a right checksum', () => {
  const make = () => {
    const model = new Sequential([new Linear(2, 2), new BatchNorm(2), new Dropout(0.5, { seed: 1 })])
    const optimiser = new Sgd(model.parameters(), { learningRate: 1 })
    return { model, optimiser, scheduler: new Scheduler(optimiser, stepDecay(1, { every: 2 })) }
  }

  it.each<[string, string]>([
    ['topology', '{'],
    ['topology', 'null'],
    ['topology', '3'],
    ['topology', '[1]'],
    ['topology', '[["",1,{}]]'],
    ['topology', '[["","Sequential",null]]'],
    ['topology', '[]'],
    ['random', '[]'],
    ['random', '{"layers.2.random":{"seed":0.5,"stream":"a","draws":0}}'],
    ['optimiser', '"Sgd"'],
    ['optimiser', '{"algorithm":"Sgd","steps":"3","learningRate":1}'],
    ['optimiser', '{"algorithm":"Sgd","steps":3,"learningRate":1,"configuration":null}'],
    ['scheduler', '{}'],
    ['training', '{"epoch":'],
    ['format', 'spikegrad checkpoint 1'],
  ])('and a broken %s, %s, is refused by a typed error, and changes nothing', (key, text) => {
    const parts = make()
    const before = stateOf(parts.model)
    const file = forged(encodeCheckpoint(make(), { epoch: 1 }), metadata => ({ ...metadata, [key]: text }))
    expect(() => restoreCheckpoint(file, parts)).toThrow(SpikegradError)
    expect(stateOf(parts.model)).toEqual(before)
  })

  it('and no topology is refused', () => {
    const file = forged(encodeCheckpoint(make()), ({ topology: _, ...rest }) => rest)
    expect(() => restoreCheckpoint(file, make())).toThrow('it was saved without "topology"')
  })
})

describe('the position of training in a checkpoint', () => {
  const make = (metrics: object = {}) =>
    sequential([dense(4)], { seed: 1, inputShape: [16] }).compile({
      optimiser: parameters => new AdamW(parameters),
      loss: 'crossEntropy',
      metrics: { ...metrics },
    })
  const stop: Callback = { onBatchEnd: training => training.stop() }

  it.each<[string, (position: Record<string, object>) => object]>([
    ['a seed in halves', ({ order, ...rest }) => ({ ...rest, order: { ...order, seed: 0.5 } })],
    ['a seed of text', ({ order, ...rest }) => ({ ...rest, order: { ...order, seed: '1' } })],
    ['batches of none', ({ order, ...rest }) => ({ ...rest, order: { ...order, batchSize: 0 } })],
    ['sums of text', ({ means, ...rest }) => ({ ...rest, means: { ...means, sums: { loss: 'much' } } })],
    ['sums that are none', ({ means, ...rest }) => ({ ...rest, means: { ...means, sums: null } })],
    ['no epoch', ({ epoch: _, ...rest }) => rest],
  ])('is refused with %s', async (_, spoil) => {
    const model = make()
    await model.fit(stripes(16), { batchSize: 4, callbacks: [stop] })
    const file = forged(model.save(), metadata => ({
      ...metadata,
      training: JSON.stringify(spoil(JSON.parse(metadata.training!))),
    }))
    expect(() => model.load(file)).toThrow(FileFormatError)
    expect(() => model.load(file)).toThrow('expected the position of training')
    expect(model.optimiser.steps).toBe(1)
  })

  it('holds means that are infinite or not a number', async () => {
    const metrics = { ratio: () => Number.NaN, odds: () => Number.NEGATIVE_INFINITY }
    const [whole, stopped] = [make(metrics), make(metrics)]
    const straight = await whole.fit(stripes(16), { batchSize: 4 })
    await stopped.fit(stripes(16), { batchSize: 4, callbacks: [stop] })
    const history = await make(metrics).load(stopped.save()).fit(stripes(16), { batchSize: 4 })
    expect(history.epochs).toEqual(straight.epochs)
    expect(history.series('ratio')).toEqual([Number.NaN])
  })
})
