// Lesson 5: the same small brain with the inhibition of the paper, and with none.
import { join } from 'node:path'
import { brainFrame } from '../../../experiments/learners/brainFrame.ts'
import { BrainLearner } from '../../../experiments/learners/brainLearner.ts'
import type { LearnerData } from '../../../experiments/learners/learner.ts'
import type { LearnerConfig } from '../../../experiments/learners/parameters.ts'
import { inhibitedConfig, uninhibitedConfig } from '../config.ts'
import { TEST_WINDOW } from './pair.ts'
import { Tape } from './tape.ts'

const IMAGES = 3000
const BETWEEN = 100

export async function makeInhibition(data: LearnerData, folder: string): Promise<void> {
  await record(inhibitedConfig, data, join(folder, 'lesson-inhibited.mcap'))
  await record(uninhibitedConfig, data, join(folder, 'lesson-uninhibited.mcap'))
}

async function record(config: LearnerConfig, data: LearnerData, file: string): Promise<void> {
  const brain = new BrainLearner(config, data)
  const frame = brainFrame(brain.shape)
  const options = { framesPerSecond: 15, bytesPerSecond: 8000, keyframeSeconds: 60 }
  const tape = await Tape.start({ config, data, mlp: options, brain: options })
  for (let samples = BETWEEN; samples <= IMAGES; samples += BETWEEN) {
    brain.advance(samples - brain.samples, frame)
    brain.test(samples === IMAGES ? TEST_WINDOW.brain : TEST_WINDOW.brain / 10)
    brain.retell(frame)
    await tape.add({ brain: frame }, { after: 0.5, detail: false })
  }
  await tape.save(file)
  brain.dispose()
}
