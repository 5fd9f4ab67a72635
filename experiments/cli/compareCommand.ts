// The command `compare`: settles its options, runs the experiment, and prints what came of it.
import { pathToFileURL } from 'node:url'
import { createBackend } from '../../src/index.ts'
import { compareExperiment } from '../compare/compare.ts'
import {
  type CompareConfig,
  MANY_NEURONS,
  type RawCompareOptions,
  readCompareOptions,
} from '../compare/config.ts'
import { recordingProblems } from '../compare/recording.ts'
import type { CompareResult } from '../compare/result.ts'
import type { StartWorker } from '../compare/workers.ts'
import { type Dataset, loadDataset } from '../data/dataset.ts'
import { loadMnist } from '../data/mnist.ts'
import { describeError, UsageError } from '../errors.ts'
import { freeFolder, jsonText, RunFolder, runFolderProblem, timestamp } from '../run/runFolder.ts'
import { StopFlag } from '../run/stopFlag.ts'
import { createDisplay } from './display.ts'
import { formatCount, formatDuration } from './format.ts'
import { InterruptHandler } from './interrupt.ts'
import type { ProgressStream } from './progress.ts'
import { terminalTable } from './terminalTable.ts'

/** The world outside: streams, and what a test puts in its place. */
export interface CompareCommandIo {
  readonly stdout: NodeJS.WritableStream
  readonly stderr: ProgressStream
  readonly continuousIntegration: boolean
  /** Ends the process at once. */
  readonly leave: (exitCode: number) => void
  readonly startWorker?: StartWorker
}

interface Prepared {
  readonly config: CompareConfig
  readonly dataset: Dataset
  readonly backend: CompareResult['backend']
}

/** Seconds a presentation takes for each neuron, measured on one core of a recent server. */
const SECONDS_PER_PRESENTATION_AND_NEURON = 0.0025 / 1000

async function attempt<T>(problems: string[], work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    problems.push(...describeError(error).split('\n'))
    return null
  }
}

/**
 * Checks everything that can be checked before training.
 * @throws UsageError listing all that is wrong.
 */
async function prepare(raw: RawCompareOptions, strayWords: readonly string[]): Promise<Prepared> {
  const problems = [...strayWords]
  const folder = raw.data
  const dataset =
    folder === ''
      ? null
      : await attempt(problems, () => (folder === undefined ? loadMnist() : loadDataset(folder)))
  const counts = dataset && { train: dataset.train.count, test: dataset.test.count }
  const { config, problems: optionProblems } = readCompareOptions(raw, counts)
  problems.push(...optionProblems)
  const choice = raw.backend === 'js' || raw.backend === 'wasm' ? raw.backend : undefined
  const backend = await attempt(problems, () => createBackend(choice).name)
  if (raw.out !== undefined && raw.out !== '') {
    const problem = await runFolderProblem(raw.out)
    if (problem !== null) problems.push(`--out: ${problem}`)
  }
  if (raw.record && config !== null) problems.push(...recordingProblems(config))
  if (problems.length > 0 || config === null || dataset === null || backend === null) {
    throw new UsageError(problems)
  }
  return { config, dataset, backend }
}

function announce({ config, dataset, backend }: Prepared, folder: string): string[] {
  const lines = [
    `${dataset.name}: ${formatCount(config.train)} training and ${formatCount(config.test)} test images, ` +
      `${formatCount(config.neurons)} spiking neurons, ${config.epochs} epochs, seed ${config.seed}, ${backend}`,
    `writing to ${folder}`,
  ]
  if (config.neurons > MANY_NEURONS) {
    const presentations = config.train + config.labelImages + config.test
    const seconds = presentations * config.neurons * SECONDS_PER_PRESENTATION_AND_NEURON
    lines.push(
      `warning: ${formatCount(config.neurons)} neurons take long: expect ${formatDuration(seconds)} or more`,
    )
  }
  return lines
}

function exitCodeOf(result: CompareResult, interrupted: number | null): number {
  if (interrupted !== null) return interrupted
  return result.status === 'complete' ? 0 : 1
}

function report(io: CompareCommandIo, result: CompareResult, folder: string, json: boolean): void {
  const words = json ? io.stderr : io.stdout
  if (json) io.stdout.write(jsonText(result))
  else io.stdout.write(`\n${terminalTable(result)}`)
  for (const message of result.messages) io.stderr.write(`error: ${message}\n`)
  if (result.status === 'stopped') words.write('Stopped: the figures are of the part that was run.\n')
  words.write(`Report: ${pathToFileURL(`${folder}/report.html`).href}\n`)
}

/**
 * Runs `compare` and returns the exit code.
 * @throws UsageError when the command cannot be run; RunFolderError when its folder cannot be written.
 */
export async function runCompareCommand(
  raw: RawCompareOptions,
  strayWords: readonly string[],
  io: CompareCommandIo,
): Promise<number> {
  const stop = new StopFlag()
  const display = createDisplay(io.stderr, io.continuousIntegration)
  const interrupt = new InterruptHandler(
    stop,
    line => display.say(line),
    exitCode => {
      display.close()
      io.leave(exitCode)
    },
  )
  try {
    const prepared = await prepare(raw, strayWords)
    if (interrupt.exitCode !== null) return interrupt.exitCode
    const path = raw.out ?? (await freeFolder(`runs/compare-${timestamp(new Date())}`))
    const folder = await RunFolder.create(path, prepared.config)
    for (const line of announce(prepared, folder.path)) display.say(line)
    const { config, dataset, backend } = prepared
    const startWorker = io.startWorker
    const record = raw.record === true
    const inputs = { dataset, backend, record, ...(startWorker === undefined ? {} : { startWorker }) }
    const result = await compareExperiment.run(config, inputs, { folder, stop, display })
    display.close()
    report(io, result, folder.path, raw.json === true)
    return exitCodeOf(result, interrupt.exitCode)
  } finally {
    display.close()
    interrupt.dispose()
  }
}
