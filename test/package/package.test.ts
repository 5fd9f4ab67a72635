// The package as npm would publish it: in Node, to TypeScript, to its linters, and in a page built with Vite.
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPage } from '../browser/build.ts'
import { openPage } from '../browser/openPage.ts'
import { type Installed, packAndInstall } from './installed.ts'

const KILOBYTE = 1000

describe('the package, packed and installed in an empty folder', () => {
  let installed: Installed
  beforeAll(() => {
    installed = packAndInstall()
  })
  afterAll(() => installed?.remove())

  const run = (program: string, ...args: string[]) =>
    execFileSync(process.execPath, [program, ...args], { cwd: installed.folder, encoding: 'utf8' })
  const runTool = (path: string, ...args: string[]) => run(resolve('node_modules', path), ...args)
  /** The compiler's complaints about a program of the user's; what it makes goes to `out/`. */
  const compile = (files: readonly string[], options: object): readonly string[] => {
    const compilerOptions = { strict: true, target: 'ES2022', outDir: 'out', ...options }
    writeFileSync(join(installed.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
    const { stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc')], {
      ...{ cwd: installed.folder, encoding: 'utf8' },
    })
    return stdout.split('\n').filter(line => line.includes('error'))
  }

  it('holds what a user needs and no more', () => {
    const { files } = installed
    for (const needed of [
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'dist/src/index.js',
      'dist/sim/index.d.ts',
    ]) {
      expect(files).toContain(needed)
    }
    const code = files.filter(file => file.startsWith('dist/'))
    expect(code.filter(file => !/^dist\/(src|sim|experiments)\/.*\.(js|d\.ts)$/.test(file))).toEqual([])
    expect(files.length - code.length).toBe(4)
  })

  it('pleases publint and arethetypeswrong', () => {
    expect(runTool('publint/src/cli.js', installed.tarball, '--strict')).toContain('All good!')
    // An ES module alone: require() and resolution as in Node 10 are not offered.
    runTool('@arethetypeswrong/cli/dist/index.js', installed.tarball, '--profile', 'esm-only')
  })

  it('has types that hold for a bundler, to the last declaration', () => {
    const bundler = { module: 'ESNext', moduleResolution: 'bundler', types: [], noEmit: true }
    expect(compile(['page.ts'], bundler)).toEqual([])
  })

  it('has types that hold in Node without those of a browser, catch a mistake, and runs there', () => {
    const node = { module: 'NodeNext', lib: ['ES2023'], types: ['node'], skipLibCheck: true }
    writeFileSync(join(installed.folder, 'wrong.ts'), "import { tensor } from 'spikegrad'\ntensor('1')\n")
    const complaints = compile(['node.ts', 'wrong.ts'], node)
    expect(complaints).toEqual([expect.stringMatching(/^wrong\.ts.*not assignable to parameter/)])
    const { first, last, spikes } = JSON.parse(run('out/node.js'))
    expect(last).toBeLessThan(first / 10)
    expect(spikes).toBeGreaterThan(0)
  })

  it('brings its command', () => {
    const { version, bin } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(run(join('node_modules', 'spikegrad', bin.spikegrad), '--version').trim()).toBe(version)
  })

  it.each([
    ['its layers by hand', 'index.html'],
    ['in the manner of Keras', 'keras.ts'],
  ])(
    'trains %s in a page built with Vite, under a strict policy, which takes less than 60 kB',
    async (how, entry) => {
      const built = await buildPage(join(installed.folder, entry), { resolve: {} })
      try {
        const opened = await openPage(built)
        const { backend, first, last } = await opened.result<{
          backend: string
          first: number
          last: number
        }>()
        await opened.close()
        expect(backend).toBe('wasm-relaxed-simd')
        expect(last).toBeLessThan(first / 10)
        // Of all that is installed, the page holds the core alone.
        const core = join('node_modules', 'spikegrad', 'dist', 'src')
        const packages = built.modules.filter(module => module.includes('node_modules'))
        expect(packages.length).toBeGreaterThan(10)
        expect(packages.filter(module => !module.includes(core))).toEqual([])
        const bytes = built.scripts.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
        console.log(`a page that trains ${how}: ${(bytes / KILOBYTE).toFixed(1)} kB, compressed`)
        expect(bytes).toBeGreaterThan(KILOBYTE)
        expect(bytes).toBeLessThan(60 * KILOBYTE)
      } finally {
        built.remove()
      }
    },
  )
})
