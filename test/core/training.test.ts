// Training: optimisers against float64 by hand, a problem that is learned, and the same bits twice.
import { describe, expect, it } from 'vitest'
import {
  Adam,
  argmax,
  availableBackends,
  crossEntropy,
  currentBackend,
  detach,
  Linear,
  multiply,
  type Optimiser,
  RandomStream,
  Relu,
  Sequential,
  Sgd,
  scope,
  sum,
  type Tensor,
  tensor,
  useBackend,
  valueAndGradients,
} from '../../src/index.ts'

const backends = availableBackends()
const STEPS = 50

/** A gradient that changes with the step and the entry, of both signs and of very different sizes. */
const gradientAt = (step: number, entry: number) => Math.sin(step * 0.7 + entry) * 10 ** ((entry % 4) - 2)

/** Runs an optimiser on nine numbers, and the same by hand in float64; returns both. */
function race(
  make: (parameters: readonly Tensor[]) => Optimiser,
  update: (parameter: number, gradient: number, step: number, entry: number) => number,
) {
  const start = Array.from({ length: 9 }, (_, i) => (i - 4) / 3)
  const parameter = tensor(start)
  const optimiser = make([parameter])
  let expected = Float64Array.from(parameter.toArray())
  for (let step = 1; step <= STEPS; step++) {
    const gradient = Float32Array.from(start, (_, entry) => gradientAt(step, entry))
    scope(() => optimiser.step([tensor(gradient)]))
    expected = expected.map((value, entry) => update(value, gradient[entry]!, step, entry))
  }
  expect(optimiser.steps).toBe(STEPS)
  return { actual: parameter.toArray(), expected }
}

function expectNear({ actual, expected }: ReturnType<typeof race>, tolerance: number): void {
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value), `entry ${i}`).toBeLessThan(tolerance)
  }
}

describe.each(backends)('optimisers on %s', name => {
  it('Adam is the algorithm of the paper, computed in float64', () => {
    useBackend(name)
    const [m, v] = [new Float64Array(9), new Float64Array(9)]
    const result = race(
      parameters => new Adam(parameters, { learningRate: 0.05 }),
      (value, g, step, i) => {
        m[i] = 0.9 * m[i]! + 0.1 * g
        v[i] = 0.999 * v[i]! + 0.001 * g * g
        const [first, second] = [m[i]! / (1 - 0.9 ** step), v[i]! / (1 - 0.999 ** step)]
        return value - (0.05 * first) / (Math.sqrt(second) + 1e-8)
      },
    )
    expectNear(result, 2e-5)
  })

  it('momentum carries the velocity on', () => {
    useBackend(name)
    const velocity = new Float64Array(9)
    const result = race(
      parameters => new Sgd(parameters, { learningRate: 0.01, momentum: 0.9 }),
      (value, g, _, i) => {
        velocity[i] = 0.9 * velocity[i]! + g
        return value - 0.01 * velocity[i]!
      },
    )
    expectNear(result, 2e-5)
  })

  it('plain gradient descent follows the gradient, at a rate that may change', () => {
    useBackend(name)
    expectNear(
      race(
        parameters => new Sgd(parameters, { learningRate: 0.01 }),
        (value, g) => value - 0.01 * g,
      ),
      2e-5,
    )
    const x = tensor([1])
    const sgd = new Sgd([x], { learningRate: 1 })
    sgd.learningRate = 0.25
    sgd.step([tensor([2])])
    expect(x.item()).toBe(0.5)
  })
})

describe('detach', () => {
  it('makes a constant of a tensor, and a copy', () => {
    useBackend('js')
    const x = tensor([3, -1])
    const { gradients } = valueAndGradients(() => sum(multiply(x, detach(multiply(x, x)))), [x])
    expect([...gradients[0]!.toArray()]).toEqual([9, 1])
    const classes = tensor(Int32Array.of(1, 2))
    const copy = detach(classes)
    classes.write([5, 6])
    expect([copy.dtype, ...copy.toArray()]).toEqual(['int32', 1, 2])
  })
})

const POINTS = 200

/** Two spirals, wound once around each other. */
function spirals(): { points: Float32Array; labels: Int32Array } {
  const stream = new RandomStream(5, 'spirals')
  const points = new Float32Array(2 * POINTS)
  const labels = Int32Array.from({ length: POINTS }, (_, i) => i % 2)
  for (let i = 0; i < POINTS; i++) {
    const radius = 0.2 + (0.8 * i) / POINTS
    const angle = 2 * Math.PI * radius + Math.PI * (i % 2)
    points[2 * i] = radius * Math.cos(angle) + 0.02 * stream.normal()
    points[2 * i + 1] = radius * Math.sin(angle) + 0.02 * stream.normal()
  }
  return { points, labels }
}

/** Trains on the spirals; returns losses by step, the accuracy, and the final weights. */
function learnSpirals(seed: number, steps: number) {
  const { arena } = currentBackend()
  const { points, labels } = spirals()
  const [x, y] = [tensor(points, [POINTS, 2]), tensor(labels)]
  const model = new Sequential([
    new Linear(2, 32, { seed, name: 'first' }),
    new Relu(),
    new Linear(32, 32, { seed, name: 'second' }),
    new Relu(),
    new Linear(32, 2, { seed, name: 'third', initialisation: 'glorotUniform' }),
  ])
  const adam = new Adam(model.parameters(), { learningRate: 0.01 })
  const losses: number[] = []
  const memory: number[] = []
  for (let step = 0; step < steps; step++) {
    scope(() => {
      const { value, gradients } = valueAndGradients(
        () => crossEntropy(model.forward(x), y),
        model.parameters(),
      )
      adam.step(gradients)
      losses.push(value)
    })
    memory.push(arena.bytesInUse)
  }
  const predicted = scope(() => argmax(model.forward(x)).toArray())
  const accuracy = labels.filter((label, i) => label === predicted[i]).length / POINTS
  return { losses, memory, accuracy, weights: model.parameters().map(p => p.toArray()) }
}

describe.each(backends)('a network on %s', name => {
  it('learns to tell two spirals apart, in flat memory', () => {
    useBackend(name)
    const { losses, memory, accuracy } = learnSpirals(1, 300)
    expect(losses[0]).toBeGreaterThan(0.4)
    expect(losses.at(-1)).toBeLessThan(0.1)
    expect(accuracy).toBeGreaterThan(0.97)
    expect(new Set(memory.slice(1)).size).toBe(1)
  })

  it('gives the same bits for the same seed, and others for another', () => {
    useBackend(name)
    const first = learnSpirals(1, 40)
    useBackend(name)
    const second = learnSpirals(1, 40)
    expect(second.losses).toEqual(first.losses)
    expect(second.weights).toEqual(first.weights)
    expect(learnSpirals(2, 40).losses).not.toEqual(first.losses)
  })
})
