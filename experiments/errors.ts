// The errors of the harness: each is the user's to mend, and prints as a message without a stack.
import { SpikegradError } from '../src/index.ts'

/** Everything wrong with a command line, all of it at once. */
export class UsageError extends SpikegradError {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** A run folder that cannot be used: it holds a run, is no folder, or cannot be written. */
export class RunFolderError extends SpikegradError {}

/** A data set that is missing or is not what it should be; the message names the file. */
export class DataError extends SpikegradError {}

/** What to tell the user of an error: its message, with its kind only where it was not raised on purpose. */
export function describeError(error: unknown): string {
  if (error instanceof SpikegradError) return error.message
  if (error instanceof Error) return `${error.name}: ${error.message}`
  return String(error)
}
