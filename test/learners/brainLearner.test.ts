// The brain as a learner: what it tells of an image, what it keeps, and that it can be run again.
import { afterEach, describe, expect, it } from 'vitest'
import { type BrainFrame, brainFrame, MEMBRANE_RANGE } from '../../experiments/learners/brainFrame.ts'
import { BrainLearner } from '../../experiments/learners/brainLearner.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import { configOf, data, imageAt } from './data.ts'

const made: BrainLearner[] = []
function learnerOf(changes: Partial<LearnerConfig> = {}): BrainLearner {
  const learner = new BrainLearner(configOf(changes), data)
  made.push(learner)
  return learner
}
afterEach(() => {
  for (const learner of made.splice(0)) learner.dispose()
})

const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0)

/** Spikes of each neuron before a step, from a frame's events. */
function countsOf(frame: BrainFrame, end = 700): number[] {
  const counts = new Array<number>(frame.shape.neurons).fill(0)
  for (let spike = 0; spike < frame.excitatorySpikes; spike++) {
    const neuron = frame.spikes.excitatory.neurons[spike]!
    if (frame.spikes.excitatory.steps[spike]! < end) counts[neuron]! += 1
  }
  return counts
}

describe('digest', () => {
  it('is the same for the same images, whatever was looked at between', async () => {
    const plain = learnerOf()
    plain.advance(60)
    const watched = learnerOf()
    const frame = brainFrame(watched.shape)
    watched.focus = { layer: 0, unit: 3 }
    for (let image = 0; image < 60; image++) {
      watched.advance(1, image % 3 === 0 ? frame : undefined)
      if (image % 4 === 0) watched.read(imageAt(image), frame, 5)
      if (image % 5 === 0) watched.test(2)
      watched.retell(frame)
    }
    expect(await watched.digest()).toBe(await plain.digest())
    watched.advance(1)
    expect(await watched.digest()).not.toBe(await plain.digest())
  })

  it('comes back after a restart', async () => {
    const learner = learnerOf()
    learner.advance(5)
    const first = await learner.digest()
    learner.restart()
    learner.advance(5)
    expect(await learner.digest()).toBe(first)
  })
})

describe('a frame', () => {
  it('tells of one image: spikes, counts, membranes, votes and what was learned', () => {
    const learner = learnerOf()
    learner.advance(59)
    const before = brainFrame(learner.shape)
    learner.read(imageAt(0), before)
    const frame = brainFrame(learner.shape)
    learner.advance(1, frame)
    const image = learner.order.at(59)
    expect(frame).toMatchObject({ samples: 60, image, label: data.train.labels[image], learned: 1 })
    expect(frame.pixels).toEqual(imageAt(image))
    expect(countsOf(frame)).toEqual([...frame.counts])
    expect(total(frame.counts)).toBeGreaterThanOrEqual(5)
    expect(frame.counts[frame.winner]).toBe(Math.max(...frame.counts))
    expect(frame.inputSpikes).toBeGreaterThan(100)
    expect(frame.intensity).toBe(1 + frame.attempts)
    const lit = Array.from(frame.spikes.input.neurons.subarray(0, frame.inputSpikes))
    expect(lit.every(pixel => frame.pixels[pixel]! > 0)).toBe(true)

    const members = Array.from({ length: 10 }, (_, label) => frame.labels.indexOf(label) >= 0)
    expect(members.filter(Boolean).length).toBeGreaterThan(2)
    for (let label = 0; label < 10; label++) {
      const counts = Array.from(frame.counts).filter((_, neuron) => frame.labels[neuron] === label)
      expect(frame.votes[label]).toBeCloseTo(counts.length > 0 ? total(counts) / counts.length : 0, 5)
    }
    const most = Math.max(...frame.votes)
    expect(frame.predicted).toBe(most > 0 ? frame.votes.indexOf(most) : -1)
    expect(frame.thetaMaximum).toBeCloseTo(Math.max(...frame.theta), 4)
  })

  it('has the exact values of the focused neuron, and tells the same story of another', () => {
    const learner = learnerOf()
    const frame = brainFrame(learner.shape)
    learner.advance(20)
    learner.advance(1, frame)
    const { winner } = frame
    learner.focus = { layer: 0, unit: winner }
    const again = brainFrame(learner.shape)
    learner.retell(again)
    expect(again.spikes.excitatory.steps).toEqual(frame.spikes.excitatory.steps)
    expect(again.membranes).toEqual(frame.membranes)
    expect(again).toMatchObject({ focusUnit: winner, focusLayer: 0, focusThreshold: -72 })
    expect(Math.max(...again.focus.gExc)).toBeGreaterThan(0)
    again.focus.v.forEach((v, sample) => {
      const byte = again.membranes[sample * 30 + winner]!
      const { low, high } = MEMBRANE_RANGE
      expect(low + (byte / 255) * (high - low)).toBeCloseTo(v, 0)
    })
    let changed = 0
    again.focus.weights.forEach((weight, pixel) => {
      expect(again.weights[winner * 784 + pixel]! / 255).toBeCloseTo(weight, 2)
      if (again.focus.change[pixel] !== 0) changed += 1
      const byte = (again.focus.change[pixel]! / 0.25) * 127
      expect(again.winnerChange[pixel]).toBe(Math.round(Math.min(Math.max(byte, -127), 127)) || 0)
    })
    expect(changed).toBeGreaterThan(100)
    learner.focus = null
    learner.retell(again)
    expect(again.focusUnit).toBe(-1)
  })

  it('reads a drawn digit the same each time, without learning', async () => {
    const learner = learnerOf()
    learner.advance(30)
    const before = await learner.digest()
    const [one, two] = [brainFrame(learner.shape), brainFrame(learner.shape)]
    learner.read(imageAt(1), one)
    learner.read(imageAt(2), two)
    learner.read(imageAt(1), two)
    expect(two.spikes.excitatory).toEqual(one.spikes.excitatory)
    expect(one).toMatchObject({ label: -1, image: -1, learned: 0, samples: 30 })
    expect(one.winnerChange.every(change => change === 0)).toBe(true)
    expect(await learner.digest()).toBe(before)
  })

  it('gives up an empty image, and says so', () => {
    const learner = learnerOf()
    learner.advance(20)
    const frame = brainFrame(learner.shape)
    learner.read(new Uint8Array(784), frame)
    expect(frame).toMatchObject({ winner: -1, predicted: -1, inputSpikes: 0, attempts: 31 })
    expect(total(frame.votes)).toBe(0)
  })

  it('counts accuracies, tests and operations', () => {
    const learner = learnerOf()
    const frame = brainFrame(learner.shape)
    learner.advance(10)
    learner.test(3)
    learner.advance(200, frame)
    learner.test(40)
    learner.retell(frame)
    expect(frame.testImages).toBe(43)
    // Chance is a tenth.
    expect(frame.trainAccuracy).toBeGreaterThan(0.2)
    expect(frame.operations / frame.samples).toBeGreaterThan(frame.inputSpikes)
    expect(learner.measures.operations).toBe(frame.operations)
  })
})

it('counts every test image once, however many are asked for', () => {
  const few = { images: data.test.images.subarray(0, 784 * 8), labels: data.test.labels.subarray(0, 8) }
  const learner = new BrainLearner(configOf(), { train: data.train, test: few })
  made.push(learner)
  const frame = brainFrame(learner.shape)
  learner.advance(10, frame)
  learner.test(5)
  learner.test(30)
  learner.retell(frame)
  expect(frame.testImages).toBe(8)
  expect(total(frame.confusion)).toBeLessThanOrEqual(8)
})

describe('a new configuration', () => {
  const weights = (learner: BrainLearner) => {
    const frame = brainFrame(learner.shape)
    learner.retell(frame)
    return [...frame.weights]
  }

  it('keeps weights and thetas unless the size or the seed changes', async () => {
    const learner = learnerOf()
    learner.advance(20)
    const before = weights(learner)
    const digest = await learner.digest()
    const change = {
      tauMem: 80,
      inhibition: 10,
      tauPre: 10,
      thetaStep: 0.1,
      minimumSpikes: 3,
      incomingTotal: 60,
    }
    expect(learner.configure(configOf(change))).toBe(false)
    expect(weights(learner)).toEqual(before)
    expect(await learner.digest()).toBe(digest)
    learner.advance(3)
    expect(learner.samples).toBe(23)
    expect(learner.configure(configOf({ neurons: 20 }))).toBe(true)
    expect(learner.samples).toBe(0)
    expect(learner.shape).toEqual({ neurons: 20 })
  })

  it('changes what happens next', async () => {
    const [one, two] = [learnerOf(), learnerOf()]
    for (const learner of [one, two]) learner.advance(5)
    two.configure(configOf({ potentiationRate: 0.05 }))
    for (const learner of [one, two]) learner.advance(5)
    expect(await two.digest()).not.toBe(await one.digest())
  })

  it('stops learning and goes on', async () => {
    const learner = learnerOf()
    learner.advance(5)
    learner.configure(configOf({ brainLearning: false }))
    const before = weights(learner)
    const frame = brainFrame(learner.shape)
    learner.advance(5, frame)
    expect(frame).toMatchObject({ learned: 0, samples: 10 })
    learner.configure(configOf())
    learner.advance(1)
    expect(weights(learner)).not.toEqual(before)
  })

  it('silences neurons for as long as the lesion lasts, and gives back their thetas', () => {
    const learner = learnerOf()
    const frame = brainFrame(learner.shape)
    learner.advance(40, frame)
    const theta = [...frame.theta]
    learner.configure(configOf({ brainLesion: 0.5 }))
    learner.retell(frame)
    expect([...frame.theta]).toEqual(theta)
    expect(total(frame.lesions)).toBe(15)
    for (let image = 0; image < 10; image++) {
      learner.advance(1, frame)
      frame.lesions.forEach((silent, neuron) => {
        if (silent === 1) expect(countsOf(frame, 1000)[neuron]).toBe(0)
      })
      learner.read(imageAt(image), frame)
      frame.lesions.forEach((silent, neuron) => {
        if (silent === 1) expect(frame.counts[neuron]).toBe(0)
      })
    }
    const silenced = frame.lesions.slice()
    learner.configure(configOf())
    learner.retell(frame)
    silenced.forEach((silent, neuron) => {
      if (silent === 1) expect(frame.theta[neuron]).toBe(theta[neuron])
    })
    expect(frame.theta.every(Number.isFinite)).toBe(true)
  })

  it('shows only the classes chosen, with their noise', () => {
    const learner = learnerOf({ classes: '0100000000', pixelNoise: 0.3 })
    const frame = brainFrame(learner.shape)
    learner.advance(1, frame)
    expect(frame.label).toBe(1)
    expect(frame.pixels).not.toEqual(imageAt(frame.image))
  })
})
