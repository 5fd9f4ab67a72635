// The configuration as a JSON file: written whole, and read from any text with every value within its limits.
import {
  initialConfig,
  type LearnerConfig,
  parameterNames,
  parameters,
} from '../../experiments/learners/parameters.ts'
import { parameterCodec } from './values.ts'

/** Largest file that is read, bytes. */
export const MOST_BYTES = 65_536

export function writeConfig(config: LearnerConfig): string {
  return `${JSON.stringify(config, null, 2)}\n`
}

export interface ReadConfig {
  readonly config: LearnerConfig
  /** The names of values that could not be taken as they were, and of ones that are no parameters. */
  readonly problems: readonly string[]
}

/** Reads a configuration; parameters that the text leaves out have their defaults. Null when it is none at all. */
export function readConfig(text: string): ReadConfig | null {
  const given = parse(text)
  if (given === null) return null
  const config: Record<string, unknown> = { ...initialConfig }
  const problems = Object.keys(given).filter(key => !(key in parameters))
  for (const name of parameterNames) {
    if (!Object.hasOwn(given, name)) continue
    const { value, problem } = parameterCodec(parameters[name]).read(String(given[name]))
    config[name] = value
    if (problem !== undefined) problems.push(name)
  }
  return { config: config as LearnerConfig, problems }
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const given: unknown = JSON.parse(text)
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return null
    // A file that names no parameter is a file of something else.
    return parameterNames.some(name => Object.hasOwn(given, name)) ? (given as Record<string, unknown>) : null
  } catch {
    return null
  }
}
