// The versions that the About screen names, read when the page is built.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

const versionOf = (file: string): string => JSON.parse(readFileSync(join(root, file), 'utf8')).version

/** The project's own version and those of the libraries in the page. */
export function versions(): Record<string, string> {
  const libraries = ['pixi.js', 'preact', '@preact/signals', 'uplot', 'katex', '@mcap/core']
  return {
    spikegrad: versionOf('package.json'),
    ...Object.fromEntries(libraries.map(name => [name, versionOf(`node_modules/${name}/package.json`)])),
  }
}
