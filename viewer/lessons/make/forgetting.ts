// Lesson 8: the digits 0 to 4, then 5 to 9 and never 0 to 4 again.
import { join } from 'node:path'
import type { LearnerData } from '../../../experiments/learners/learner.ts'
import { newDigitsConfig, oldDigitsConfig } from '../config.ts'
import type { Figures } from '../figureTypes.ts'
import { NetworkPair } from './pair.ts'
import { Tape } from './tape.ts'

const BATCH = oldDigitsConfig.batchSize
/** Images of each half of the run. */
const HALF = 94 * BATCH
const OLD = [0, 1, 2, 3, 4]
const NEW = [5, 6, 7, 8, 9]

/** Close together after the change, where most happens. */
const spacing = (sinceChange: number) => (sinceChange < 8 * BATCH ? BATCH : 4 * BATCH)

export async function makeForgetting(data: LearnerData, folder: string): Promise<Figures['forgetting']> {
  const pair = new NetworkPair(oldDigitsConfig, data)
  const tape = await Tape.start({
    ...{ config: oldDigitsConfig, data },
    mlp: { framesPerSecond: 15, bytesPerSecond: 2000, keyframeSeconds: 60 },
    brain: { framesPerSecond: 15, bytesPerSecond: 7000, keyframeSeconds: 60 },
  })
  const learn = async (end: number) => {
    const start = pair.mlp.samples
    for (let samples = start; samples < end; ) {
      samples = Math.min(samples + spacing(samples - start), end)
      pair.advanceTo(samples)
      await tape.add(pair.frames, { after: 0.3, detail: false })
    }
  }
  await learn(HALF)
  const before = pair.thorough(OLD)
  pair.configure(newDigitsConfig)
  await tape.reconfigure(newDigitsConfig, { mlp: pair.mlp.samples, brain: pair.brain.samples })
  await learn(2 * HALF)
  const after = pair.thorough(OLD)
  const newDigits = pair.thorough(NEW)
  await tape.save(join(folder, 'lesson-forgetting.mcap'))
  pair.dispose()
  return { imagesBefore: HALF, imagesAfter: HALF, before, after, newDigits }
}
