// Writes frames of a run to a recording, at times that the maker sets.
import { writeFileSync } from 'node:fs'
import type { BrainFrame } from '../../../experiments/learners/brainFrame.ts'
import type { LearnerData } from '../../../experiments/learners/learner.ts'
import type { MlpFrame } from '../../../experiments/learners/mlpFrame.ts'
import type { LearnerConfig } from '../../../experiments/learners/parameters.ts'
import { brainEncoder, type EncoderOptions, mlpEncoder } from '../../../experiments/recording/encoder.ts'
import { RecordingWriter } from '../../../experiments/recording/writer.ts'
import { loadCompressor } from '../../../experiments/recording/zstd.ts'
import { currentBackend } from '../../../src/index.ts'
import { describeDigits } from './digits.ts'

const HARDEST_COMPRESSION = 19

export interface TapeOptions {
  /** The images that the networks learn from: those of `shippedDigits`. */
  readonly data: LearnerData
  readonly config: LearnerConfig
  readonly mlp: EncoderOptions
  readonly brain: EncoderOptions
}

export class Tape {
  readonly #parts: Uint8Array[] = []
  readonly #writer: RecordingWriter
  readonly #encoders: {
    readonly mlp: ReturnType<typeof mlpEncoder>
    readonly brain: ReturnType<typeof brainEncoder>
  }
  #seconds = 0

  private constructor(writer: RecordingWriter, parts: Uint8Array[], { mlp, brain }: TapeOptions) {
    this.#writer = writer
    this.#parts = parts
    this.#encoders = { mlp: mlpEncoder(mlp), brain: brainEncoder(brain) }
  }

  static async start(options: TapeOptions): Promise<Tape> {
    const parts: Uint8Array[] = []
    const writer = new RecordingWriter(bytes => parts.push(bytes), await loadCompressor(HARDEST_COMPRESSION))
    await writer.start({
      ...{ config: options.config, origin: 'script', recordedAt: '', spikegrad: '' },
      data: await describeDigits(options.data),
      backend: currentBackend().name,
    })
    return new Tape(writer, parts, options)
  }

  /** Adds what both networks showed of one image, `after` seconds after the frames before. */
  async add(
    frames: { readonly mlp?: MlpFrame; readonly brain: BrainFrame },
    { after, detail }: { readonly after: number; readonly detail: boolean },
  ): Promise<void> {
    this.#seconds += after
    const moment = { seconds: this.#seconds, detail, keep: true }
    const messages = [
      ...(frames.mlp ? this.#encoders.mlp.encode(frames.mlp, moment) : []),
      ...this.#encoders.brain.encode(frames.brain, moment),
    ]
    for (const message of messages) await this.#writer.add(message)
  }

  /** From the next image on the run has another configuration. */
  async reconfigure(
    config: LearnerConfig,
    samples: { readonly mlp: number; readonly brain: number },
  ): Promise<void> {
    const { mlp: mlpSamples, brain: brainSamples } = samples
    await this.#writer.addEvent({ seconds: this.#seconds, mlpSamples, brainSamples, exact: true, config })
  }

  async save(file: string): Promise<void> {
    await this.#writer.end()
    writeFileSync(file, Buffer.concat(this.#parts))
  }
}
