// The tasks of the comparison: what they measure, count and keep, on small real data.
import { describe, expect, it } from 'vitest'
import type { CompareConfig } from '../../experiments/compare/config.ts'
import type { ImageData28, TaskContext, TaskProgress } from '../../experiments/compare/outcome.ts'
import { Confusion } from '../../experiments/compare/tasks/confusion.ts'
import { nearestMeanAccuracy, runControls } from '../../experiments/compare/tasks/controls.ts'
import { LearningCurve } from '../../experiments/compare/tasks/learningCurve.ts'
import { createClassifier, runMlp, trainAndTest } from '../../experiments/compare/tasks/mlp.ts'
import { runSpiking } from '../../experiments/compare/tasks/spiking.ts'
import { useBackend } from '../../src/index.ts'
import { loadMnistImages, loadMnistLabels } from '../mnist.ts'

function mnist(part: 'train' | 't10k', count: number): ImageData28 {
  return { images: loadMnistImages(part, count), labels: loadMnistLabels(part, count), count }
}

const train = mnist('train', 600)
const test = mnist('t10k', 200)

function contextFor(changes: Partial<CompareConfig> = {}, stopAfter = Number.POSITIVE_INFINITY) {
  const updates: TaskProgress[] = []
  const metrics: Record<string, number | string>[] = []
  let polls = 0
  const context: TaskContext = {
    config: {
      ...{ seed: 1, neurons: 30, train: train.count, test: test.count, epochs: 2, labelImages: 300 },
      ...{ quick: true, data: null, backend: 'wasm' },
      ...changes,
    },
    train,
    test,
    shouldStop: () => polls++ >= stopAfter,
    progress: update => updates.push(update),
    metric: line => metrics.push(line),
  }
  return { context, updates, metrics }
}

describe('runMlp', () => {
  it('learns, and reports all it measured', () => {
    const { context, updates, metrics } = contextFor()
    const outcome = runMlp(context)
    expect(outcome).toMatchObject({ status: 'complete', epochs: 2, parameters: 55_050 })
    expect(outcome.testAccuracy).toBeGreaterThan(0.6)
    expect(outcome.confusion!.flat().reduce((sum, count) => sum + count, 0)).toBe(test.count)
    const right = outcome.confusion!.reduce((sum, row, label) => sum + row[label]!, 0)
    expect(outcome.testAccuracy).toBe(right / test.count)
    expect(outcome.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['hidden1.weight', [784, 64]],
      ['hidden1.bias', [64]],
      ['hidden2.weight', [64, 64]],
      ['hidden2.bias', [64]],
      ['output.weight', [64, 10]],
      ['output.bias', [10]],
    ])
    expect(outcome.memoryAfterEpoch).toHaveLength(2)
    expect(outcome.curve.map(({ images }) => images)).toEqual([
      100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200,
    ])
    expect(outcome.curve.at(-1)!.accuracy).toBeGreaterThan(outcome.curve[0]!.accuracy)
    expect(updates.filter(({ phase }) => phase === 'training').at(-1)).toMatchObject({
      done: 1200,
      total: 1200,
    })
    expect(updates.at(-1)).toMatchObject({
      phase: 'testing',
      done: 200,
      total: 200,
      accuracy: outcome.testAccuracy,
    })
    expect(metrics.filter(line => 'accuracy' in line)).toHaveLength(12)
  })

  it('counts effective MACs as a plain forward pass does', () => {
    const outcome = runMlp(contextFor().context)
    const [w1, b1, w2, b2, w3] = outcome.weights.map(({ data }) => data) as Float32Array[]
    let macs = 0
    /** relu(x w + b), counting every product of two non-zeros. */
    const layer = (x: number[], w: Float32Array, b: Float32Array | undefined, outputs: number) => {
      const y = Array.from({ length: outputs }, (_, j) => b?.[j] ?? 0)
      x.forEach((value, k) => {
        if (value === 0) return
        for (let j = 0; j < outputs; j++) {
          const weight = w[k * outputs + j]!
          if (weight !== 0) macs++
          y[j]! += value * weight
        }
      })
      return y.map(value => Math.max(0, value))
    }
    for (let n = 0; n < test.count; n++) {
      const pixels = [...test.images.subarray(784 * n, 784 * (n + 1))].map(pixel => pixel / 255)
      layer(layer(layer(pixels, w1!, b1, 64), w2!, b2, 64), w3!, undefined, 10)
    }
    // A unit may lie within rounding of 0 in one of the two.
    expect(Math.abs(outcome.effectiveMacsPerImage! - macs / test.count)).toBeLessThan(2)
  })

  it('gives the same bits for the same seed, and others for another', () => {
    const weights = (seed: number) => Buffer.from(runMlp(contextFor({ seed }).context).firstLayer.buffer)
    expect(weights(1).equals(weights(1))).toBe(true)
    expect(weights(1).equals(weights(2))).toBe(false)
  })

  it('stops when asked to, with what it has', () => {
    const outcome = runMlp(contextFor({}, 10).context)
    expect(outcome).toMatchObject({ status: 'stopped', testAccuracy: null, confusion: null, epochs: 0 })
    expect(outcome.curve.length).toBe(3)
    expect(outcome.weights).toHaveLength(6)
  })

  it('stops at the step where the loss is no longer finite, and keeps the weights from before', () => {
    useBackend('wasm')
    const model = createClassifier(1)
    const [weight] = model.parameters()
    weight!.write(weight!.toArray().map(value => value * 1e38))
    const before = weight!.toArray()
    const outcome = trainAndTest(model, contextFor().context)
    expect(outcome).toMatchObject({ status: 'failed', testAccuracy: null })
    expect(outcome.message).toBe(
      'the loss stopped being finite at step 1; the weights from before it are kept',
    )
    expect(outcome.firstLayer).toEqual(before)
  })
})

describe('runSpiking', () => {
  it('learns without labels, and reports all it measured', () => {
    const { context, updates } = contextFor()
    const outcome = runSpiking(context)
    expect(outcome).toMatchObject({ status: 'complete', neurons: 30, labelImages: 300, parameters: 785 * 30 })
    expect(outcome.presentations).toBeGreaterThanOrEqual(600)
    expect(outcome.testAccuracy).toBeGreaterThan(0.3)
    expect(outcome.testAccuracyLogLikelihood).toBeGreaterThan(0.4)
    expect(outcome.spikesPerImage).toBeGreaterThanOrEqual(5)
    // Each of some thousand input spikes reaches up to 30 cells.
    expect(outcome.effectiveAcsPerImage).toBeGreaterThan(10_000)
    expect(outcome.effectiveAcsPerImage).toBeLessThan(200_000)
    expect(outcome.neuronLabels).toHaveLength(30)
    expect(outcome.curve.map(({ images }) => images)).toEqual([200, 300, 400, 500, 600])
    expect(outcome.raster!.label).toBe(test.labels[0])
    expect(outcome.raster!.input.timeMs.length).toBeGreaterThan(500)
    expect(Math.max(...outcome.raster!.input.timeMs)).toBeLessThan(350)
    expect(updates.map(({ phase }) => phase).filter((phase, n, all) => phase !== all[n - 1])).toEqual([
      'training',
      'labelling',
      'testing',
    ])
  })

  it('gives the same bits for the same seed, on either backend', () => {
    const weights = (backend: 'js' | 'wasm') =>
      Buffer.from(
        runSpiking(contextFor({ backend, neurons: 10, labelImages: 20 }, 60).context).receptiveFields.buffer,
      )
    expect(weights('wasm').equals(weights('wasm'))).toBe(true)
    expect(weights('wasm').equals(weights('js'))).toBe(true)
  })

  it('stops when asked to, in each phase, with what it has', () => {
    for (const [polls, labelImages] of [
      [50, 0],
      [700, 0],
      [1000, 300],
    ] as const) {
      const outcome = runSpiking(contextFor({}, polls).context)
      expect(outcome).toMatchObject({ status: 'stopped', testAccuracy: null, raster: null, labelImages })
      // Labels that were found are kept; none are made up.
      const names = outcome.weights.map(({ name }) => name)
      expect(names.includes('excitatory.label')).toBe(labelImages > 0)
      expect(outcome.receptiveFields).toHaveLength(784 * 30)
    }
  })
})

describe('controls', () => {
  it('measure the untrained network and the nearest class mean', () => {
    const outcome = runControls(contextFor().context)
    expect(outcome.status).toBe('complete')
    expect(outcome.untrainedSnn).toBeGreaterThan(0.05)
    expect(outcome.untrainedSnn).toBeLessThan(0.6)
    expect(outcome.nearestClassMean).toBeGreaterThan(0.6)
  })

  it('name the nearest mean, where classes are missing too', () => {
    const pixel = (value: number) => new Uint8Array(784).fill(value)
    const images = (...values: number[]) => Uint8Array.from(values.flatMap(value => [...pixel(value)]))
    const known = { images: images(0, 20, 200), labels: Uint8Array.of(3, 3, 7), count: 3 }
    const asked = { images: images(15, 100, 106, 255), labels: Uint8Array.of(3, 3, 7, 3), count: 4 }
    expect(nearestMeanAccuracy(known, asked)).toBe(0.75)
  })
})

describe('LearningCurve', () => {
  it('counts in windows, and leaves out what could not be predicted', () => {
    const curve = new LearningCurve(600)
    expect(curve.accuracy).toBeUndefined()
    for (let n = 0; n < 100; n++) expect(curve.add(null)).toBeUndefined()
    for (let n = 0; n < 99; n++) curve.add(n % 2 === 0)
    expect(curve.accuracy).toBe(50 / 99)
    expect(curve.add(true)).toEqual({ images: 200, accuracy: 0.51 })
  })
})

describe('Confusion', () => {
  it('counts no class as wrong and in no column', () => {
    const confusion = new Confusion()
    confusion.add(3, 3)
    confusion.add(3, -1)
    expect(confusion.accuracy).toBe(0.5)
    expect(confusion.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(() => confusion.add(10, 0)).toThrow(/label must be an integer from 0 to 9, got 10/)
  })
})
