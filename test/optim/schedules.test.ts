// Schedules as functions of the step, the class that drives an optimiser by one, and clipping.
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  availableBackends,
  clipGradientNorm,
  clipGradientValue,
  cosineDecay,
  createBackend,
  exponentialDecay,
  InvalidArgumentError,
  NonFiniteError,
  oneCycle,
  Parameter,
  type Schedule,
  Scheduler,
  Sgd,
  stepDecay,
  tensor,
  useBackend,
  warmUp,
} from '../../src/index.ts'

const rates = (schedule: Schedule, steps: number) =>
  Array.from({ length: steps }, (_, step) => schedule(step))
const near = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length)
  for (const [i, value] of expected.entries()) expect(actual[i], `step ${i}`).toBeCloseTo(value, 12)
}

describe('schedules', () => {
  it('of steps and of factors fall as said', () => {
    near(rates(stepDecay(0.8, { every: 2, factor: 0.5 }), 5), [0.8, 0.8, 0.4, 0.4, 0.2])
    expect(stepDecay(1, { every: 3 })(3)).toBe(0.1)
    near(rates(exponentialDecay(1, { factor: 0.9 }), 3), [1, 0.9, 0.81])
  })

  it('of a cosine fall to the minimum and stay', () => {
    const schedule = cosineDecay(1, { steps: 4, minimum: 0.2 })
    const middle = (share: number) => 0.2 + 0.4 * (1 + Math.cos(Math.PI * share))
    near(rates(schedule, 7), [1, middle(0.25), 0.6, middle(0.75), 0.2, 0.2, 0.2])
  })

  it('warm up in a line', () => {
    near(rates(warmUp(stepDecay(3, { every: 1 }), { steps: 2 }), 4), [1, 2, 3, 0.3])
  })

  it('of one cycle have the numbers of the formula', () => {
    // Phases end at 0.3 * 10 - 1 = 2 and at 9, as in PyTorch's OneCycleLR.
    const linear = rates(oneCycle(1, { steps: 10, startDivisor: 10, endDivisor: 10, shape: 'linear' }), 12)
    const fall = (step: number) => 1 - (0.99 * (step - 2)) / 7
    near(linear, [0.1, 0.55, 1, fall(3), fall(4), fall(5), fall(6), fall(7), fall(8), 0.01, 0.01, 0.01])
    const cosine = oneCycle(2, { steps: 101, rise: 0.5 })
    near([0, 49.5, 100].map(cosine), [2 / 25, 2, 2 / 25 / 1e4])
  })

  it('stay between their ends, whatever the options', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const steps = fc.integer({ min: 1, max: 50 })
    fc.assert(
      fc.property(share, steps, fc.integer({ min: 0, max: 200 }), (rise, total, step) => {
        const rate = oneCycle(1, { steps: total, rise })(step)
        expect(rate).toBeGreaterThanOrEqual(1 / 25e4 - 1e-12)
        expect(rate).toBeLessThanOrEqual(1 + 1e-12)
        const warm = warmUp(cosineDecay(1, { steps: total }), { steps: total, from: rise })(step)
        expect(warm).toBeGreaterThanOrEqual(0)
        expect(warm).toBeLessThanOrEqual(1)
      }),
    )
  })

  it.each<[string, () => unknown, string]>([
    ['no steps', () => cosineDecay(1, { steps: 0 }), 'cosineDecay: steps is a positive integer, got 0'],
    [
      'a negative rate',
      () => stepDecay(-1, { every: 1 }),
      'stepDecay: learningRate is a number from 0, got -1',
    ],
    ['a factor of 0', () => exponentialDecay(1, { factor: 0 }), 'factor is a positive number, got 0'],
    ['more than all', () => warmUp(() => 1, { steps: 1, from: 2 }), 'from is a number from 0 to 1, got 2'],
    ['a rise of 2', () => oneCycle(1, { steps: 1, rise: 2 }), 'rise is a number from 0 to 1, got 2'],
    ['a shape that is none', () => oneCycle(1, { steps: 1, shape: 'round' as 'linear' }), 'got "round"'],
  ])('refuse %s', (_, run, message) => {
    expect(run).toThrow(InvalidArgumentError)
    expect(run).toThrow(message)
  })
})

describe('a scheduler', () => {
  it('drives an optimiser, and goes on from a number of steps', () => {
    useBackend('js')
    const optimiser = new Sgd([new Parameter([1])], { learningRate: 5 })
    const scheduler = new Scheduler(optimiser, exponentialDecay(1, { factor: 0.5 }))
    expect(optimiser.learningRate).toBe(1)
    scheduler.step()
    expect(optimiser.learningRate).toBe(0.5)
    scheduler.steps = 3
    expect(optimiser.learningRate).toBe(0.125)
    scheduler.step()
    expect([scheduler.steps, optimiser.learningRate]).toEqual([4, 0.0625])
    expect(() => {
      scheduler.steps = -1
    }).toThrow('steps is an integer from 0, got -1')
  })
})

describe.each(availableBackends())('clipping on %s', name => {
  beforeEach(() => void useBackend(createBackend(name)))

  it('by norm scales all gradients together, and leaves small ones', () => {
    const gradients = [tensor([3, 0, 0]), tensor([[0], [4]])]
    expect(clipGradientNorm(gradients, 10)).toBe(5)
    expect([...gradients[0]!.toArray()]).toEqual([3, 0, 0])
    expect(clipGradientNorm(gradients, 1)).toBe(5)
    expect(gradients[0]!.toArray()[0]).toBeCloseTo(3 / 5.000001, 6)
    expect(gradients[1]!.toArray()[1]).toBeCloseTo(4 / 5.000001, 6)
  })

  it('by norm survives squares that overflow, and refuses what is not finite', () => {
    const huge = tensor([3e30, 4e30])
    expect(clipGradientNorm([huge], 1) / 1e30).toBeCloseTo(5, 5)
    expect(huge.toArray()[1]).toBeCloseTo(0.8, 5)
    const bad = tensor([1, Number.NaN])
    expect(() => clipGradientNorm([tensor([1]), bad], 1)).toThrow(NonFiniteError)
    expect(() => clipGradientNorm([tensor([1]), bad], 1)).toThrow('gradient of number 1 of shape [2]')
  })

  it('by value limits each entry', () => {
    const values = [-9, -0.5, 0, 0.5, 9, Number.NaN]
    const gradient = tensor(values)
    clipGradientValue([gradient], 1)
    expect([...gradient.toArray()]).toEqual([-1, -0.5, 0, 0.5, 1, Number.NaN])
    expect(() => clipGradientValue([gradient], 0)).toThrow('the maximum is a positive number, got 0')
  })
})
