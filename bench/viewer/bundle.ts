// The site as it is published, and what of its scripts is whose.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'

export interface MeasuredSite {
  readonly folder: string
  /** The page's own chunks; workers are bundles of their own and none of them. */
  readonly chunks: readonly Rolldown.OutputChunk[]
  /** Removes the folder. */
  remove(): void
}

export interface ScriptSizes {
  /** Bytes of the scripts, compressed. */
  readonly bytes: number
  /** Of them, the share of Pixi and what it brings. */
  readonly pixi: number
  readonly chunks: number
}

const pixiModules =
  /node_modules\/(@?pixi|earcut|eventemitter3|parse-svg-path|gifuct-js|@xmldom|ismobilejs|tiny-lru)/

/** Builds the site here, so that it is known which module went where. */
export async function buildMeasuredSite(): Promise<MeasuredSite> {
  for (const script of ['build:kernels', 'build:digits'])
    await promisify(execFile)('npm', ['run', '--silent', script])
  const folder = mkdtempSync(join(tmpdir(), 'viewer-'))
  // A test runner sets its own, which would make it a site for developers.
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    const outputs = await build({
      configFile: 'viewer/vite.config.ts',
      logLevel: 'error',
      build: { outDir: folder },
    })
    if (!('output' in outputs)) throw new Error('expected one bundle')
    const chunks = outputs.output.filter(part => part.type === 'chunk')
    return { folder, chunks, remove: () => rmSync(folder, { recursive: true, force: true }) }
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

/** Sizes of those of the page's own chunks that are among these scripts. */
export function sizesOf({ folder, chunks }: MeasuredSite, scripts: Iterable<string>): ScriptSizes {
  const asked = new Set([...scripts].map(path => basename(path)))
  const sizes = chunks
    .filter(({ fileName }) => asked.has(basename(fileName)))
    .map(({ fileName, modules }) => {
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
