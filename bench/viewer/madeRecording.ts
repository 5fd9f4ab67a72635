// A recording of both networks learning, of any length in recorded time, made as fast as they learn.
import { loadDataset } from '../../experiments/data/dataset.ts'
import { mnistFolder } from '../../experiments/data/mnist.ts'
import { brainFrame } from '../../experiments/learners/brainFrame.ts'
import { BrainLearner } from '../../experiments/learners/brainLearner.ts'
import { mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { MlpLearner } from '../../experiments/learners/mlpLearner.ts'
import { initialConfig } from '../../experiments/learners/parameters.ts'
import { brainEncoder, mlpEncoder } from '../../experiments/recording/encoder.ts'
import { RecordingWriter } from '../../experiments/recording/writer.ts'
import { loadCompressor } from '../../experiments/recording/zstd.ts'
import { currentBackend } from '../../src/index.ts'

/** Frames of each network in a recorded second: as many as a recording keeps. */
const RATE = 15
/** A frame in so many shows what only slow motion does. */
const DETAILED = 10

export async function makeRecording(seconds: number): Promise<Uint8Array<ArrayBuffer>> {
  const { name, sha256, train, test } = await loadDataset(mnistFolder())
  const config = { ...initialConfig, neurons: 400 }
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const writer = new RecordingWriter(bytes => pieces.push(bytes), await loadCompressor())
  await writer.start({
    ...{ config, origin: 'script', backend: currentBackend().name, spikegrad: '', recordedAt: '' },
    data: { name, trainingImages: train.labels.length, testImages: test.labels.length, sha256 },
  })
  const mlp = new MlpLearner(config, { train, test })
  const brain = new BrainLearner(config, { train, test })
  const frames = { mlp: mlpFrame(mlp.shape), brain: brainFrame(brain.shape) }
  const encoders = { mlp: mlpEncoder(), brain: brainEncoder() }
  for (let index = 0; index < seconds * RATE; index++) {
    brain.advance(1, frames.brain)
    mlp.advance(config.batchSize, frames.mlp)
    const moment = { seconds: index / RATE, detail: index % DETAILED === 0 }
    for (const message of encoders.brain.encode(frames.brain, moment)) await writer.add(message)
    for (const message of encoders.mlp.encode(frames.mlp, moment)) await writer.add(message)
  }
  await writer.end()
  mlp.dispose()
  brain.dispose()
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}
