// Reads a frozen spiking network out: labels from training images, accuracy on test images.
import { type DiehlCook, LogLikelihoodReadout, ResponseTable, VoteReadout } from '../../../sim/index.ts'
import type { ImageData28, TaskContext, TaskProgress } from '../outcome.ts'
import { Clock } from './clock.ts'
import { CLASSES, Confusion } from './confusion.ts'
import { nonZerosByRow } from './operations.ts'

/** What a frozen network answers to test images. */
export interface SpikingTest {
  readonly vote: Confusion
  readonly logLikelihood: Confusion
  /** Excitatory spikes that a test image evoked, in the mean. */
  readonly spikesPerImage: number
  /**
   * Effective accumulates of a test image, in the mean, repeated presentations included: each spike times the non-zero
   * weights it meets. (NeuroBench, Yik et al. 2025, doi 10.1038/s41467-025-56739-4.)
   */
  readonly accumulatesPerImage: number
}

export interface SpikingEvaluation {
  /** Class of each neuron, -1 for one that never fired. */
  readonly labels: Int32Array
  /** Null when the test was stopped before its end. */
  readonly test: SpikingTest | null
}

export function imageAt({ images }: ImageData28, index: number): Uint8Array {
  return images.subarray(784 * index, 784 * (index + 1))
}

/** Shows images without learning; returns how many it showed before it was asked to stop. */
function showAll(
  model: DiehlCook,
  images: ImageData28,
  count: number,
  context: TaskContext,
  phase: TaskProgress['phase'],
  see: (index: number, counts: Float32Array, spikes: number) => void,
  accuracy: () => number | undefined,
): number {
  const clock = new Clock()
  for (let index = 0; index < count; index++) {
    if (context.shouldStop()) return index
    const { counts, spikes } = model.present(imageAt(images, index), {
      learning: false,
      stream: phase,
      index,
    })
    see(index, counts, spikes)
    const now = accuracy()
    context.progress({
      phase,
      done: index + 1,
      total: count,
      imagesPerSecond: clock.rate(index + 1),
      ...(now !== undefined && { accuracy: now }),
    })
  }
  return count
}

/** Labels neurons from the first `labelImages` training images, then predicts every test image; null if labelling stopped. */
export function evaluateSpiking(model: DiehlCook, context: TaskContext): SpikingEvaluation | null {
  const { config, train, test } = context
  const responses = new ResponseTable(CLASSES, model.neurons)
  const labelled = showAll(
    model,
    train,
    config.labelImages,
    context,
    'labelling',
    (index, counts) => responses.add(train.labels[index]!, counts),
    () => undefined,
  )
  if (labelled < config.labelImages) return null
  const voteReadout = new VoteReadout(responses)
  const logLikelihoodReadout = new LogLikelihoodReadout(responses)
  const vote = new Confusion()
  const logLikelihood = new Confusion()
  let spikesSeen = 0
  model.clearActivity()
  const tested = showAll(
    model,
    test,
    test.count,
    context,
    'testing',
    (index, counts, spikes) => {
      vote.add(test.labels[index]!, voteReadout.predict(counts))
      logLikelihood.add(test.labels[index]!, logLikelihoodReadout.predict(counts))
      spikesSeen += spikes
    },
    () => vote.accuracy,
  )
  const { labels } = voteReadout
  if (tested < test.count) return { labels, test: null }
  const spikesPerImage = spikesSeen / test.count
  const accumulatesPerImage = accumulates(model) / test.count
  return { labels, test: { vote, logLikelihood, spikesPerImage, accumulatesPerImage } }
}

/** Accumulates since the activity was cleared: input rows, one inhibitory partner, all but the own partner. */
function accumulates({ activity, weights, neurons }: DiehlCook): number {
  const fanOut = nonZerosByRow(weights)
  let total = activity.excitatorySpikes + activity.inhibitorySpikes * (neurons - 1)
  activity.inputSpikes.forEach((spikes, input) => {
    total += spikes * fanOut[input]!
  })
  return total
}
