// The MLP as a learner: what it tells of an image, what it keeps, and that it can be run again.
import { afterEach, describe, expect, it } from 'vitest'
import type { LabelledImages } from '../../experiments/learners/learner.ts'
import { mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { MlpLearner } from '../../experiments/learners/mlpLearner.ts'
import { MlpNetwork } from '../../experiments/learners/mlpNetwork.ts'
import { MlpStory } from '../../experiments/learners/mlpStory.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import { Parameter, scope, tensor, valueAndGradients } from '../../src/index.ts'
import { configOf, data, imageAt } from './data.ts'

const made: { dispose(): void }[] = []
function learnerOf(changes: Partial<LearnerConfig> = {}): MlpLearner {
  const learner = new MlpLearner(configOf(changes), data)
  made.push(learner)
  return learner
}
afterEach(() => {
  for (const learner of made.splice(0)) learner.dispose()
})

describe('digest', () => {
  it('is the same for the same images, whatever was looked at between', async () => {
    const plain = learnerOf()
    plain.advance(600)
    const watched = learnerOf()
    const frame = mlpFrame(watched.shape)
    watched.focus = { layer: 1, unit: 3 }
    for (let batch = 0; batch < 30; batch++) {
      watched.advance(20, batch % 3 === 0 ? frame : undefined)
      watched.read(imageAt(batch), frame, 5)
      watched.test(7)
      watched.retell(frame)
    }
    expect(watched.samples).toBe(600)
    expect(await watched.digest()).toBe(await plain.digest())
    watched.advance(20)
    expect(await watched.digest()).not.toBe(await plain.digest())
  })

  it('differs by the seed, and comes back after a restart', async () => {
    const learner = learnerOf()
    learner.advance(100)
    const first = await learner.digest()
    learner.restart()
    expect(learner.samples).toBe(0)
    learner.advance(100)
    expect(await learner.digest()).toBe(first)
    const other = learnerOf({ seed: 2 })
    other.advance(100)
    expect(await other.digest()).not.toBe(first)
  })
})

describe('a frame', () => {
  it.each(['relu', 'tanh', 'sigmoid'] as const)('has the gradients of autograd, with %s', activation => {
    const network = new MlpNetwork(configOf())
    made.push(network)
    network.activation = activation
    network.setLesion(0.25, 1)
    const story = new MlpStory(network)
    story.tell(network, imageAt(3), 7)
    const { value, gradients } = scope(() => {
      const image = tensor(
        Float32Array.from(imageAt(3), pixel => pixel / 255),
        [1, 784],
      )
      const found = valueAndGradients(
        () => network.loss(network.forward(image), tensor(Int32Array.of(7))),
        network.parameters,
      )
      return { value: found.value, gradients: found.gradients.map(gradient => gradient.toArray()) }
    })
    expect(story.loss).toBeCloseTo(value, 4)
    // The derivative by a bias is that by the sum it is part of.
    ;[1, 3, 5].forEach((bias, layer) => {
      gradients[bias]!.forEach((gradient, unit) => {
        expect(story.gradients[layer]![unit]).toBeCloseTo(gradient, 5)
      })
    })
    expect(Math.max(...gradients[1]!)).toBeGreaterThan(0)
  })

  it('tells of the last image of the batch, as the focused unit met it, and of all weights after it was learned from', () => {
    const learner = learnerOf()
    learner.advance(60)
    const before = mlpFrame(learner.shape)
    const frame = mlpFrame(learner.shape)
    learner.focus = { layer: 2, unit: 5 }
    const last = learner.order.at(79)
    learner.read(imageAt(last), before, data.train.labels[last]!)
    learner.advance(20, frame)
    expect(frame).toMatchObject({
      samples: 80,
      image: last,
      label: data.train.labels[last],
      learned: 1,
      updates: 4,
    })
    expect(frame.pixels).toEqual(imageAt(last))
    expect(frame.activations[2]).toEqual(before.activations[2])
    expect(frame.gradients[0]).toEqual(before.gradients[0])
    expect(frame.activations[2]!.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 5)
    expect(frame.loss).toBeCloseTo(-Math.log(frame.activations[2]![frame.label]!), 4)
    expect(frame.focus.weights).toEqual(before.focus.weights)
    expect(frame.focusBias).toBe(before.focusBias)
    // What the unit shows of itself makes the sum that it shows.
    const sum = frame.activations[0]!.reduce(
      (total, x, from) => total + x * frame.focus.weights[from]!,
      frame.focusBias,
    )
    expect(frame.focusSum).toBeCloseTo(sum, 4)
    expect(frame.activations[1]![5]).toBeCloseTo(Math.max(sum, 0), 4)
    const after = mlpFrame(learner.shape)
    learner.read(imageAt(last), after)
    for (let from = 0; from < 16; from++) {
      const { weights, change } = frame.focus
      expect(after.focus.weights[from]).toBeCloseTo(weights[from]! + change[from]!, 6)
      const byte = frame.weights[1]![5 * 16 + from]!
      expect((byte / 127) * frame.scale2).toBeCloseTo(after.focus.weights[from]!, 2)
    }
    expect(frame.focus.change.some(change => change !== 0)).toBe(true)
    expect(after.focusBias).toBeCloseTo(frame.focusBias + frame.focusBiasChange, 6)
  })

  it('tells the same story again after more batches, without weights of a unit that are gone', () => {
    const learner = learnerOf()
    const frame = mlpFrame(learner.shape)
    const again = mlpFrame(learner.shape)
    learner.focus = { layer: 1, unit: 2 }
    learner.advance(20, frame)
    learner.retell(again)
    expect(again.focus.weights).toEqual(frame.focus.weights)
    learner.advance(40)
    learner.retell(again)
    expect(again).toMatchObject({ samples: 60, focusUnit: -1 })
    expect(again).toMatchObject({ image: frame.image, label: frame.label, learned: 1 })
    expect(again.pixels).toEqual(frame.pixels)
    // One that was only read keeps up with one batch.
    learner.read(imageAt(5), frame, 3, 5)
    learner.advance(20)
    learner.retell(again)
    expect(again).toMatchObject({ samples: 80, image: 5, label: 3, learned: 0, focusUnit: 2 })
    expect(again.focus.weights).toEqual(frame.focus.weights)
    expect(again.focusSum).toBe(frame.focusSum)
  })

  it('reads a digit of no class without learning', async () => {
    const learner = learnerOf()
    learner.advance(40)
    const before = await learner.digest()
    const frame = mlpFrame(learner.shape)
    learner.read(imageAt(1), frame)
    expect(frame).toMatchObject({ label: -1, image: -1, learned: 0, samples: 40 })
    expect(frame.loss).toBeNaN()
    expect(frame.gradients.flatMap(gradients => [...gradients]).every(value => value === 0)).toBe(true)
    expect(frame.predicted).toBe(frame.activations[2]!.indexOf(Math.max(...frame.activations[2]!)))
    expect(await learner.digest()).toBe(before)
  })

  it('counts accuracies, tests and operations', () => {
    const learner = learnerOf()
    const frame = mlpFrame(learner.shape)
    for (let batch = 0; batch < 100; batch++) learner.advance(20)
    learner.test(60)
    learner.advance(20, frame)
    expect(frame.trainAccuracy).toBeGreaterThan(0.5)
    expect(frame.testImages).toBe(60)
    const right = Array.from({ length: 10 }, (_, c) => frame.confusion[11 * c]!).reduce((a, b) => a + b, 0)
    expect(frame.testAccuracy).toBeCloseTo(right / 60, 10)
    expect(frame.confusion.reduce((a, b) => a + b, 0)).toBe(60)
    // Forward, back and update: more than all weights once an image, less than all of it dense.
    const weights = 784 * 16 + 16 * 12 + 120
    expect(frame.operations / frame.samples).toBeGreaterThan(0.1 * weights)
    expect(frame.operations / frame.samples).toBeLessThan(3.5 * weights)
  })
})

it('counts every test image once, however often and however many are asked for', () => {
  const none = { images: new Uint8Array(0), labels: new Uint8Array(0) }
  const growing: { train: LabelledImages; test: LabelledImages } = { train: data.train, test: none }
  const learner = new MlpLearner(configOf(), growing)
  made.push(learner)
  const frame = mlpFrame(learner.shape)
  const tested = (images: number) => {
    learner.test(images)
    learner.retell(frame)
    return [frame.testImages, frame.confusion.reduce((total, count) => total + count, 0)]
  }
  learner.advance(20, frame)
  expect(tested(500)).toEqual([0, 0])
  growing.test = { images: data.test.images.subarray(0, 784 * 30), labels: data.test.labels.subarray(0, 30) }
  expect(tested(20)).toEqual([20, 20])
  expect(tested(20)).toEqual([30, 30])
  expect(tested(500)).toEqual([30, 30])
  growing.test = data.test
  // On from the tenth: ten of them again.
  expect(tested(40)).toEqual([50, 50])
  expect(tested(500)).toEqual([60, 60])
  const labels = Array.from({ length: 10 }, (_, label) =>
    frame.confusion.subarray(10 * label, 10 * label + 10).reduce((total, count) => total + count, 0),
  )
  const there = Array.from(
    { length: 10 },
    (_, label) => data.test.labels.filter(other => other === label).length,
  )
  expect(labels).toEqual(there)
})

describe('a new configuration', () => {
  it('keeps the weights unless a size or the seed changes', () => {
    const learner = learnerOf()
    learner.advance(100)
    const weights = () => {
      const frame = mlpFrame(learner.shape)
      learner.read(imageAt(0), frame)
      return frame.weights.map(layer => [...layer])
    }
    const before = weights()
    const changes: Partial<LearnerConfig>[] = [
      { optimiser: 'sgd' },
      { optimiser: 'rmsProp', learningRate: 0.01 },
      { optimiser: 'gradientDescent', weightDecay: 0.01 },
      { activation: 'tanh', batchSize: 7, momentum: 0.5, classes: '1100000000', pixelNoise: 0.2 },
    ]
    for (const change of changes) {
      expect(learner.configure(configOf(change))).toBe(false)
      expect(weights()).toEqual(before)
      learner.advance(7)
      expect(learner.samples).toBeGreaterThan(100)
      expect(weights()).not.toEqual(before)
      before.splice(0, 3, ...weights())
    }
    expect(learner.configure(configOf({ hidden2: 20 }))).toBe(true)
    expect(learner.shape.layers).toEqual([784, 16, 20, 10])
    expect(learner.samples).toBe(0)
  })

  it('stops learning and goes on', async () => {
    const learner = learnerOf()
    learner.advance(20)
    learner.configure(configOf({ mlpLearning: false }))
    const frame = mlpFrame(learner.shape)
    learner.advance(20, frame)
    expect(frame).toMatchObject({ learned: 0, updates: 1, samples: 40 })
    learner.configure(configOf())
    learner.advance(20, frame)
    expect(frame).toMatchObject({ learned: 1, updates: 2 })
  })

  it('silences units for as long as the lesion lasts', () => {
    const learner = learnerOf({ activation: 'sigmoid' })
    learner.advance(100)
    const frame = mlpFrame(learner.shape)
    learner.read(imageAt(2), frame, 1)
    const whole = frame.activations.map(outputs => [...outputs])
    learner.configure(configOf({ activation: 'sigmoid', mlpLesion: 0.5 }))
    learner.read(imageAt(2), frame, 1)
    expect(frame.lesions[0]!.reduce((a, b) => a + b, 0)).toBe(8)
    frame.lesions[0]!.forEach((silent, unit) => {
      expect(frame.activations[0]![unit]).toBe(silent === 1 ? 0 : whole[0]![unit])
      if (silent === 1) expect(frame.gradients[0]![unit]).toBe(0)
    })
    expect(frame.activations[2]).not.toEqual(Float32Array.from(whole[2]!))
    learner.configure(configOf({ activation: 'sigmoid' }))
    learner.read(imageAt(2), frame, 1)
    expect(frame.activations.map(outputs => [...outputs])).toEqual(whole)
  })

  it('refuses one without images, and keeps the one it had', () => {
    const learner = learnerOf()
    expect(() => learner.configure(configOf({ classes: '0000000000' }))).toThrow('no training image')
    expect(learner.config.classes).toBe('1111111111')
    learner.advance(20)
    expect(learner.samples).toBe(20)
  })
})

it('fails before it writes when the loss is not a number', async () => {
  const learner = learnerOf({
    optimiser: 'gradientDescent',
    learningRate: 1,
    activation: 'relu',
    weightDecay: 0.1,
  })
  expect(() => {
    learner.configure(configOf({ optimiser: 'gradientDescent', learningRate: 1e38 }))
    for (let batch = 0; batch < 50; batch++) learner.advance(20)
  }).toThrow(/finite/)
  expect(learner.samples).toBeLessThan(1000)
})

it('takes parameters of its own alone', () => {
  const network = new MlpNetwork(configOf())
  made.push(network)
  expect(network.parameters.every(parameter => parameter instanceof Parameter)).toBe(true)
  expect(network.parameters.length).toBe(6)
})
