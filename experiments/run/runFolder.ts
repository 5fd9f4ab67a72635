// The folder a run is written to: claimed before the work starts, never overwriting, each file whole or absent.
import { createWriteStream, type WriteStream } from 'node:fs'
import { access, constants, lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { describeError, RunFolderError } from '../errors.ts'

const CONFIG = 'config.json'
const METRICS = 'metrics.jsonl'
/** Any of these says that a folder holds a run. */
const runFiles = [CONFIG, METRICS, 'result.json', 'report.html', 'weights']

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch {
    return false
  }
}

async function nearestExisting(path: string): Promise<string> {
  let candidate = path
  while (!(await exists(candidate)) && dirname(candidate) !== candidate) candidate = dirname(candidate)
  return candidate
}

/**
 * Says what keeps a run from being written to `path`, or null. Changes nothing.
 * Whether a run may really be written is only known once `RunFolder.create` has claimed the folder.
 */
export async function runFolderProblem(path: string): Promise<string | null> {
  const nearest = await nearestExisting(resolve(path))
  try {
    if (!(await stat(nearest)).isDirectory()) return `${path}: expected a folder, found a file at ${nearest}`
    await access(nearest, constants.W_OK | constants.X_OK)
  } catch (error) {
    return `${path}: expected a folder that can be written, but ${describeError(error)}`
  }
  for (const name of runFiles) {
    if (await exists(join(path, name))) {
      return `${path}: expected a folder without a run, found ${name}: nothing is overwritten, choose another`
    }
  }
  return null
}

/** Formats a moment in local time as a folder name: 2026-01-31-175959. */
export function timestamp(date: Date): string {
  const part = (value: number) => String(value).padStart(2, '0')
  const day = [date.getFullYear(), part(date.getMonth() + 1), part(date.getDate())].join('-')
  return `${day}-${part(date.getHours())}${part(date.getMinutes())}${part(date.getSeconds())}`
}

/** `base`, or the first of `base-2`, `base-3`, ... that does not exist. */
export async function freeFolder(base: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const path = attempt === 1 ? base : `${base}-${attempt}`
    if (!(await exists(path))) return path
  }
}

/** Text of a JSON file: indented, ended by a newline, with 64-bit floats written so that they read back the same. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Makes a folder and those above it. Node's own recursive form never returns for one that the system refuses, in /proc say. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    const above = dirname(path)
    if (code !== 'ENOENT' || above === path) throw error
    await makeFolder(above)
    await mkdir(path)
  }
}

export class RunFolder {
  readonly path: string
  readonly #metrics: WriteStream
  #metricsError: Error | null = null

  private constructor(path: string, metrics: WriteStream) {
    this.path = path
    this.#metrics = metrics
    metrics.on('error', error => {
      this.#metricsError ??= error
    })
  }

  /**
   * Makes the folder and claims it by writing config.json, which must not exist yet: of two runs that
   * want the same folder, one gets it.
   * @throws RunFolderError when the folder holds a run or cannot be written.
   */
  static async create(path: string, config: unknown): Promise<RunFolder> {
    const problem = await runFolderProblem(path)
    if (problem !== null) throw new RunFolderError(problem)
    const absolute = resolve(path)
    try {
      await makeFolder(absolute)
      const claim = await open(join(absolute, CONFIG), 'wx')
      try {
        await claim.writeFile(jsonText(config))
      } finally {
        await claim.close()
      }
      const metrics = createWriteStream(join(absolute, METRICS), { flags: 'wx' })
      await new Promise<void>((opened, failed) => metrics.once('open', () => opened()).once('error', failed))
      return new RunFolder(absolute, metrics)
    } catch (error) {
      throw new RunFolderError(`${path}: the run folder cannot be written: ${describeError(error)}`)
    }
  }

  /**
   * Writes a file whole: to a temporary name beside it, flushed to disk, then renamed.
   * @throws RunFolderError when it cannot; what was there before stays.
   */
  async write(name: string, contents: string | Uint8Array): Promise<string> {
    const path = join(this.path, name)
    const temporary = `${path}.${process.pid}.tmp`
    try {
      await makeFolder(dirname(path))
      const file = await open(temporary, 'w')
      try {
        await file.writeFile(contents)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, path)
      return path
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined)
      throw new RunFolderError(`${path} cannot be written: ${describeError(error)}`)
    }
  }

  /** Appends one line to metrics.jsonl. */
  appendMetric(line: Readonly<Record<string, unknown>>): void {
    if (this.#metricsError === null) this.#metrics.write(`${JSON.stringify(line)}\n`)
  }

  /**
   * Flushes and closes metrics.jsonl.
   * @throws RunFolderError when some of its lines could not be written.
   */
  async close(): Promise<void> {
    // The callback comes after an error too.
    await new Promise<void>(done => this.#metrics.end(() => done()))
    if (this.#metricsError !== null) {
      throw new RunFolderError(
        `${join(this.path, METRICS)} could not be written to its end: ${this.#metricsError.message}`,
      )
    }
  }
}
