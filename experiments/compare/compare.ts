// The comparison: trains the MLP and the spiking network side by side and writes the run.
import { performance } from 'node:perf_hooks'
import { formatDuration, formatPercent } from '../cli/format.ts'
import { taskTitles } from '../cli/progress.ts'
import { type Dataset, firstImages } from '../data/dataset.ts'
import { describeError } from '../errors.ts'
import { describeEnvironment } from '../run/environment.ts'
import type { Experiment, RunContext } from '../run/experiment.ts'
import { jsonText, type RunFolder } from '../run/runFolder.ts'
import { type CompareConfig, compareConfigSchema } from './config.ts'
import type { WorkerMessage } from './messages.ts'
import type { ControlsOutcome, MlpOutcome, SnnOutcome, TaskName } from './outcome.ts'
import { RunRecording } from './recording.ts'
import { type CompareResult, makeResult } from './result.ts'
import { encodeWeights } from './weights.ts'
import { runWorkers, type StartWorker } from './workers.ts'

export interface CompareInputs {
  readonly dataset: Dataset
  /** What the kernels will run on, found out before training starts. */
  readonly backend: CompareResult['backend']
  /** Whether both networks are recorded while they train: recording.mcap, for the viewer. */
  readonly record?: boolean
  /** Starts a worker; a test passes its own. */
  readonly startWorker?: StartWorker
}

/** Two threads: the MLP's is done early and makes the controls. */
const groups: readonly (readonly TaskName[])[] = [['mlp', 'controls'], ['snn']]

/** How a task ended, in the few words that fit beside its bar. */
function describeOutcome(outcome: MlpOutcome | SnnOutcome | ControlsOutcome): string {
  if (outcome.status === 'failed') return `failed: ${outcome.message ?? 'no reason given'}`
  const state = outcome.status === 'stopped' ? 'stopped' : 'done'
  if (!('testAccuracy' in outcome)) {
    const { nearestClassMean, untrainedSnn } = outcome
    return `${state}, untrained ${formatPercent(untrainedSnn)}, class mean ${formatPercent(nearestClassMean)}`
  }
  return `${state}, test accuracy ${formatPercent(outcome.testAccuracy)}, trained in ${formatDuration(outcome.trainSeconds)}`
}

/** Writes what arrives, as it arrives, so that a later accident loses nothing. */
class Recorder {
  readonly problems: string[] = []
  readonly #folder: RunFolder
  readonly #display: RunContext['display']
  readonly #config: CompareConfig
  readonly #writes: Promise<void>[] = []
  readonly #recording: RunRecording | null

  constructor({ folder, display }: RunContext, config: CompareConfig, recording: RunRecording | null) {
    this.#folder = folder
    this.#display = display
    this.#config = config
    this.#recording = recording
  }

  readonly receive = (message: WorkerMessage): void => {
    const { kind, task } = message
    if (kind === 'progress') this.#display.update(task, message.update)
    if (kind === 'metric') this.#metric(task, message.line)
    if (kind === 'recorded') this.#recording?.add(message.messages)
    if (kind === 'outcome') {
      this.#display.finish(task, describeOutcome(message.outcome))
      this.#metric(task, { event: 'end', status: message.outcome.status })
      if (message.task !== 'controls') {
        this.attempt(`weights/${task}.safetensors`, () =>
          encodeWeights(message.outcome, taskTitles[task], this.#config),
        )
      }
    }
    if (kind === 'error') {
      this.#display.finish(task, `failed: ${message.message}`)
      this.#metric(task, { event: 'error', message: message.message, stack: message.stack ?? '' })
    }
  }

  /** Writes a file, and notes it when that fails instead of stopping what else there is to write. */
  attempt(name: string, contents: () => string | Uint8Array | Promise<string | Uint8Array>): void {
    this.#writes.push(
      (async () => {
        try {
          await this.#folder.write(name, await contents())
        } catch (error) {
          this.problems.push(`${name}: ${describeError(error)}`)
        }
      })(),
    )
  }

  async settled(): Promise<void> {
    await Promise.all(this.#writes)
  }

  /** Waits for the weights, and closes the recording and metrics.jsonl. */
  async finishMetrics(): Promise<void> {
    const recording = this.#recording
    if (recording) this.attempt('recording.mcap', () => recording.end())
    await this.settled()
    await this.#folder.close().catch(error => this.problems.push(describeError(error)))
  }

  #metric(task: TaskName, line: Readonly<Record<string, number | string>>): void {
    this.#folder.appendMetric({ time: new Date().toISOString(), task, ...line })
  }
}

/** Writes the record, then the report; trouble with the report is then noted in the record. */
async function writeRun(
  recorder: Recorder,
  makeRecord: (problems: readonly string[]) => CompareResult,
  render: (result: CompareResult) => Promise<string>,
): Promise<CompareResult> {
  const before = recorder.problems.length
  const result = makeRecord(recorder.problems)
  recorder.attempt('result.json', () => jsonText(result))
  await recorder.settled()
  recorder.attempt('report.html', () => render(result))
  await recorder.settled()
  if (recorder.problems.length === before) return result
  const amended = makeRecord(recorder.problems)
  recorder.attempt('result.json', () => jsonText(amended))
  await recorder.settled()
  return amended
}

async function run(
  config: CompareConfig,
  inputs: CompareInputs,
  context: RunContext,
): Promise<CompareResult> {
  const { dataset, backend } = inputs
  const startedAt = new Date()
  const start = performance.now()
  const recording = inputs.record ? await RunRecording.start(config, dataset, backend) : null
  const recorder = new Recorder(context, config, recording)
  const shared = {
    config,
    train: firstImages(dataset.train, config.train),
    test: firstImages(dataset.test, config.test),
    stop: context.stop.buffer,
    ...(recording && { recordingSince: recording.since }),
  }
  const ends = await runWorkers(
    groups.map(tasks => ({ tasks, ...shared })),
    recorder.receive,
    inputs.startWorker,
  )
  const seconds = (performance.now() - start) / 1000
  const environment = describeEnvironment()
  const { name, sha256 } = dataset
  const counts = { name, sha256, train: config.train, test: config.test }
  const makeRecord = (problems: readonly string[]) =>
    makeResult(ends, { config, backend, environment, dataset: counts, startedAt, seconds, problems })
  await recorder.finishMetrics()
  return writeRun(recorder, makeRecord, async result => {
    // Loaded only now: the libraries that draw take most of a second, which help and mistakes need not wait for.
    const { renderReport } = await import('./report/report.tsx')
    return renderReport(result, ends)
  })
}

/** The multilayer perceptron and the network of Diehl & Cook (2015), on the same images. */
export const compareExperiment: Experiment<CompareConfig, CompareInputs, CompareResult> = {
  name: 'compare',
  configSchema: compareConfigSchema,
  run,
}
