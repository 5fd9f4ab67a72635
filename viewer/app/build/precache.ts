// Gives the service worker the list of all that was built, once it is written.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Stands in the worker's source for the list, as a string of whatever quotes. */
const placeholder = /(['"`])__PRECACHE__\1/

/** The worker is never answered from its own cache. */
const leftOut = /^serviceWorker\.js$|\.map$/

export function precache(): Plugin {
  let folder = ''
  return {
    name: 'precache',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir
    },
    writeBundle() {
      writeList(folder)
    },
  }
}

function writeList(folder: string): void {
  const hash = createHash('sha256')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter(file => !leftOut.test(file))
    .sort()
  for (const file of files) hash.update(file).update(readFileSync(join(folder, file)))
  const list = JSON.stringify({ version: hash.digest('hex').slice(0, 12), files })
  const worker = join(folder, 'serviceWorker.js')
  const source = readFileSync(worker, 'utf8')
  if (!placeholder.test(source)) throw new Error(`${worker} has no place for the list of files`)
  writeFileSync(
    worker,
    source.replace(placeholder, () => JSON.stringify(list)),
  )
}
