// Lessons 1, 3, 4, 6 and 7: the first pass over the shipped digits, the trained networks looked at closely, and what they answer.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PIXELS } from '../../../experiments/learners/common.ts'
import type { LearnerData } from '../../../experiments/learners/learner.ts'
import { MlpLearner } from '../../../experiments/learners/mlpLearner.ts'
import { lessonConfig } from '../config.ts'
import type { Figures, Measured } from '../figureTypes.ts'
import type { Counts } from '../laboratory/bill.ts'
import { type Answer, BIN, encodeResponses } from '../laboratory/responses.ts'
import { NetworkPair } from './pair.ts'
import { Tape } from './tape.ts'

const BATCH = lessonConfig.batchSize
/** Whole batches of the first pass over 10,000 images. */
const END = Math.floor(10_000 / BATCH) * BATCH
const SLOW_IMAGES = 10
const LABELLED = 1000
const TESTED = 1000
const labelCounts = [10, 30, 100, 300, 1000] as const
const LABEL_UPDATES = 400
const IMAGE_DURATION = 350

/** Every batch at first, then ever more of them between two frames. */
function milestones(): number[] {
  const places: number[] = []
  for (let batch = 1; batch < END / BATCH; batch += Math.max(1, Math.round(batch / 14)))
    places.push(batch * BATCH)
  return [...new Set([...places, 1024, END])].sort((a, b) => a - b)
}

const sparing = (bytesPerSecond: number) => ({ framesPerSecond: 15, bytesPerSecond, keyframeSeconds: 60 })

export async function makeFirst(data: LearnerData, folder: string): Promise<Omit<Measured, 'forgetting'>> {
  const pair = new NetworkPair(lessonConfig, data)
  const tape = await Tape.start({ config: lessonConfig, data, mlp: sparing(3000), brain: sparing(9000) })
  for (const samples of milestones()) {
    pair.advanceTo(samples)
    await tape.add(pair.frames, { after: 0.25, detail: false })
  }
  await tape.save(join(folder, 'lesson-first.mcap'))
  await closely(pair, folder)
  const { inputSpikes } = answers(pair, folder)
  const bill = counted(pair)
  const { lesions, noise } = damaged(pair)
  pair.dispose()
  return { inputSpikes, labels: labelled(data), bill, lesions, noise }
}

/** A few images in slow motion. */
async function closely(pair: NetworkPair, folder: string): Promise<void> {
  const tape = await Tape.start({
    config: lessonConfig,
    data: pair.data,
    mlp: sparing(2000),
    brain: sparing(4000),
  })
  for (let image = 0; image < SLOW_IMAGES; image++) {
    pair.advanceBrain()
    await tape.add(pair.frames, { after: 2, detail: true })
  }
  await tape.save(join(folder, 'lesson-moment.mcap'))
}

/** The spikes that the trained brain gave to training and test images, without learning from them. */
function answers(pair: NetworkPair, folder: string): { inputSpikes: number } {
  const { brain, frames, data } = pair
  let inputSpikes = 0
  const answer = (images: Uint8Array, labels: Uint8Array, image: number): Answer => {
    const label = labels[image]!
    brain.read(images.subarray(PIXELS * image, PIXELS * (image + 1)), frames.brain, label)
    inputSpikes += frames.brain.inputSpikes
    const { steps, neurons } = frames.brain.spikes.excitatory
    const places = Array.from({ length: frames.brain.excitatorySpikes }, (_, spike) => spike).filter(
      spike => steps[spike]! / 2 < IMAGE_DURATION,
    )
    return {
      label,
      bins: Uint8Array.from(places, spike => Math.floor(steps[spike]! / 2 / BIN)),
      neurons: Uint16Array.from(places, spike => neurons[spike]!),
    }
  }
  const training = Array.from({ length: LABELLED }, (_, place) =>
    answer(data.train.images, data.train.labels, brain.order.at(place)),
  )
  const test = Array.from({ length: TESTED }, (_, image) => answer(data.test.images, data.test.labels, image))
  const bytes = encodeResponses({ neurons: brain.shape.neurons, training, test })
  writeFileSync(join(folder, 'lesson-answers.bin'), bytes)
  return { inputSpikes: inputSpikes / (LABELLED + TESTED) }
}

/** Operations per image, from what the learners count: looking alone, and what learning adds. */
function counted(pair: NetworkPair): Counts {
  const { mlp, brain } = pair
  const images = 15 * BATCH
  const spent = (learning: boolean) => {
    pair.configure({ ...lessonConfig, mlpLearning: learning, brainLearning: learning })
    const before = { mlp: operationsOf(mlp), brain: brain.measures.operations }
    mlp.advance(images)
    brain.advance(images)
    return {
      mlp: (operationsOf(mlp) - before.mlp) / images,
      brain: (brain.measures.operations - before.brain) / images,
    }
  }
  const reading = spent(false)
  const learning = spent(true)
  pair.configure(lessonConfig)
  const steps = 1000
  return {
    mlpReading: Math.round(reading.mlp),
    mlpLearning: Math.round(learning.mlp - reading.mlp),
    brainReading: Math.round(reading.brain),
    brainLearning: Math.round(learning.brain - reading.brain),
    membraneUpdates: 2 * brain.shape.neurons * steps,
  }
}

const operationsOf = (learner: MlpLearner) => learner.measures.operations

/** An MLP that learned from the first labelled images of the stream alone. */
function labelled(data: LearnerData): { labels: number; mlp: number }[] {
  const order = new MlpLearner(lessonConfig, data)
  const rows = labelCounts.map(labels => {
    const places = Array.from({ length: labels }, (_, place) => order.order.at(place))
    const images = new Uint8Array(labels * PIXELS)
    places.forEach((image, row) => {
      images.set(data.train.images.subarray(PIXELS * image, PIXELS * (image + 1)), PIXELS * row)
    })
    const train = { images, labels: Uint8Array.from(places, image => data.train.labels[image]!) }
    const learner = new MlpLearner(lessonConfig, { train, test: data.test })
    learner.advance(LABEL_UPDATES * BATCH)
    // The same images as the recorded answers are to.
    learner.test(TESTED)
    const mlp = learner.measures.testAccuracy
    learner.dispose()
    return { labels, mlp }
  })
  order.dispose()
  return rows
}

/** The trained networks with units silenced, and with noise on the test images. */
function damaged(pair: NetworkPair): Pick<Figures, 'lesions' | 'noise'> {
  const lesions = [0, 0.25, 0.5, 0.75, 0.9].map(share => {
    pair.configure({ ...lessonConfig, mlpLesion: share, brainLesion: share })
    return { share, ...pair.thorough() }
  })
  const noise = [0, 0.25, 0.5, 0.75, 1].map(level => {
    pair.configure({ ...lessonConfig, pixelNoise: level })
    return { level, ...pair.thorough() }
  })
  return { lesions, noise }
}
