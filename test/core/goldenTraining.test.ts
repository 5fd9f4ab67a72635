// Training against PyTorch in float64: a classifier's losses for 100 steps, learning rates, and clipped gradients.
import { describe, expect, it } from 'vitest'
import type { Optimiser, Schedule, Tensor } from '../../src/index.ts'
import * as spikegrad from '../../src/index.ts'
import * as allSchedules from '../../src/optim/schedules.ts'
import { readStored, TOLERANCE } from '../golden/pytorch/golden.ts'
import { BATCH, batchOf, digits, initialParameters, LAYERS } from '../golden/pytorch/training.ts'

const { availableBackends, crossEntropy, Linear, Relu, Sequential, scope, tensor, useBackend } = spikegrad

/** What the file says of its arrays. */
interface Contents {
  readonly classifiers: readonly {
    readonly label: string
    readonly name: keyof typeof optimisers
    readonly options: { readonly learningRate: number }
  }[]
  readonly schedules: readonly {
    readonly label: string
    readonly name: string
    readonly arguments: readonly unknown[]
  }[]
  readonly clips: readonly {
    readonly label: string
    readonly name: keyof typeof clipBy
    readonly maximum: number
  }[]
}

const { tensors, contents } = readStored<Contents>('training.safetensors')
const { classifiers, schedules, clips } = contents

/** A golden array of the file. */
function stored(name: string): Float32Array | Float64Array {
  const data = tensors.get(name)?.data
  if (data instanceof Float32Array || data instanceof Float64Array) return data
  throw new TypeError(`${name} holds no floats`)
}

/** By the name of the class. */
const optimisers = {
  GradientDescent: spikegrad.GradientDescent,
  Sgd: spikegrad.Sgd,
  Adam: spikegrad.Adam,
  AdamW: spikegrad.AdamW,
  RmsProp: spikegrad.RmsProp,
}

const examples = digits()
const start = initialParameters()

/** The classifier's losses, each before its step. */
function lossesOf(sparseInput: boolean, optimiserOf: (parameters: readonly Tensor[]) => Optimiser) {
  const [first, second, third] = LAYERS.map(
    ([inputs, outputs], i) => new Linear(inputs, outputs, { sparseInput: sparseInput && i === 0 }),
  )
  const model = new Sequential([first!, new Relu(), second!, new Relu(), third!])
  const parameters = model.parameters()
  for (const [i, numbers] of start.entries()) parameters[i]!.write(numbers)
  const optimiser = optimiserOf(parameters)
  const losses = Array.from({ length: 100 }, (_, step) =>
    scope(() => {
      const batch = batchOf(examples, step)
      const [x, labels] = [tensor(batch.images, [BATCH, LAYERS[0][0]]), tensor(batch.labels)]
      const loss = () => crossEntropy(model.forward(x), labels)
      const { value, gradients } = spikegrad.valueAndGradients(loss, parameters)
      optimiser.step(gradients)
      return value
    }),
  )
  optimiser.dispose()
  model.dispose()
  return losses
}

describe('the golden classifiers', () => {
  it('have all optimisers', () => {
    const classes = Object.entries(spikegrad).flatMap(([name, value]) =>
      typeof value === 'function' && value.prototype instanceof spikegrad.Optimiser ? [name] : [],
    )
    expect([...new Set(classifiers.map(({ name }) => name))].sort()).toEqual(classes.sort())
  })

  it('learn from images that are mostly zeros, in differing ways', () => {
    const zeros = examples.images.filter(pixel => pixel === 0).length
    expect(zeros / examples.images.length).toBeGreaterThan(0.8)
    const ends = classifiers.map(({ label }) => stored(`losses/${label}`).at(-1)!).sort((a, b) => a - b)
    expect(ends.at(-1)).toBeLessThan(0.5)
    for (const [i, end] of ends.slice(1).entries()) expect(end / ends[i]!).toBeGreaterThan(1 + 2e-4)
  })

  describe.each(availableBackends())('on %s', backend => {
    it.each(classifiers)('$label: 100 losses agree to 1e-5', ({ label, name, options }) => {
      useBackend(backend)
      const expected = stored(`losses/${label}`)
      // The plain loops of js are slow where zeros are not skipped, and its dense product has cases of its own.
      for (const sparse of backend === 'js' ? [true] : [false, true]) {
        const losses = lossesOf(sparse, parameters => new optimisers[name](parameters, options))
        const errors = losses.map((loss, step) => Math.abs(loss / expected[step]! - 1))
        expect(expected).toHaveLength(errors.length)
        expect(Math.max(...errors)).toBeLessThan(1e-5)
      }
    })
  })
})

type Scheduling = (...args: never[]) => Schedule

/** By the name of the function. */
const scheduleBy: Readonly<Record<string, Scheduling>> = {
  stepDecay: spikegrad.stepDecay,
  exponentialDecay: spikegrad.exponentialDecay,
  cosineDecay: spikegrad.cosineDecay,
  oneCycle: spikegrad.oneCycle,
  warmUp: spikegrad.warmUp,
}

/** Makes a schedule; an argument `{ name: [...] }` of a schedule's name is a schedule itself. */
function scheduleOf(name: string, given: readonly unknown[]): Schedule {
  const values = given.map(value => {
    const [inner, numbers] = Object.entries(value as object)[0] ?? ['', []]
    return inner in scheduleBy ? scheduleOf(inner, numbers) : value
  })
  return scheduleBy[name]!(...(values as never[]))
}

describe('the golden learning rates', () => {
  it('have all schedules', () => {
    const functions = Object.entries(allSchedules).flatMap(([name, value]) =>
      typeof value === 'function' && value !== spikegrad.Scheduler ? [name] : [],
    )
    expect([...new Set(schedules.map(({ name }) => name))].sort()).toEqual(functions.sort())
    expect(Object.keys(scheduleBy).sort()).toEqual(functions.sort())
  })

  it.each(schedules)('$label: PyTorch has the same', ({ label, name, arguments: given }) => {
    const schedule = scheduleOf(name, given)
    const expected = stored(`rates/${label}`)
    expect(expected.length).toBeGreaterThan(30)
    for (const [step, rate] of expected.entries()) expect(schedule(step)).toBeCloseTo(rate, 14)
  })
})

/** By the name of the function. */
const clipBy = {
  clipGradientNorm: spikegrad.clipGradientNorm,
  clipGradientValue: spikegrad.clipGradientValue,
}

describe.each(availableBackends())('the golden gradients on %s', backend => {
  it.each(clips)('$label: PyTorch leaves the same', ({ label, name, maximum }) => {
    useBackend(backend)
    const gradients = [0, 1].map(i => tensor(Float32Array.from(stored(`clip/${label}/before${i}`))))
    clipBy[name](gradients, maximum)
    for (const [i, gradient] of gradients.entries()) {
      const expected = stored(`clip/${label}/after${i}`)
      const errors = [...gradient.toArray()].map((entry, at) => Math.abs(entry - expected[at]!))
      expect(expected).toHaveLength(errors.length)
      expect(Math.max(...errors)).toBeLessThan(TOLERANCE)
    }
  })
})
