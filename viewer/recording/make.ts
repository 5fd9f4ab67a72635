// Makes the recording that comes with the page: a run from nothing to digits, small enough to be there at once.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { initialConfig } from '../../experiments/learners/parameters.ts'
import { RecordingError } from '../../experiments/recording/errors.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import { createBackend, useBackend } from '../../src/index.ts'
import { describeDigits, shippedDigits } from '../lessons/make/digits.ts'
import { type PlanStage, record } from './record.ts'

const file = fileURLToPath(new URL('../recordings/poster.mcap', import.meta.url))
const MOST_BYTES = 180_000

/** Frames a second, and seconds in all. */
const RATE = 5
const SECONDS = 9
/** Images at the end; the first frames are an image apart, and from one to the next there are ever more. */
const IMAGES = 8000

/** Frames come at an even pace, their images growing as a power of time. */
function plan(): PlanStage[] {
  const frames = RATE * SECONDS
  const stages: PlanStage[] = []
  let before = 0
  for (let frame = 1; frame <= frames; frame++) {
    const samples = Math.max(before + 1, Math.round(IMAGES * (frame / frames) ** 2))
    stages.push({ samples, framesEvery: samples - before, secondsPerFrame: 1 / RATE })
    before = samples
  }
  return stages
}

const sparing = (bytesPerSecond: number) => ({
  framesPerSecond: RATE,
  bytesPerSecond,
  keyframeSeconds: 1000,
  coarse: true,
})

useBackend(createBackend())
const data = shippedDigits()
const bytes = await record({
  config: initialConfig,
  plan: plan(),
  data,
  about: await describeDigits(data),
  tests: { mlp: 500, brain: 30 },
  mlp: sparing(300),
  brain: sparing(4000),
})
mkdirSync(new URL('../recordings/', import.meta.url), { recursive: true })
writeFileSync(file, bytes)
const recording = await openRecording(bytes)
const { testAccuracy: mlp } = recording.frames('mlp').summary(recording.frames('mlp').length - 1)
const { testAccuracy: brain } = recording.frames('brain').summary(recording.frames('brain').length - 1)
console.log(
  `${bytes.length} bytes, ${recording.seconds} s, ${recording.moments.length} moments; test accuracy ${mlp}, ${brain}`,
)
if (bytes.length > MOST_BYTES)
  throw new RecordingError('tooLarge', `poster: expected up to ${MOST_BYTES} bytes, found ${bytes.length}`)
