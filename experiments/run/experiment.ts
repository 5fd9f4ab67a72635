// What an experiment is: a name, a configuration that is checked, and a run that reports, can be stopped, and writes.
import type { z } from 'zod'
import type { ProgressDisplay } from '../cli/progress.ts'
import type { RunFolder } from './runFolder.ts'
import type { StopFlag } from './stopFlag.ts'

/** What the harness lends to a run. */
export interface RunContext {
  readonly folder: RunFolder
  readonly stop: StopFlag
  readonly display: ProgressDisplay
}

/**
 * `run` never edits source and never reads an environment variable: its config, seed included, and its inputs decide
 * everything but the time it takes. When `stop` is raised it returns what it has, marked as stopped.
 */
export interface Experiment<Config, Inputs, Result> {
  readonly name: string
  readonly configSchema: z.ZodType<Config>
  run(config: Config, inputs: Inputs, context: RunContext): Promise<Result>
}
