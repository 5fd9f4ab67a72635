// Ten thousand training steps: what the first few took is all that is ever taken.
import { describe, expect, it } from 'vitest'
import { availableBackends } from '../../src/backend/select.ts'
import {
  Adam,
  AdamW,
  type Backend,
  crossEntropy,
  Linear,
  type Optimiser,
  type Parameter,
  RandomStream,
  Relu,
  RmsProp,
  Sequential,
  Sgd,
  scope,
  tensor,
  useBackend,
  valueAndGradients,
} from '../../src/index.ts'

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

describe.each(availableBackends().filter(name => name !== 'js'))('on %s', name => {
  it.each(optimisers)(`${STEPS} steps of %s leave the arena as it was`, (_, create) => {
    const backend = useBackend(name)
    const random = new RandomStream(1, 'inputs')
    const x = tensor(
      Float32Array.from({ length: 8 * 20 }, () => random.uniform()),
      [8, 20],
    )
    const labels = tensor(Int32Array.from({ length: 8 }, (_, i) => i % 4))
    const model = new Sequential([new Linear(20, 16), new Relu(), new Linear(16, 4)])
    const parameters = model.parameters()
    const optimiser = create(parameters)
    let [first, last] = [0, 0]
    let before: ReturnType<typeof taken> | undefined
    for (let step = 0; step < STEPS; step++) {
      if (step === WARM_UP) before = taken(backend)
      scope(() => {
        const { value, gradients } = valueAndGradients(
          () => crossEntropy(model.forward(x), labels),
          parameters,
        )
        optimiser.step(gradients)
        if (step === 0) first = value
        last = value
      })
    }
    expect(taken(backend)).toEqual(before)
    expect(last).toBeLessThan(first / 2)
  })
})
