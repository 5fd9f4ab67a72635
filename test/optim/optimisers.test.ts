// Optimisers against their formulas in float64, their state in and out, and gradients that are not finite.
import { beforeEach, describe, expect, it } from 'vitest'
import {
  Adam,
  AdamW,
  availableBackends,
  createBackend,
  GradientDescent,
  InvalidArgumentError,
  NonFiniteError,
  type Optimiser,
  type OptimiserState,
  Parameter,
  RmsProp,
  Sgd,
  ShapeError,
  scope,
  type Tensor,
  tensor,
  useBackend,
  zeros,
} from '../../src/index.ts'

const ENTRIES = 9
const STEPS = 40

const start = Float32Array.from({ length: ENTRIES }, (_, i) => (i - 4) / 3)
/** A gradient that changes with the step and the entry, of both signs and of very different sizes. */
const gradientAt = (step: number, entry: number) =>
  Math.fround(Math.sin(step * 0.7 + entry) * 10 ** ((entry % 4) - 2))

/** One entry's parameter by hand: returns its next value, and keeps what it needs in `memory`. */
type ByHand = (p: number, g: number, step: number, memory: Record<string, number>) => number

type Case = readonly [string, (parameters: readonly Tensor[]) => Optimiser, ByHand]

const sgd =
  (learningRate: number, m: number, dampening: number, nesterov: boolean, decay: number): ByHand =>
  (p, gradient, step, memory) => {
    const g = gradient + decay * p
    const velocity = step === 1 ? g : m * memory.v! + (1 - dampening) * g
    memory.v = velocity
    return p - learningRate * (nesterov ? g + m * velocity : velocity)
  }

const adam =
  (learningRate: number, decay: number, decoupled: boolean): ByHand =>
  (p, gradient, step, memory) => {
    const before = decoupled ? p * (1 - learningRate * decay) : p
    const g = decoupled ? gradient : gradient + decay * p
    memory.m = 0.9 * (memory.m ?? 0) + 0.1 * g
    memory.v = 0.999 * (memory.v ?? 0) + 0.001 * g * g
    const root = Math.sqrt(memory.v / (1 - 0.999 ** step)) + 1e-8
    return before - (learningRate * memory.m) / (1 - 0.9 ** step) / root
  }

const rmsProp =
  (learningRate: number, momentum: number, centred: boolean, decay: number): ByHand =>
  (p, gradient, _, memory) => {
    const g = gradient + decay * p
    memory.v = 0.9 * (memory.v ?? 0) + 0.1 * g * g
    memory.a = 0.9 * (memory.a ?? 0) + 0.1 * g
    const variance = centred ? memory.v - memory.a ** 2 : memory.v
    memory.b = momentum * (memory.b ?? 0) + g / (Math.sqrt(variance) + 1e-4)
    return p - learningRate * memory.b
  }

const cases: readonly Case[] = [
  ['GradientDescent', x => new GradientDescent(x, { learningRate: 0.01 }), sgd(0.01, 0, 0, false, 0)],
  [
    'Sgd with weight decay',
    x => new Sgd(x, { learningRate: 0.01, weightDecay: 0.1 }),
    sgd(0.01, 0, 0, false, 0.1),
  ],
  [
    'Sgd with momentum, dampened',
    x => new Sgd(x, { learningRate: 0.01, momentum: 0.9, dampening: 0.5 }),
    sgd(0.01, 0.9, 0.5, false, 0),
  ],
  [
    'Sgd with Nesterov momentum and weight decay',
    x => new Sgd(x, { learningRate: 0.01, momentum: 0.8, nesterov: true, weightDecay: 0.1 }),
    sgd(0.01, 0.8, 0, true, 0.1),
  ],
  ['Adam', x => new Adam(x, { learningRate: 0.05 }), adam(0.05, 0, false)],
  [
    'Adam with weight decay',
    x => new Adam(x, { learningRate: 0.05, weightDecay: 0.1 }),
    adam(0.05, 0.1, false),
  ],
  ['AdamW', x => new AdamW(x, { learningRate: 0.05 }), adam(0.05, 0.01, true)],
  [
    'RmsProp',
    x => new RmsProp(x, { learningRate: 0.01, decay: 0.9, epsilon: 1e-4 }),
    rmsProp(0.01, 0, false, 0),
  ],
  [
    'RmsProp, centred, with momentum and weight decay',
    x =>
      new RmsProp(x, {
        ...{ learningRate: 0.01, decay: 0.9, epsilon: 1e-4 },
        ...{ momentum: 0.5, centred: true, weightDecay: 0.1 },
      }),
    rmsProp(0.01, 0.5, true, 0.1),
  ],
]

function step(optimiser: Optimiser, number: number): void {
  scope(() => {
    const gradient = Float32Array.from(start, (_, entry) => gradientAt(number, entry))
    optimiser.step([tensor(gradient)])
  })
}

describe.each(availableBackends())('on %s', name => {
  beforeEach(() => void useBackend(createBackend(name)))

  it.each(cases)('%s follows its formula', (_, make, byHand) => {
    const parameter = tensor(start)
    const optimiser = make([parameter])
    const memories = Array.from(start, (): Record<string, number> => ({}))
    let expected = Float64Array.from(start)
    for (let number = 1; number <= STEPS; number++) {
      step(optimiser, number)
      expected = expected.map((p, i) => byHand(p, gradientAt(number, i), number, memories[i]!))
    }
    for (const [i, value] of parameter.toArray().entries()) {
      expect(Math.abs(value - expected[i]!), `entry ${i}`).toBeLessThan(2e-5)
    }
  })

  it.each<[string, (parameters: readonly Tensor[]) => Optimiser]>([
    ['Adam', x => new Adam(x, { learningRate: 0.5, epsilon: 1e-12 })],
    ['AdamW', x => new AdamW(x, { learningRate: 0.5, epsilon: 1e-12 })],
    ['RmsProp', x => new RmsProp(x, { learningRate: 0.05, epsilon: 1e-12 })],
    ['RmsProp, centred', x => new RmsProp(x, { learningRate: 0.05, epsilon: 1e-12, centred: true })],
  ])('%s steps as far for gradients of 1e-9 as for those of 1', (_, make) => {
    const parameters = [zeros([2]), zeros([2])]
    const optimisers = parameters.map(parameter => make([parameter]))
    for (let number = 1; number <= 10; number++) {
      scope(() => {
        const gradients = [Math.sin(number), -1]
        optimisers[0]!.step([tensor(gradients.map(g => g * 1e-9))])
        optimisers[1]!.step([tensor(gradients)])
      })
    }
    const [small, large] = parameters.map(parameter => parameter.toArray())
    expect(large!.every(value => Math.abs(value) > 0.05)).toBe(true)
    for (const [i, value] of small!.entries()) expect(value / large![i]!).toBeCloseTo(1, 1)
  })

  it.each(cases)('%s goes on from its state bit for bit', (_, make) => {
    const whole = new Parameter(tensor(start), { name: 'x' })
    const straight = make([whole])
    for (let number = 1; number <= 10; number++) step(straight, number)
    const first = new Parameter(tensor(start), { name: 'x' })
    const before = make([first])
    for (let number = 1; number <= 4; number++) step(before, number)
    const { tensors, ...rest } = before.stateDictionary()
    const saved = new Map([...tensors].map(([key, x]) => [key, { shape: x.shape, data: x.toArray() }]))
    const second = new Parameter(first, { name: 'x' })
    const after = make([second])
    after.loadState({ ...rest, tensors: saved })
    for (let number = 5; number <= 10; number++) step(after, number)
    expect(second.toArray()).toEqual(whole.toArray())
    expect(after.steps).toBe(10)
  })

  it('names the first parameter whose gradient is not finite, and changes nothing', () => {
    const parameters = ['fc1.weight', 'fc2.weight', 'fc3.weight'].map(
      parameter => new Parameter([40], { name: parameter }),
    )
    const optimiser = new Adam(parameters)
    const gradients = parameters.map(() => zeros([40]))
    gradients[1]!.view()[33] = Number.NEGATIVE_INFINITY
    gradients[2]!.view()[0] = Number.NaN
    expect(() => optimiser.step(gradients)).toThrow(NonFiniteError)
    expect(() => optimiser.step(gradients)).toThrow(
      'the gradient of "fc2.weight" is not finite: -Infinity at entry 33',
    )
    expect(optimiser.steps).toBe(0)
    expect(parameters.every(parameter => parameter.toArray().every(value => value === 0))).toBe(true)
    // A sum that overflows is no reason to refuse.
    gradients[1]!.view().fill(3e38)
    gradients[2]!.view().fill(0)
    optimiser.step(gradients)
    expect(optimiser.steps).toBe(1)
  })

  it('lets gradients through unchecked when told to', () => {
    const parameter = new Parameter([1])
    const optimiser = new GradientDescent([parameter], { learningRate: 1 })
    optimiser.checkGradients = false
    optimiser.step([tensor([Number.NaN])])
    expect(parameter.item()).toBeNaN()
  })
})

describe('the state of an optimiser', () => {
  beforeEach(() => void useBackend('js'))
  const parameter = () => new Parameter([2], { name: 'w' })
  const { configuration } = new Adam([zeros([1])])
  const state = (parts: Partial<OptimiserState>): OptimiserState => {
    return { algorithm: 'Adam', steps: 0, learningRate: 1, configuration, tensors: new Map(), ...parts }
  }

  it('has names', () => {
    const names = (optimiser: Optimiser) => [...optimiser.stateDictionary().tensors.keys()]
    expect(names(new Adam([parameter()]))).toEqual(['w.firstMoment', 'w.secondMoment'])
    expect(names(new Sgd([parameter()], { learningRate: 1, momentum: 0.5 }))).toEqual(['w.velocity'])
    expect(names(new RmsProp([parameter()], { centred: true }))).toEqual(['w.meanSquare', 'w.mean'])
    expect(names(new RmsProp([zeros([1]), zeros([1])]))).toEqual([
      'parameter 0.meanSquare',
      'parameter 1.meanSquare',
    ])
    expect(names(new RmsProp([parameter(), parameter()]))).toEqual([
      'parameter 0.meanSquare',
      'parameter 1.meanSquare',
    ])
  })

  it.each<[string, Parameters<Optimiser['loadState']>[0], string]>([
    ['of another optimiser', state({ algorithm: 'Sgd' }), 'Adam: loadState: got the state of "Sgd"'],
    ['without its tensors', state({}), 'missing [w.first'],
    ['after half a step', state({ steps: 0.5 }), 'got 0.5'],
    ['of no rate', state({ learningRate: -1 }), 'got -1'],
    [
      'made with other options',
      state({ configuration: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 } }),
      'Adam: loadState: beta2 is 0.999, the state is of one with 0.99',
    ],
    ['that does not say its options', state({ configuration: {} }), 'beta1 is 0.9, the state is of one with'],
  ])('%s is refused', (_, state, message) => {
    expect(() => new Adam([parameter()]).loadState(state)).toThrow(InvalidArgumentError)
    expect(() => new Adam([parameter()]).loadState(state)).toThrow(message)
  })

  it('of other shapes is refused before anything is written', () => {
    const adam = new Adam([parameter()])
    const tensors = new Map([
      ['w.firstMoment', { shape: [2], data: [1, 1] }],
      ['w.secondMoment', { shape: [3], data: [1, 1, 1] }],
    ])
    expect(() => adam.loadState(state({ steps: 3, tensors }))).toThrow(ShapeError)
    expect([...adam.stateDictionary().tensors.get('w.firstMoment')!.toArray()]).toEqual([0, 0])
    expect(adam.steps).toBe(0)
  })
})

describe('AdamW', () => {
  it('has its default weight decay when told undefined', () => {
    useBackend('js')
    const weightDecay = undefined as unknown as number
    expect(new AdamW([zeros([1])], { weightDecay }).weightDecay).toBe(0.01)
  })
})

describe('optimisers refuse', () => {
  const x = () => [zeros([2])]
  it.each<[string, () => unknown, string]>([
    [
      'Nesterov without momentum',
      () => new Sgd(x(), { learningRate: 1, nesterov: true }),
      'nesterov needs momentum',
    ],
    [
      'Nesterov with dampening',
      () => new Sgd(x(), { learningRate: 1, momentum: 0.5, dampening: 0.1, nesterov: true }),
      'nesterov needs momentum, and no dampening',
    ],
    [
      'a fraction of NaN',
      () => new Adam(x(), { beta1: Number.NaN }),
      'beta1 is a number from 0 to below 1, got NaN',
    ],
    [
      'negative weight decay',
      () => new AdamW(x(), { weightDecay: -1 }),
      'AdamW: weightDecay is a number from 0',
    ],
    ['a decay of 1', () => new RmsProp(x(), { decay: 1 }), 'RmsProp: decay is a number from 0 to below 1'],
    ['an epsilon of 0', () => new RmsProp(x(), { epsilon: 0 }), 'RmsProp: epsilon is a positive number'],
    [
      'a negative rate later',
      () => {
        new Adam(x()).learningRate = -1
      },
      'Adam: learningRate is a number from 0, got -1',
    ],
  ])('%s', (_, run, message) => {
    useBackend('js')
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })
})
