// Networks made anew from a checkpoint: every built-in layer, and what is refused.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  AveragePool2d,
  availableBackends,
  BatchNorm,
  Conv2d,
  createBackend,
  currentBackend,
  Dropout,
  encodeCheckpoint,
  FileFormatError,
  Flatten,
  Gelu,
  InvalidArgumentError,
  LayerNorm,
  LeakyRelu,
  Linear,
  MaxPool2d,
  Model,
  type Module,
  quantise,
  Relu,
  restoreModule,
  Sequential,
  Sigmoid,
  Softmax,
  Tanh,
  type Tensor,
  tensor,
  useBackend,
} from '../../src/index.ts'
import { forged, stateOf } from './problems.ts'

const everything = () =>
  new Sequential([
    new Conv2d(1, 4, [3, 2], { padding: 'same', bias: false, name: 'filters' }),
    new BatchNorm(4, { momentum: 0.2 }),
    new Sequential([new LeakyRelu(0.2), new MaxPool2d(2, { stride: [1, 2] }), new Gelu()]),
    new Conv2d(4, 2, 2, { stride: 2, dilation: [1, 2] }),
    new AveragePool2d(2, { stride: 1, padding: 1 }),
    new Flatten(),
    new LayerNorm([16], { epsilon: 1e-3, name: 'norm' }),
    new Dropout(0.25, { seed: 3 }),
    new Linear(16, 5, { name: 'hidden' }),
    new Tanh(),
    new Relu(),
    new Sigmoid(),
    new Linear(5, 3),
    new Softmax(),
  ])

const images = () =>
  tensor(
    Float32Array.from({ length: 2 * 8 * 9 }, (_, i) => Math.sin(i)),
    [2, 1, 8, 9],
  )

describe.each(availableBackends())('on %s', name => {
  beforeEach(() => void useBackend(createBackend(name)))

  it('a network of all built-in layers is made anew, and goes on as it would have', () => {
    const model = everything()
    model.forward(images())
    const again = restoreModule(encodeCheckpoint({ model }))
    expect(stateOf(again)).toEqual(stateOf(model))
    expect(again.forward(images()).toArray()).toEqual(model.forward(images()).toArray())
    expect(again.evaluate().forward(images()).toArray()).toEqual(model.evaluate().forward(images()).toArray())
  })

  it('a quantised network is made anew', async () => {
    const model = everything()
    await quantise(model)
    model.evaluate()
    const again = restoreModule(encodeCheckpoint({ model })).evaluate()
    expect(again.forward(images()).toArray()).toEqual(model.forward(images()).toArray())
  })
})

describe('a network made anew', () => {
  beforeEach(() => void useBackend('js'))

  it('is trained on', async () => {
    const compile = (network: Module) => new Model(network).compile({ optimiser: 'adam', loss: 'huber' })
    const train = (model: Model, epochs: number) =>
      model.fit(tensor([[1], [2], [3]]), [2, 4, 6], { epochs, batchSize: 2 })
    const [whole, first] = [compile(new Linear(1, 1, { seed: 1 })), compile(new Linear(1, 1, { seed: 1 }))]
    await train(whole, 4)
    await train(first, 2)
    const file = first.save()
    const second = compile(restoreModule(file)).load(file)
    await train(second, 2)
    expect(stateOf(second.network)).toEqual(stateOf(whole.network))
  })

  it('does not change what layers made later begin with', () => {
    const file = encodeCheckpoint({ model: everything() })
    const backend = useBackend('js')
    restoreModule(file).dispose()
    expect(backend.arena.allocations).toBe(0)
  })

  class Own extends Linear {
    override forward(x: Tensor): Tensor {
      return super.forward(super.forward(x))
    }
  }

  it('is refused when it has modules that are not built in', () => {
    const file = encodeCheckpoint({ model: new Sequential([new Linear(2, 2), new Own(2, 2)]) })
    const { allocations } = currentBackend().arena
    expect(() => restoreModule(file, 'a')).toThrow(InvalidArgumentError)
    expect(() => restoreModule(file, 'a')).toThrow('a: module "layers.1" is Own, which is not built in')
    expect(currentBackend().arena.allocations).toBe(allocations)
  })

  it('is refused when it has a layer at two places', () => {
    const layer = new Linear(2, 2)
    const file = encodeCheckpoint({ model: new Sequential([layer, new Relu(), layer]) })
    expect(() => restoreModule(file)).toThrow('expected 3 layers at "layers", found 2')
  })

  it.each<[string, object]>([
    ['more weights than the file has bytes', { inputs: 1e6, outputs: 1e6 }],
    ['a negative size', { inputs: -1e9, outputs: 2 }],
    ['a size that is none', { inputs: 'two', outputs: 2 }],
    ['no size', {}],
  ])('is refused when the file says %s', (_, configuration) => {
    const topology = JSON.stringify([['', 'Linear', configuration]])
    const file = forged(encodeCheckpoint({ model: new Linear(2, 2) }), rest => ({ ...rest, topology }))
    const { allocations } = currentBackend().arena
    expect(() => restoreModule(file)).toThrow(FileFormatError)
    expect(currentBackend().arena.allocations).toBe(allocations)
  })
})
