// Checkpoints: training goes on from them bit for bit, and files that are not whole or not fitting change nothing.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  Adam,
  AdamW,
  availableBackends,
  BatchNorm,
  createBackend,
  crossEntropy,
  currentBackend,
  Dropout,
  decodeSafetensors,
  dense,
  encodeCheckpoint,
  FileFormatError,
  InvalidArgumentError,
  LeakyRelu,
  Linear,
  layers,
  Module,
  type Optimiser,
  oneCycle,
  Parameter,
  RmsProp,
  relu,
  restoreCheckpoint,
  SaveCheckpoint,
  Scheduler,
  Sequential,
  Sgd,
  scope,
  sequential,
  type Tensor,
  tensor,
  useBackend,
  valueAndGradients,
} from '../../src/index.ts'
import { stateOf, stripeArrays, stripes } from './problems.ts'

/** Everything whose state a checkpoint has to hold. */
class Net extends Module {
  fc1 = new Linear(16, 8, { seed: 1 })
  norm = new BatchNorm(8)
  dropout = new Dropout(0.3, { seed: 2 })
  fc2 = new Linear(8, 4, { seed: 3 })

  forward(x: Tensor): Tensor {
    return this.fc2.forward(this.dropout.forward(relu(this.norm.forward(this.fc1.forward(x)))))
  }
}

type Make = (parameters: readonly Tensor[]) => Optimiser

function bench(make: Make) {
  const model = new Net()
  const optimiser = make(model.parameters())
  const scheduler = new Scheduler(optimiser, oneCycle(0.05, { steps: 20 }))
  return { model, optimiser, scheduler }
}

function train(
  { model, optimiser, scheduler }: ReturnType<typeof bench>,
  from: number,
  to: number,
): number[] {
  const { x, y } = stripeArrays(64)
  const losses: number[] = []
  for (let step = from; step < to; step++) {
    scope(() => {
      const start = (step % 8) * 8
      const inputs = tensor(x.slice(start * 16, (start + 8) * 16), [8, 16])
      const labels = tensor(Int32Array.from(y.subarray(start, start + 8)))
      const loss = () => crossEntropy(model.forward(inputs), labels)
      const { value, gradients } = valueAndGradients(loss, model.parameters())
      optimiser.step(gradients)
      scheduler.step()
      losses.push(value)
    })
  }
  return losses
}

const makers: readonly (readonly [string, Make])[] = [
  ['Sgd', x => new Sgd(x, { learningRate: 0.1, momentum: 0.9, nesterov: true })],
  ['RmsProp', x => new RmsProp(x, { centred: true, momentum: 0.5 })],
  ['Adam', x => new Adam(x)],
  ['AdamW', x => new AdamW(x)],
]

describe.each(availableBackends())('on %s', name => {
  beforeEach(() => void useBackend(createBackend(name)))

  it.each(makers)('a loop with %s goes on bit for bit', (_, make) => {
    const straight = bench(make)
    const losses = train(straight, 0, 20)
    const before = bench(make)
    train(before, 0, 9)
    const file = encodeCheckpoint(before, { epoch: 1, step: 9 })
    const after = bench(make)
    // What it had before must not matter.
    train(after, 3, 5)
    expect(restoreCheckpoint(file, after)).toEqual({ epoch: 1, step: 9 })
    expect(train(after, 9, 20)).toEqual(losses.slice(9))
    expect(stateOf(after.model)).toEqual(stateOf(straight.model))
    expect([after.optimiser.steps, after.scheduler.steps]).toEqual([20, 20])
    expect(encodeCheckpoint(after)).toEqual(encodeCheckpoint(straight))
  })

  it('a model that is fitted goes on bit for bit, from every batch', async () => {
    const make = () =>
      sequential([dense(8, { activation: 'tanh' }), layers.batchNorm(), layers.dropout(0.3), dense(4)], {
        seed: 1,
        inputShape: [16],
      }).compile({ optimiser: 'adam', loss: 'crossEntropy', metrics: ['accuracy'] })
    const files: Uint8Array[] = []
    const straight = make()
    const callbacks = [new SaveCheckpoint({ save: bytes => files.push(bytes), everyBatches: 1 })]
    const whole = await straight.fit(stripes(20), { epochs: 2, batchSize: 8, callbacks, seed: 5 })
    expect(files).toHaveLength(2 * (3 + 1))
    for (const file of files.slice(0, -1)) {
      const resumed = make().load(file)
      const epochs = 2 - resumed.epochs
      const history = await resumed.fit(stripes(20), { epochs, batchSize: 8, seed: 5 })
      expect(stateOf(resumed.network)).toEqual(stateOf(straight.network))
      expect(history.epochs).toEqual(whole.epochs.slice(-epochs))
      resumed.dispose()
    }
  })
})

describe('a checkpoint', () => {
  const adam: Make = parameters => new Adam(parameters)
  let parts: ReturnType<typeof bench>
  let file: Uint8Array<ArrayBuffer>
  beforeEach(() => {
    useBackend('js')
    parts = bench(adam)
    train(parts, 0, 2)
    file = encodeCheckpoint(parts)
  })

  /** Everything that a refused file must leave as it was. */
  const everything = () => [
    stateOf(parts.model),
    [...parts.optimiser.stateDictionary().tensors.values()].map(x => x.toArray()),
    parts.optimiser.steps,
    parts.optimiser.learningRate,
    parts.scheduler.steps,
    parts.model.dropout.random.position,
  ]

  it('is a safetensors file that others read', () => {
    const { tensors, metadata } = decodeSafetensors(file)
    expect(tensors.get('model.fc1.weight')!.shape).toEqual([16, 8])
    expect(tensors.get('model.norm.runningMean')!.data).toEqual(parts.model.norm.runningMean.toArray())
    expect(tensors.get('optimiser.fc2.bias.secondMoment')!.shape).toEqual([4])
    expect(JSON.parse(metadata.optimiser!)).toMatchObject({ algorithm: 'Adam', steps: 2 })
    expect(JSON.parse(metadata.topology!)[3]).toEqual(['dropout', 'Dropout', { probability: 0.3 }])
  })

  it('gives the weights alone to who asks for no more', () => {
    const other = new Net()
    restoreCheckpoint(file, { model: other })
    expect(stateOf(other)).toEqual(stateOf(parts.model))
  })

  it('that lost or changed a byte is refused, and nothing is written', () => {
    const before = everything()
    const { bytesInUse } = currentBackend().arena
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        expect(() => restoreCheckpoint(file.subarray(0, at), parts)).toThrow(FileFormatError)
        const altered = file.slice()
        altered[at]! ^= change
        expect(() => restoreCheckpoint(altered, parts)).toThrow(FileFormatError)
      }),
      { numRuns: 60 },
    )
    expect(everything()).toEqual(before)
    expect(currentBackend().arena.bytesInUse).toBe(bytesInUse)
  })

  it('that is longer than it says is refused by its header alone', () => {
    // Never touched beyond its length: the memory of a hole in the address space.
    const huge = new Uint8Array(new ArrayBuffer(2 ** 26))
    huge.set(file)
    expect(() => restoreCheckpoint(huge, parts, 'big.safetensors')).toThrow(
      /^big.safetensors: expected \d+ bytes of data, found 6710\d{4}$/,
    )
  })

  it('is read from anywhere in a buffer, shared ones too', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(file.length + 3), 3)
    shared.set(file)
    const other = bench(adam)
    restoreCheckpoint(shared, other)
    expect(stateOf(other.model)).toEqual(stateOf(parts.model))
  })

  it.each<[string, () => unknown, string]>([
    [
      'another network',
      () => restoreCheckpoint(file, { model: new Linear(16, 8) }),
      'is of another topology',
    ],
    [
      'another layer of no parameters',
      () => restoreCheckpoint(encode(new LeakyRelu(0.1)), { model: wrap(new LeakyRelu(0.2)) }),
      'expected module 2 to be ["layers.1","LeakyRelu",{"slope":0.2}], found ["layers.1","LeakyRelu",{"slope":0.1}]',
    ],
    [
      'another width',
      () => restoreCheckpoint(encodeCheckpoint({ model: new Linear(3, 2) }), { model: new Linear(2, 3) }),
      'expected module 0 to be ["","Linear",{"inputs":2,"outputs":3}], found ["","Linear",{"inputs":3,"outputs":2}]',
    ],
    [
      'another shape in a module that does not say it',
      () => restoreCheckpoint(encodeCheckpoint({ model: new Own([3, 2]) }), { model: new Own([2, 3]) }),
      '"model.weight" is F32 [2, 3], found F32 [3, 2]',
    ],
    [
      'another optimiser',
      () =>
        restoreCheckpoint(
          file,
          bench(x => new RmsProp(x)),
        ),
      'missing [optimiser.fc1.weight.meanSquare',
    ],
    [
      'another algorithm of the same state',
      () =>
        restoreCheckpoint(
          file,
          bench(x => new AdamW(x)),
        ),
      'AdamW: loadState: got the state of "Adam"',
    ],
    [
      'another decay',
      () =>
        restoreCheckpoint(
          file,
          bench(x => new Adam(x, { beta2: 0.99 })),
        ),
      'Adam: loadState: beta2 is 0.99, the state is of one with 0.999',
    ],
    [
      'a file without an optimiser',
      () => restoreCheckpoint(encodeCheckpoint({ model: parts.model }), parts),
      'missing [optimiser.fc1.weight.firstMoment',
    ],
    [
      'a file without a scheduler',
      () => restoreCheckpoint(encodeCheckpoint({ model: parts.model, optimiser: parts.optimiser }), parts),
      'it was saved without "scheduler"',
    ],
  ])('of %s is refused, and nothing is written', (_, run, message) => {
    const before = everything()
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
    expect(everything()).toEqual(before)
  })

  it('of anything else is refused', () => {
    expect(() => restoreCheckpoint(new Uint8Array(0), parts)).toThrow('is not a checkpoint of spikegrad')
    expect(() => restoreCheckpoint(crypto.getRandomValues(new Uint8Array(999)), parts)).toThrow(
      FileFormatError,
    )
  })
})

class Own extends Module {
  weight: Parameter
  constructor(shape: readonly number[]) {
    super()
    this.weight = new Parameter(shape)
  }
  forward(x: Tensor): Tensor {
    return x
  }
}

const wrap = (layer: Module) => new Sequential([new Linear(1, 1), layer])
const encode = (layer: Module) => encodeCheckpoint({ model: wrap(layer) })
