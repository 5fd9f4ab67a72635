// Thousands of training steps, ten thousand of a plain network: what the first few took is all that is ever taken.
import { describe, expect, it } from 'vitest'
import { availableBackends } from '../../src/backend/select.ts'
import {
  Adam,
  AdamW,
  AveragePool2d,
  type Backend,
  type BackendName,
  BatchNorm,
  Conv2d,
  type CrossEntropyOptions,
  crossEntropy,
  Dropout,
  Flatten,
  Gelu,
  LayerNorm,
  LeakyRelu,
  Linear,
  MaxPool2d,
  type Module,
  type Optimiser,
  oneHot,
  type Parameter,
  RandomStream,
  Relu,
  RmsProp,
  Sequential,
  Sgd,
  scope,
  Tanh,
  tensor,
  useBackend,
  valueAndGradients,
} from '../../src/index.ts'
import { sizeOf } from '../../src/shape.ts'

const STEPS = 10_000
const WARM_UP = 10

const optimisers: readonly [string, (parameters: readonly Parameter[]) => Optimiser][] = [
  ['momentum', parameters => new Sgd(parameters, { learningRate: 1e-3, momentum: 0.9 })],
  ['Adam', parameters => new Adam(parameters)],
  ['AdamW', parameters => new AdamW(parameters)],
  ['RMSprop', parameters => new RmsProp(parameters)],
]

/** What a backend has handed out, and how large its memory is. */
const taken = ({ arena, memory }: Backend) => ({
  allocations: arena.allocations,
  bytes: arena.bytesInUse,
  memory: memory.byteLength,
})

/** A network, its input, and how often it is trained. */
interface Course {
  readonly label: string
  readonly steps: number
  readonly shape: readonly number[]
  readonly options?: CrossEntropyOptions
  /** Shares of the classes in place of labels. */
  readonly soft?: boolean
  readonly create: () => Module
}

const others: readonly Course[] = [
  {
    label: 'a network of convolutions, poolings, normalisation and dropout',
    steps: 400,
    shape: [8, 2, 8, 8],
    create: () =>
      new Sequential([
        new Conv2d(2, 4, 3, { padding: 'same' }),
        new BatchNorm(4),
        new Relu(),
        new MaxPool2d(2),
        new Conv2d(4, 4, 3),
        new Gelu(),
        new AveragePool2d(2),
        new Flatten(),
        new Dropout(0.2, { seed: 3 }),
        new LayerNorm(4),
        new Linear(4, 4),
      ]),
  },
  {
    label: 'soft labels',
    steps: 2000,
    shape: [8, 20],
    soft: true,
    create: () => new Sequential([new Linear(20, 16), new Tanh(), new Linear(16, 4)]),
  },
  {
    label: 'smoothed labels',
    steps: 2000,
    shape: [8, 20],
    options: { labelSmoothing: 0.1 },
    create: () => new Sequential([new Linear(20, 16), new LeakyRelu(), new Linear(16, 4)]),
  },
]

/** Trains, and expects that what the first steps took is all that is taken, and that the loss falls. */
function expectSteady(name: BackendName, course: Course, create: (typeof optimisers)[number][1]): void {
  const backend = useBackend(name)
  const random = new RandomStream(1, 'inputs')
  const inputs = Float32Array.from({ length: sizeOf(course.shape) }, () => random.uniform())
  const x = tensor(inputs, course.shape)
  const labels = tensor(Int32Array.from({ length: 8 }, (_, i) => i % 4))
  const targets = course.soft ? oneHot(labels, 4) : labels
  const model = course.create()
  const parameters = model.parameters()
  const optimiser = create(parameters)
  let [first, last] = [0, 0]
  let before: ReturnType<typeof taken> | undefined
  for (let step = 0; step < course.steps; step++) {
    if (step === WARM_UP) before = taken(backend)
    scope(() => {
      const { value, gradients } = valueAndGradients(
        () => crossEntropy(model.forward(x), targets, course.options),
        parameters,
      )
      optimiser.step(gradients)
      if (step === 0) first = value
      last = value
    })
  }
  expect(taken(backend)).toEqual(before)
  expect(last).toBeLessThan(first * 0.75)
}

describe.each(availableBackends().filter(name => name !== 'js'))('on %s', name => {
  it.each(optimisers)(`${STEPS} steps of %s leave the arena as it was`, (_, create) => {
    const plain = () => new Sequential([new Linear(20, 16), new Relu(), new Linear(16, 4)])
    expectSteady(name, { label: 'plain', steps: STEPS, shape: [8, 20], create: plain }, create)
  })

  it.each(others)('training with $label does too', course => {
    expectSteady(name, course, parameters => new Adam(parameters, { learningRate: 0.01 }))
  })
})
