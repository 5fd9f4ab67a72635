// Packs the package as npm would publish it and installs it in an empty folder, without a network.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export interface Installed {
  /** A user's project: the programs of `consumer/`, and `node_modules` with the package. */
  readonly folder: string
  readonly tarball: string
  /** What the tarball holds. */
  readonly files: readonly string[]
  remove(): void
}

/** Packs `dist/` as it stands: `npm test` has built it. */
export function packAndInstall(): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'installed-'))
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [{ filename, files }] = JSON.parse(packed)
  const tarball = join(folder, filename)
  const home = join(folder, 'node_modules', 'spikegrad')
  mkdirSync(home, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', home, '--strip-components=1'])
  // What it says it depends on, and nothing more: an import that is not declared fails.
  const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  for (const name of [...Object.keys(dependencies), '@types/node'])
    link(name, join(folder, 'node_modules', name))
  cpSync('test/package/consumer', folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }))
  return {
    ...{ folder, tarball },
    files: files.map(({ path }: { path: string }) => path),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function link(name: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(resolve('node_modules', name), target, 'junction')
}
