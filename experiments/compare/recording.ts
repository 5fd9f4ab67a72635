// The recording of a comparison: what its tasks tell of themselves, gathered into one file for the viewer.
import type { Dataset } from '../data/dataset.ts'
import { initialConfig, type LearnerConfig, parameters } from '../learners/parameters.ts'
import type { RecordingMessage } from '../recording/encoder.ts'
import { RecordingWriter } from '../recording/writer.ts'
import { loadCompressor } from '../recording/zstd.ts'
import { packageVersion } from '../run/environment.ts'
import type { CompareConfig } from './config.ts'
import type { CompareResult } from './result.ts'
import { BATCH_SIZE, HIDDEN, LEARNING_RATE } from './tasks/mlp.ts'

/** What keeps a comparison from being recorded: numbers that the viewer does not take. */
export function recordingProblems({ neurons, seed }: CompareConfig): string[] {
  const problems: string[] = []
  const { minimum, maximum } = parameters.neurons
  if (neurons < minimum || neurons > maximum) {
    problems.push(`--record: expected ${minimum} to ${maximum} neurons, found ${neurons}`)
  }
  if (seed > parameters.seed.maximum) {
    problems.push(`--record: expected a seed up to ${parameters.seed.maximum}, found ${seed}`)
  }
  return problems
}

/** The comparison's networks in the viewer's terms. */
function learnerConfig({ seed, neurons }: CompareConfig): LearnerConfig {
  return {
    ...initialConfig,
    ...{ seed, neurons, hidden1: HIDDEN, hidden2: HIDDEN },
    ...{ batchSize: BATCH_SIZE, learningRate: LEARNING_RATE },
  }
}

export class RunRecording {
  /** When it began, ms since 1970. */
  readonly since: number
  readonly #writer: RecordingWriter
  readonly #parts: Uint8Array[] = []
  #written: Promise<void>

  private constructor(since: number, start: (take: (bytes: Uint8Array) => void) => RecordingWriter) {
    this.since = since
    this.#writer = start(bytes => this.#parts.push(bytes))
    this.#written = Promise.resolve()
  }

  static async start(
    config: CompareConfig,
    dataset: Dataset,
    backend: CompareResult['backend'],
  ): Promise<RunRecording> {
    const compress = await loadCompressor()
    const now = performance.timeOrigin + performance.now()
    const recording = new RunRecording(now, take => new RecordingWriter(take, compress))
    await recording.#writer.start({
      config: learnerConfig(config),
      data: {
        name: dataset.name,
        trainingImages: config.train,
        testImages: config.test,
        sha256: dataset.sha256,
      },
      origin: 'command',
      backend,
      spikegrad: packageVersion(),
      recordedAt: new Date(now).toISOString(),
    })
    return recording
  }

  add(messages: readonly RecordingMessage[]): void {
    this.#written = this.#written.then(async () => {
      for (const message of messages) await this.#writer.add(message)
    })
    // Told by `end`.
    this.#written.catch(() => undefined)
  }

  /** The whole file. */
  async end(): Promise<Uint8Array> {
    await this.#written
    await this.#writer.end()
    return Buffer.concat(this.#parts)
  }
}
