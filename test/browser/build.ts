// Builds a page with Vite as a user would, against the sources of the package.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { build, type InlineConfig } from 'vite'

export interface BuiltPage {
  /** Holds the page and its assets. */
  readonly folder: string
  /** The page's path in the folder. */
  readonly page: string
  /** The bundle's scripts, by file. */
  readonly scripts: readonly string[]
  /** The modules in them, by file. */
  readonly modules: readonly string[]
  /** Removes the folder. */
  remove(): void
}

/** The package's names lead to its sources, which the other tests run too. */
const toSources = [
  { find: /^spikegrad$/, replacement: resolve('src/index.ts') },
  { find: /^spikegrad\/sim$/, replacement: resolve('sim/index.ts') },
]

/**
 * Builds an HTML entry, or a page of one script.
 * @param entry a path that ends in .html, or in .ts or .js for a script.
 * @param config added to Vite's configuration; `resolve: {}` takes the package from node_modules.
 */
export async function buildPage(entry: string, config: InlineConfig = {}): Promise<BuiltPage> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'))
  const source = resolve(entry)
  const html = source.endsWith('.html') ? source : pageAround(source)
  try {
    const outputs = await build({
      configFile: false,
      logLevel: 'error',
      root: dirname(html),
      base: './',
      publicDir: false,
      resolve: { alias: toSources },
      ...config,
      build: {
        outDir: folder,
        emptyOutDir: true,
        reportCompressedSize: false,
        rolldownOptions: { input: html },
      },
    })
    if (!('output' in outputs)) throw new Error('expected one bundle')
    const chunks = outputs.output.filter(part => part.type === 'chunk')
    return {
      ...{ folder, page: basename(html) },
      scripts: chunks.map(({ fileName }) => join(folder, fileName)),
      modules: chunks.flatMap(({ moduleIds }) => moduleIds),
      remove: () => rmSync(folder, { recursive: true }),
    }
  } catch (error) {
    rmSync(folder, { recursive: true })
    throw error
  } finally {
    if (html !== source) rmSync(dirname(html), { recursive: true })
  }
}

/** A page that does nothing but load a script, in a folder of its own that git ignores. */
function pageAround(script: string): string {
  mkdirSync('dist', { recursive: true })
  const folder = mkdtempSync(resolve('dist', 'page-'))
  const html = join(folder, 'index.html')
  const source = relative(folder, script).replaceAll('\\', '/')
  writeFileSync(
    html,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${basename(script)}</title></head>` +
      `<body><script type="module" src="${source}"></script></body></html>`,
  )
  return html
}
