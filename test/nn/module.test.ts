// Modules: what the walk over fields finds, modes, names, seeds, and the table of a network.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  availableBackends,
  BatchNorm,
  Conv2d,
  createBackend,
  Dropout,
  Flatten,
  InvalidArgumentError,
  Linear,
  MaxPool2d,
  Module,
  ModuleBuffer,
  manualSeed,
  matmul,
  ones,
  Parameter,
  RandomState,
  Relu,
  relu,
  Sequential,
  ShapeError,
  scope,
  sum,
  summarise,
  type Tensor,
  tensor,
  useBackend,
  valueAndGradients,
  zeros,
} from '../../src/index.ts'

beforeEach(() => {
  useBackend('js')
  manualSeed(0)
})

class Net extends Module {
  fc1 = new Linear(6, 5)
  fc2 = new Linear(5, 4)
  fc3 = new Linear(4, 2)

  forward(x: Tensor): Tensor {
    return this.fc3.forward(relu(this.fc2.forward(relu(this.fc1.forward(x)))))
  }
}

/** One of everything that can hold state. */
class Everything extends Module {
  scale = new Parameter(ones([2]))
  seen = new ModuleBuffer([1], 'int32')
  noise = new RandomState(1, 'noise')
  blocks = [new Linear(2, 2), new Sequential([new Relu(), new Linear(2, 2)])]
  heads = new Map([['left', new Linear(2, 1)]])
  options = { inner: new Linear(2, 3), depth: 3, nothing: null, list: [1, 2, 3] }
  notState = zeros([3])
  readonly #hidden = new Linear(2, 2)

  forward(x: Tensor): Tensor {
    return this.#hidden.forward(x)
  }
}

const namesOf = (module: Module) => module.parameters().map(({ name }) => name)

describe('the walk over fields', () => {
  it('names parameters by their path', () => {
    expect(namesOf(new Net())).toEqual([
      'fc1.weight',
      'fc1.bias',
      'fc2.weight',
      'fc2.bias',
      'fc3.weight',
      'fc3.bias',
    ])
  })

  it('goes through lists, maps and plain objects, and takes nothing but state', () => {
    const module = new Everything()
    expect([...module.stateDictionary().keys()]).toEqual([
      'scale',
      'seen',
      'blocks.0.weight',
      'blocks.0.bias',
      'blocks.1.layers.1.weight',
      'blocks.1.layers.1.bias',
      'heads.left.weight',
      'heads.left.bias',
      'options.inner.weight',
      'options.inner.bias',
    ])
    expect(module.buffers().map(({ name }) => name)).toEqual(['seen'])
    expect([...module.randomStates().keys()]).toEqual(['noise'])
    expect([...module.modules().keys()]).toEqual([
      '',
      'blocks.0',
      'blocks.1',
      'blocks.1.layers.0',
      'blocks.1.layers.1',
      'heads.left',
      'options.inner',
    ])
  })

  it('is made when asked for: a field set later counts', () => {
    const net = new Net()
    expect(net.parameters()).toHaveLength(6)
    net.fc3 = new Linear(4, 3)
    expect(net.parameters()[4]).toBe(net.fc3.weight)
    expect(net.forward(zeros([1, 6])).shape).toEqual([1, 3])
  })

  it('counts what is held twice once, and ends in a circle', () => {
    class Tied extends Net {
      again = this.fc1
      self: Module = this
    }
    const net = new Tied()
    expect(net.parameters()).toHaveLength(6)
    expect(namesOf(net)[0]).toBe('fc1.weight')
  })

  it('keeps given names and the longest path', () => {
    const layer = new Linear(2, 2)
    expect(namesOf(layer)).toEqual(['weight', 'bias'])
    expect(namesOf(new Sequential([layer]))).toEqual(['layers.0.weight', 'layers.0.bias'])
    expect(namesOf(layer)).toEqual(['layers.0.weight', 'layers.0.bias'])
    expect([...layer.stateDictionary().keys()]).toEqual(['weight', 'bias'])
    const named = new Sequential([new Linear(2, 2, { name: 'first' })])
    expect(namesOf(named)).toEqual(['first.weight', 'first.bias'])
  })

  it('refuses two parameters of one name', () => {
    class Twice extends Module {
      a = new Linear(1, 1, { name: 'same' })
      b = new Linear(1, 1, { name: 'same' })
      forward = (x: Tensor) => x
    }
    expect(() => new Twice().parameters()).toThrow('Twice: two parameters are named "same.weight"')
  })
})

describe('a module', () => {
  it('learns through parameters of its own', () => {
    class Quadratic extends Module {
      weight = new Parameter(tensor([[2], [1]]))
      forward(x: Tensor): Tensor {
        return matmul(x, this.weight)
      }
    }
    const module = new Quadratic()
    const x = tensor([[3, 4]])
    const { gradients } = valueAndGradients(() => sum(module.forward(x)), module.parameters())
    expect([...gradients[0]!.toArray()]).toEqual([3, 4])
  })

  it('switches modes within', () => {
    class Deep extends Module {
      inner = [new Dropout(0.5), new Sequential([new BatchNorm(2)])]
      forward = (x: Tensor) => x
    }
    const module = new Deep()
    const modes = () => [...module.modules().values()].map(({ training }) => training)
    expect(new Set(modes())).toEqual(new Set([true]))
    module.evaluate()
    expect(new Set(modes())).toEqual(new Set([false]))
    module.train()
    expect(new Set(modes())).toEqual(new Set([true]))
  })

  it('frees parameters and buffers, and nothing more', () => {
    const backend = useBackend('js')
    const module = scope(() => new Sequential([new Linear(2, 2), new BatchNorm(2)]))
    expect(backend.arena.allocations).toBe(6)
    module.dispose()
    expect(backend.arena.allocations).toBe(0)
  })

  it('takes state of buffers too, and refuses what does not fit them', () => {
    const module = new Everything()
    const state = new Map(
      [...module.stateDictionary()].map(([name, { shape, size }]) => [
        name,
        { shape, data: Array.from({ length: size }, () => 7) },
      ]),
    )
    module.loadState(state)
    expect(module.seen.item()).toBe(7)
    state.set('seen', { shape: [1], data: [0.5] })
    state.set('scale', { shape: [2], data: [1, 1] })
    expect(() => module.loadState(state)).toThrow('"seen" holds int32, got 0.5 at position 0')
    expect([...module.scale.toArray()]).toEqual([7, 7])
  })
})

describe('what a layer is', () => {
  it('is said with its sizes', () => {
    const conv = new Conv2d(1, 8, [3, 2], { padding: 'same', bias: false, name: 'filters' })
    expect([conv.kind, conv.configuration]).toEqual([
      'Conv2d',
      {
        ...{ channels: 1, filters: 8, size: [3, 2], bias: false },
        ...{ stride: 1, padding: 'same', dilation: 1, name: 'filters' },
      },
    ])
    expect(new Linear(4, 3).configuration).toEqual({ inputs: 4, outputs: 3 })
    expect(new BatchNorm(3).configuration).toEqual({ channels: 3, epsilon: 1e-5, momentum: 0.1 })
  })

  it('of a class of one’s own is that class', () => {
    class Own extends Linear {}
    class Told extends Relu {
      override get kind() {
        return 'Mine'
      }
    }
    expect([new Own(1, 1).kind, new Told().kind, new Relu().kind]).toEqual(['Own', 'Mine', 'Relu'])
  })
})

describe('seeds', () => {
  const weights = () => new Net().parameters().flatMap(parameter => [...parameter.toArray()])

  it('make the same program give the same weights, on every backend', () => {
    const first = weights()
    expect(weights()).not.toEqual(first)
    for (const name of availableBackends()) {
      useBackend(createBackend(name))
      manualSeed(0)
      expect(weights()).toEqual(first)
    }
    manualSeed(1)
    expect(weights()).not.toEqual(first)
    expect(() => manualSeed(-1)).toThrow(InvalidArgumentError)
  })

  it('of a layer fix it, whatever was made before', () => {
    const make = () => [...new Linear(3, 3, { seed: 5 }).weight.toArray()]
    const first = make()
    new Linear(2, 2)
    expect(make()).toEqual(first)
    const layers = [new Linear(3, 3), new Linear(3, 3)]
    expect(layers[0]!.weight.toArray()).not.toEqual(layers[1]!.weight.toArray())
  })
})

describe('the summary', () => {
  it('lists the layers of a network of fields in the order of their use', () => {
    class Backwards extends Module {
      last = new Linear(3, 2)
      first = new Linear(4, 3)
      forward(x: Tensor): Tensor {
        return this.last.forward(relu(this.first.forward(x)))
      }
    }
    expect(summarise(new Backwards(), [4]).split('\n')).toEqual([
      'layer          output shape  parameters',
      '---------------------------------------',
      'first: Linear  [n, 3]                15',
      'last: Linear   [n, 2]                 8',
      '---------------------------------------',
      'total                                23',
    ])
  })

  it('goes through convolutions, and leaves modes, statistics and layers as they were', () => {
    const norm = new BatchNorm(8)
    const net = new Sequential([
      new Conv2d(1, 8, 3, { padding: 'same' }),
      norm,
      new MaxPool2d(2),
      new Flatten(),
      new Linear(8 * 14 * 14, 10),
    ])
    const text = net.summary([1, 28, 28])
    expect(text).toContain('[n, 8, 14, 14]')
    expect(text).toMatch(/total +15,786$/)
    expect(norm.training).toBe(true)
    expect([...norm.runningMean.toArray()]).toEqual(new Array(8).fill(0))
    expect(Object.hasOwn(norm, 'forward')).toBe(false)
    expect(() => net.summary()).toThrow('how many features')
    expect(() => net.summary([2, 28, 28])).toThrow(ShapeError)
    expect(Object.hasOwn(norm, 'forward')).toBe(false)
  })
})
