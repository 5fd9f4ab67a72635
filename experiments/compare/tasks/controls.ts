// The controls that stand beside every accuracy: the spiking network before learning, and the nearest class mean.
import { DiehlCook } from '../../../sim/index.ts'
import { createBackend, useBackend } from '../../../src/index.ts'
import type { ControlsOutcome, ImageData28, TaskContext } from '../outcome.ts'
import { CLASSES, Confusion } from './confusion.ts'
import { evaluateSpiking, imageAt } from './spikingReadout.ts'

export function runControls(context: TaskContext): ControlsOutcome {
  const { config, train, test } = context
  const nearestClassMean = nearestMeanAccuracy(train, test)
  useBackend(createBackend(config.backend))
  const model = new DiehlCook({ neurons: config.neurons, seed: config.seed })
  const answers = evaluateSpiking(model, context)?.test
  model.dispose()
  return {
    status: answers ? 'complete' : 'stopped',
    untrainedSnn: answers?.vote.accuracy ?? null,
    nearestClassMean,
  }
}

/** Accuracy of naming the class whose mean training image is nearest, by Euclidean distance. */
export function nearestMeanAccuracy(train: ImageData28, test: ImageData28): number {
  const means = classMeans(train)
  const confusion = new Confusion()
  for (let index = 0; index < test.count; index++) {
    const image = imageAt(test, index)
    let nearest = -1
    let least = Number.POSITIVE_INFINITY
    means.forEach((mean, label) => {
      if (mean === null) return
      let distance = 0
      for (let k = 0; k < mean.length; k++) distance += (mean[k]! - image[k]!) ** 2
      if (distance < least) {
        least = distance
        nearest = label
      }
    })
    confusion.add(test.labels[index]!, nearest)
  }
  return confusion.accuracy
}

/** Mean image of each class, null where a class has none. */
function classMeans(train: ImageData28): (Float64Array | null)[] {
  const sums = Array.from({ length: CLASSES }, () => new Float64Array(784))
  const counts = new Array<number>(CLASSES).fill(0)
  for (let index = 0; index < train.count; index++) {
    const label = train.labels[index]!
    const sum = sums[label]!
    const image = imageAt(train, index)
    counts[label] = counts[label]! + 1
    for (let k = 0; k < image.length; k++) sum[k] = sum[k]! + image[k]!
  }
  return sums.map((sum, label) => (counts[label]! > 0 ? sum.map(total => total / counts[label]!) : null))
}
