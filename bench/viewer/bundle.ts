// What of the page's scripts is whose: the site's bundle once more, with the modules in each chunk.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

export interface BundleSizes {
  /** Bytes of the scripts, compressed. */
  readonly bytes: number
  /** Of them, the share of Pixi and what it brings. */
  readonly pixi: number
  readonly chunks: number
}

const pixiModules =
  /node_modules\/(@?pixi|earcut|eventemitter3|parse-svg-path|gifuct-js|@xmldom|ismobilejs|tiny-lru)/

/**
 * Sizes of those of the page's own chunks that are among `scripts`; workers are bundles of their own and none of them.
 * @param folder holds the built site.
 */
export async function bundleSizes(folder: string, scripts: Iterable<string>): Promise<BundleSizes> {
  const asked = new Set([...scripts].map(path => basename(path)))
  const outputs = await build({
    configFile: 'viewer/vite.config.ts',
    logLevel: 'error',
    build: { write: false },
  })
  if (!('output' in outputs)) throw new Error('expected one bundle')
  const chunks = outputs.output.filter(part => part.type === 'chunk')
  const initial = chunks.filter(({ fileName }) => asked.has(basename(fileName)))
  const sizes = initial.map(({ fileName, modules }) => {
    const bytes = gzipSync(readFileSync(join(folder, fileName))).length
    const lengths = Object.entries(modules).map(([id, { code }]) => ({
      length: gzipSync(code ?? '').length,
      pixi: pixiModules.test(id),
    }))
    const all = lengths.reduce((sum, { length }) => sum + length, 0)
    const pixi = lengths.reduce((sum, one) => sum + (one.pixi ? one.length : 0), 0)
    return { bytes, pixi: all === 0 ? 0 : (bytes * pixi) / all }
  })
  return {
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    pixi: sizes.reduce((sum, { pixi }) => sum + pixi, 0),
    chunks: sizes.length,
  }
}
