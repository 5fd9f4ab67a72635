// The spiking side: the Diehl & Cook network, one unsupervised pass over the training images, then its read-out.
import {
  DiehlCook,
  diehlCookParameters,
  ResponseTable,
  type SpikeEvents,
  VoteReadout,
} from '../../../sim/index.ts'
import { createBackend, useBackend } from '../../../src/index.ts'
import type { SnnOutcome, SpikeRaster, TaskContext } from '../outcome.ts'
import { BrainFrames } from './brainFrames.ts'
import { Clock } from './clock.ts'
import { CLASSES } from './confusion.ts'
import { LearningCurve } from './learningCurve.ts'
import { evaluateSpiking, imageAt } from './spikingReadout.ts'

/** How much a window of responses still counts one window later, in the read-out that follows learning. */
const WINDOW_MEMORY = 0.5
/** The test image whose spikes are kept. */
const RASTER_IMAGE = 0

export function runSpiking(context: TaskContext): SnnOutcome {
  const { config, train } = context
  const backend = useBackend(createBackend(config.backend))
  const model = new DiehlCook({ neurons: config.neurons, seed: config.seed })
  const curve = new LearningCurve(train.count)
  const clock = new Clock()
  const frames = context.tape ? new BrainFrames(context.tape, model, train) : null
  const complete = learn(model, context, curve, frames)
  const trainSeconds = clock.seconds
  const presentations = model.activity.attempts
  const evaluation = complete ? evaluateSpiking(model, context) : null
  const weights = model.weights.toArray() as Float32Array
  const theta = model.theta.toArray() as Float32Array
  const labels = evaluation?.labels ?? null
  const tested = evaluation?.test ?? null
  if (labels && tested) frames?.finish(labels, tested.vote)
  return {
    status: tested ? 'complete' : 'stopped',
    backend: backend.name,
    testAccuracy: tested?.vote.accuracy ?? null,
    testAccuracyLogLikelihood: tested?.logLikelihood.accuracy ?? null,
    trainSeconds,
    presentations,
    secondsPerPresentation: presentations > 0 ? trainSeconds / presentations : 0,
    neurons: config.neurons,
    spikesPerImage: tested?.spikesPerImage ?? null,
    effectiveAcsPerImage: tested?.accumulatesPerImage ?? null,
    labelImages: labels ? config.labelImages : 0,
    parameters: weights.length + theta.length,
    curve: curve.points,
    confusion: tested?.vote.counts ?? null,
    confusionLogLikelihood: tested?.logLikelihood.counts ?? null,
    weights: [
      {
        name: 'inputToExcitatory.weight',
        shape: [diehlCookParameters.inputs, config.neurons],
        data: weights,
      },
      { name: 'excitatory.theta', shape: [config.neurons], data: theta },
      ...(labels ? [{ name: 'excitatory.label', shape: [config.neurons], data: labels }] : []),
    ],
    receptiveFields: weights,
    neuronLabels: labels ?? new Int32Array(config.neurons).fill(-1),
    raster: tested ? rasterOf(model, context) : null,
  }
}

/**
 * One pass of plasticity, which sees no label. The labels serve the learning curve alone: a read-out made from the
 * windows before predicts each response. Returns whether the pass was completed.
 */
function learn(
  model: DiehlCook,
  context: TaskContext,
  curve: LearningCurve,
  frames: BrainFrames | null,
): boolean {
  const { train, shouldStop, progress, metric } = context
  const responses = new ResponseTable(CLASSES, model.neurons)
  let readout: VoteReadout | null = null
  const clock = new Clock()
  for (let index = 0; index < train.count; index++) {
    if (shouldStop()) return false
    const label = train.labels[index]!
    const counts = frames
      ? frames.present(index, readout, curve.accuracy)
      : model.present(imageAt(train, index), { learning: true, stream: 'training', index }).counts
    const point = curve.add(readout ? readout.predict(counts) === label : null)
    if (point) metric({ ...point, presentations: model.activity.attempts })
    responses.add(label, counts)
    if (curve.images % curve.window === 0) {
      readout = new VoteReadout(responses)
      responses.fade(WINDOW_MEMORY)
    }
    progress({
      phase: 'training',
      done: index + 1,
      total: train.count,
      imagesPerSecond: clock.rate(index + 1),
      ...(curve.accuracy !== undefined && { accuracy: curve.accuracy }),
    })
  }
  return true
}

function rasterOf(model: DiehlCook, { test }: TaskContext): SpikeRaster {
  const pixels = imageAt(test, RASTER_IMAGE).slice()
  const { intensity, input, excitatory } = model.raster(pixels, { stream: 'testing', index: RASTER_IMAGE })
  const events = ({ times, indices }: SpikeEvents) => ({ timeMs: Float32Array.from(times), index: indices })
  return {
    image: RASTER_IMAGE,
    label: test.labels[RASTER_IMAGE]!,
    pixels,
    durationMs: diehlCookParameters.imageDuration + diehlCookParameters.blankDuration,
    intensity,
    input: events(input),
    excitatory: events(excitatory),
  }
}
