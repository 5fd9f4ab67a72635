// Records a run without a page: both networks, image by image at the same pace, at times that the plan sets.
import { brainFrame } from '../../experiments/learners/brainFrame.ts'
import { BrainLearner } from '../../experiments/learners/brainLearner.ts'
import type { LearnerData } from '../../experiments/learners/learner.ts'
import { mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { MlpLearner } from '../../experiments/learners/mlpLearner.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import {
  brainEncoder,
  type EncoderOptions,
  mlpEncoder,
  usualOptions,
} from '../../experiments/recording/encoder.ts'
import type { RecordedData } from '../../experiments/recording/information.ts'
import { RecordingWriter } from '../../experiments/recording/writer.ts'
import { loadCompressor } from '../../experiments/recording/zstd.ts'
import { currentBackend } from '../../src/index.ts'

/** A part of a run. */
export interface PlanStage {
  /** It ends when the brain has seen this many images. */
  readonly samples: number
  /** A frame of each network after so many images. */
  readonly framesEvery: number
  /** Seconds of the recording that a frame takes; 1/15 by default. */
  readonly secondsPerFrame?: number
  /** Whether input spikes and membranes are kept, for slow motion. */
  readonly slow?: boolean
  /** The configuration from here on. */
  readonly config?: LearnerConfig
}

export interface RecordOptions {
  readonly config: LearnerConfig
  readonly plan: readonly PlanStage[]
  readonly data: LearnerData
  readonly about: RecordedData
  readonly mlp?: EncoderOptions
  readonly brain?: EncoderOptions
  /** Images of each that a frame's test accuracies are moved on by. */
  readonly tests?: { readonly mlp: number; readonly brain: number }
}

const HARDEST_COMPRESSION = 19
const usualTests = { mlp: 500, brain: 10 } as const
const SECONDS_PER_FRAME = 1 / 15

/** Runs the plan and returns the file, with digests of what both networks have learned at its end. */
export async function record(options: RecordOptions): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const writer = new RecordingWriter(bytes => parts.push(bytes), await loadCompressor(HARDEST_COMPRESSION))
  const run = new RecordedRun(options, writer)
  await writer.start({
    config: options.config,
    data: options.about,
    origin: 'script',
    backend: currentBackend().name,
    spikegrad: '',
    recordedAt: '',
  })
  for (const stage of options.plan) await run.go(stage)
  await run.end()
  await writer.end()
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

class RecordedRun {
  readonly #options: RecordOptions
  readonly #writer: RecordingWriter
  readonly #mlp: MlpLearner
  readonly #brain: BrainLearner
  readonly #encoders: {
    readonly mlp: ReturnType<typeof mlpEncoder>
    readonly brain: ReturnType<typeof brainEncoder>
  }
  #seconds = 0

  constructor(options: RecordOptions, writer: RecordingWriter) {
    this.#options = options
    this.#writer = writer
    this.#mlp = new MlpLearner(options.config, options.data)
    this.#brain = new BrainLearner(options.config, options.data)
    this.#encoders = {
      mlp: mlpEncoder(options.mlp ?? usualOptions.mlp),
      brain: brainEncoder(options.brain ?? usualOptions.brain),
    }
  }

  async go(stage: PlanStage): Promise<void> {
    const { config, samples, framesEvery, secondsPerFrame = SECONDS_PER_FRAME, slow = false } = stage
    if (config) await this.#configure(config)
    while (this.#brain.samples < samples) {
      await this.#frame(Math.min(framesEvery, samples - this.#brain.samples), slow)
      this.#seconds += secondsPerFrame
    }
  }

  async end(): Promise<void> {
    for (const learner of [this.#mlp, this.#brain]) {
      const { kind, samples } = learner
      await this.#writer.addDigest({ kind, samples, sha256: await learner.digest() })
      learner.dispose()
    }
  }

  async #configure(config: LearnerConfig): Promise<void> {
    const [mlpSamples, brainSamples] = [this.#mlp.samples, this.#brain.samples]
    this.#mlp.configure(config)
    this.#brain.configure(config)
    await this.#writer.addEvent({ seconds: this.#seconds, mlpSamples, brainSamples, exact: true, config })
  }

  /** Both learn from so many more images; the MLP, in whole batches, shows the brain's last one. */
  async #frame(images: number, detail: boolean): Promise<void> {
    const [mlp, brain] = [this.#mlp, this.#brain]
    const { tests = usualTests } = this.#options
    const frames = { mlp: mlpFrame(mlp.shape), brain: brainFrame(brain.shape) }
    brain.advance(images, frames.brain)
    brain.test(tests.brain)
    brain.retell(frames.brain)
    const due = brain.samples - mlp.samples
    if (due >= mlp.config.batchSize) {
      mlp.advance(due)
      mlp.test(tests.mlp)
    }
    mlp.read(frames.brain.pixels, frames.mlp, frames.brain.label, frames.brain.image)
    const moment = { seconds: this.#seconds, detail, keep: true }
    for (const message of this.#encoders.brain.encode(frames.brain, moment)) await this.#writer.add(message)
    for (const message of this.#encoders.mlp.encode(frames.mlp, moment)) await this.#writer.add(message)
    const { ratio } = this.#writer
    if (ratio !== null)
      for (const kind of ['mlp', 'brain'] as const) this.#encoders[kind].budget.ratio = ratio
  }
}
