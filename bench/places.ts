// Where the bench finds things: the project's folder and the peers' scripts.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

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
