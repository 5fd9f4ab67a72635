// Pruning and quantisation: which weights go, what stays at 0, what is replaced, and what it costs.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  Adam,
  availableBackends,
  Conv2d,
  createBackend,
  currentBackend,
  dense,
  Flatten,
  InvalidArgumentError,
  KeepPruned,
  Linear,
  layers,
  Module,
  pruneByMagnitude,
  QuantisedConv2d,
  QuantisedLinear,
  quantise,
  Relu,
  Sequential,
  sequential,
  type Tensor,
  useBackend,
  zeros,
} from '../../src/index.ts'
import { stateOf, stripes } from './problems.ts'

const trained = async () => {
  const model = sequential([dense(16, { activation: 'relu' }), dense(4, { activation: 'softmax' })], {
    seed: 1,
  }).compile({
    optimiser: parameters => new Adam(parameters, { learningRate: 0.02 }),
    loss: 'crossEntropy',
    metrics: ['accuracy'],
  })
  await model.fit(stripes(256), { epochs: 6 })
  return model
}

describe.each(availableBackends())('on %s', name => {
  beforeEach(() => void useBackend(createBackend(name)))

  it('pruning costs little, and pruned weights stay 0 in further training', async () => {
    const model = await trained()
    const test = stripes(100, 3)
    const evaluate = async () => (await model.evaluate(test)).accuracy!
    const { masks, pruned, weights, cost, shares } = await pruneByMagnitude(model.network, {
      fraction: 0.4,
      evaluate,
    })
    expect([weights, pruned]).toEqual([320, 128])
    expect(cost!.before).toBeGreaterThan(0.95)
    expect(cost!.after).toBe(await evaluate())
    expect(cost!.difference).toBeCloseTo(cost!.after - cost!.before, 12)
    expect(cost!.after).toBeGreaterThan(0.8)
    expect([...shares.keys()]).toEqual(['dense.weight', 'dense1.weight'])
    const zerosOf = () =>
      model.parameters().map(parameter => Array.from(parameter.toArray(), (w, i) => (w === 0 ? i : -1)))
    const before = zerosOf().map(places => places.filter(i => i >= 0))
    const dead = before.flat().length
    await model.fit(stripes(256), { epochs: 1, callbacks: [new KeepPruned(masks)] })
    const after = zerosOf().map(places => new Set(places))
    expect(before.every((places, p) => places.every(i => after[p]!.has(i)))).toBe(true)
    expect(dead).toBeGreaterThanOrEqual(128)
    await model.fit(stripes(256))
    expect(
      zerosOf()
        .flat()
        .filter(i => i >= 0).length,
    ).toBeLessThan(dead)
    masks.dispose()
  })

  it('8-bit weights cost little, take a quarter, and can be put back', async () => {
    const model = await trained()
    const test = stripes(100, 3)
    const before = stateOf(model.network)
    const evaluate = async () => (await model.evaluate(test)).accuracy!
    const report = await quantise(model.network, { evaluate })
    expect(report.layers).toEqual(['layers.0', 'layers.2'])
    expect(model.network.layers[0]).toBeInstanceOf(QuantisedLinear)
    expect(report.cost!.after).toBe(await evaluate())
    expect(Math.abs(report.cost!.difference)).toBeLessThan(0.05)
    expect(report.bytesBefore).toBe(4 * (16 * 16 + 16 + 16 * 4 + 4))
    expect(report.bytesAfter).toBe(16 * 16 + 16 * 4 + 4 * 2 * (16 + 4))
    expect(stateOf(model.network).get('layers.0.weight')).toBeInstanceOf(Uint8Array)
    report.restore()
    expect(stateOf(model.network)).toEqual(before)
    expect(await evaluate()).toBe(report.cost!.before)
  })
})

describe('pruning', () => {
  beforeEach(() => void useBackend('js'))

  it('takes exactly its share of the smallest, of each layer or of all', async () => {
    const weight = fc.integer({ min: -3, max: 3 })
    const layerOf = (weights: readonly number[]) => {
      const layer = new Linear(3, 4)
      layer.weight.write(weights)
      return layer
    }
    const twelve = fc.array(weight, { minLength: 12, maxLength: 12 })
    const fraction = fc.double({ min: 0, max: 0.99, noNaN: true })
    await fc.assert(
      fc.asyncProperty(twelve, twelve, fraction, fc.boolean(), async (a, b, share, layerwise) => {
        const network = new Sequential([layerOf(a), new Relu(), layerOf(b)])
        const over = layerwise ? 'layer' : 'all'
        const { masks } = await pruneByMagnitude(network, { fraction: share, over })
        const kept = [...masks.masks.values()].map(mask => [...mask.toArray()])
        const groups = layerwise
          ? [a, b].map((weights, i) => ({ weights, kept: kept[i]! }))
          : [{ weights: [...a, ...b], kept: kept.flat() }]
        for (const group of groups) {
          const gone = group.weights.filter((_, i) => group.kept[i] === 0).map(Math.abs)
          const stay = group.weights.filter((_, i) => group.kept[i] === 1).map(Math.abs)
          expect(gone).toHaveLength(Math.floor(share * group.weights.length))
          expect(Math.max(0, ...gone)).toBeLessThanOrEqual(Math.min(3, ...stay))
        }
        masks.dispose()
        network.dispose()
      }),
    )
  })

  it('leaves biases out unless they are chosen, and reports the shares', async () => {
    const layer = new Linear(2, 2)
    layer.weight.write([1, 2, 3, 4])
    layer.bias.write([0.1, 5])
    const { shares } = await pruneByMagnitude(layer, { fraction: 0.5, choose: () => true })
    expect(Object.fromEntries(shares)).toEqual({ weight: 0.5, bias: 0.5 })
    expect([...layer.weight.toArray(), ...layer.bias.toArray()]).toEqual([0, 0, 3, 4, 0, 5])
  })

  it('puts the weights back, and frees its masks, when it cannot be measured', async () => {
    const layer = new Linear(4, 4, { seed: 1 })
    const before = layer.weight.toArray()
    const { allocations } = currentBackend().arena
    let calls = 0
    const evaluate = async () => {
      if (++calls === 2) throw new RangeError('no data')
      return 1
    }
    await expect(pruneByMagnitude(layer, { fraction: 0.5, evaluate })).rejects.toThrow('no data')
    expect(layer.weight.toArray()).toEqual(before)
    expect(currentBackend().arena.allocations).toBe(allocations)
  })

  it.each<[string, () => Promise<unknown>, string]>([
    ['everything', () => pruneByMagnitude(new Linear(1, 1), { fraction: 1 }), 'from 0 to below 1, got 1'],
    ['nothing', () => pruneByMagnitude(new Relu(), { fraction: 0.5 }), 'no parameter takes part'],
    [
      'by something else',
      () => pruneByMagnitude(new Linear(1, 1), { fraction: 0.5, over: 'row' as 'all' }),
      'over is layer or all, got "row"',
    ],
  ])('refuses %s', async (_, run, message) => {
    await expect(run()).rejects.toThrow(InvalidArgumentError)
    await expect(run()).rejects.toThrow(message)
  })
})

describe('quantisation', () => {
  beforeEach(() => void useBackend('js'))

  it('reaches layers in fields, lists and maps', async () => {
    class Net extends Module {
      conv = new Conv2d(1, 2, 3)
      heads = new Map<string, Module>([['a', new Linear(8, 2)]])
      deep = [new Sequential([new Flatten()]), { inner: new Linear(2, 2) }] as const
      forward(x: Tensor): Tensor {
        return this.heads.get('a')!.forward(this.deep[0].forward(this.conv.forward(x)))
      }
    }
    const net = new Net()
    const { layers } = await quantise(net)
    expect(layers).toEqual(['conv', 'heads.a', 'deep.1.inner'])
    expect(net.conv).toBeInstanceOf(QuantisedConv2d)
    expect(net.parameters()).toEqual([])
    expect(net.forward(zeros([3, 1, 4, 4])).shape).toEqual([3, 2])
  })

  it('leaves layers of one’s own that extend the library’s', async () => {
    class Own extends Linear {
      override forward(x: Tensor): Tensor {
        return super.forward(super.forward(x))
      }
    }
    class Named extends Conv2d {
      readonly title = 'mine'
    }
    const patched = new Linear(2, 2)
    patched.forward = x => x
    const network = new Sequential([new Own(2, 2), new Named(1, 1, 1), patched, new Linear(2, 2)])
    expect((await quantise(network)).layers).toEqual(['layers.3'])
  })

  it('puts the network back when it cannot be measured', async () => {
    const network = new Sequential([new Linear(2, 2), new Relu(), new Linear(2, 2)])
    const { layers } = network
    const before = [...layers]
    const { allocations } = currentBackend().arena
    let calls = 0
    const evaluate = () => {
      if (++calls === 2) throw new RangeError('no data')
      return 1
    }
    await expect(quantise(network, { evaluate })).rejects.toThrow('no data')
    expect(layers).toEqual(before)
    expect(currentBackend().arena.allocations).toBe(allocations)
  })

  it('of a compiled model leaves it to be evaluated, saved and loaded, and not to be trained', async () => {
    const make = () =>
      sequential([dense(8, { activation: 'relu' }), dense(4)], { seed: 1, inputShape: [16] }).compile({
        optimiser: 'adam',
        loss: 'crossEntropy',
        metrics: ['accuracy'],
      })
    const [model, other, fitted] = [make(), make(), make()]
    await fitted.fit(stripes(64))
    for (const each of [model, other, fitted]) await quantise(each.network)
    expect((await model.evaluate(stripes(16))).accuracy).toBeGreaterThanOrEqual(0)
    expect((await model.predict(stripes(16))).shape).toEqual([16, 4])
    model.load(fitted.save())
    expect(stateOf(model.network)).toEqual(stateOf(fitted.network))
    expect(stateOf(other.load(model.save()).network)).toEqual(stateOf(fitted.network))
    await expect(model.fit(stripes(64))).rejects.toThrow('Sequential has no parameters to train')
    await expect(fitted.fit(stripes(64))).rejects.toThrow(
      'fit: the network no longer has 4 of the 4 parameters that its optimiser trains',
    )
  })

  it('of a part of a model lets it be compiled anew, to train the rest', async () => {
    const model = sequential([dense(8), layers.batchNorm(), dense(4)], { seed: 1, inputShape: [16] })
    const options = { optimiser: 'adam', loss: 'crossEntropy' } as const
    await model.compile(options).fit(stripes(64))
    const { restore } = await quantise(model.network)
    await expect(model.fit(stripes(64))).rejects.toThrow('no longer has 4 of the 6 parameters')
    expect(model.load(model.save()).epochs).toBe(1)
    await model.compile(options).fit(stripes(64))
    expect(model.optimiser.steps).toBe(2)
    restore()
    await model.compile(options).fit(stripes(64))
    expect(model.optimiser.parameters).toHaveLength(6)
  })

  it('refuses a network with nothing to replace', async () => {
    await expect(quantise(new Linear(1, 1))).rejects.toThrow(
      'Linear holds no Linear or Conv2d layer to replace',
    )
  })
})
