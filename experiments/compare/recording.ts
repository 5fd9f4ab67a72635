// The recording of a comparison: what its tasks tell of themselves, gathered into one file for the viewer.
import { diehlCookParameters } from '../../sim/index.ts'
import { type Dataset, firstImages } from '../data/dataset.ts'
import { dataDigest } from '../learners/digest.ts'
import { type LearnerConfig, parameters } from '../learners/parameters.ts'
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

/** The comparison's networks in the viewer's terms: as the tasks make them, whatever a live run begins with. */
function learnerConfig({ seed, neurons }: CompareConfig): LearnerConfig {
  const { excitatory, plasticity, ...brain } = diehlCookParameters
  return {
    ...{ seed, classes: '1111111111', pixelNoise: 0 },
    ...{ hidden1: HIDDEN, hidden2: HIDDEN, mlpLesion: 0, mlpLearning: true },
    activation: 'relu',
    optimiser: 'adam',
    // Adam as it is by default: its momentum is the first of its decays.
    ...{ batchSize: BATCH_SIZE, learningRate: LEARNING_RATE, momentum: 0.9, weightDecay: 0 },
    ...{ neurons, brainLesion: 0, brainLearning: true },
    potentiationRate: plasticity.potentiationRate,
    depressionRate: plasticity.depressionRate,
    tauPre: plasticity.tauPre,
    tauPostFast: plasticity.tauPostFast,
    tauPostSlow: plasticity.tauPostSlow,
    thetaStep: excitatory.thetaStep,
    tauMem: excitatory.tauMem,
    incomingTotal: brain.incomingTotal,
    inhibition: brain.inhibitoryToExcitatory,
    excitation: brain.excitatoryToInhibitory,
    initialIntensity: brain.initialIntensity,
    minimumSpikes: brain.minimumSpikes,
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
    const train = firstImages(dataset.train, config.train)
    const test = firstImages(dataset.test, config.test)
    const sha256 = await dataDigest({ train, test })
    const now = performance.timeOrigin + performance.now()
    const recording = new RunRecording(now, take => new RecordingWriter(take, compress))
    await recording.#writer.start({
      config: learnerConfig(config),
      data: {
        name: dataset.name,
        trainingImages: config.train,
        testImages: config.test,
        sha256,
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
