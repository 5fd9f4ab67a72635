// Builds the viewer's site as it is published, into a folder of its own.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Site {
  readonly folder: string
  /** Removes the folder. */
  remove(): void
}

export async function buildSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'viewer-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const args = ['run', '--silent', 'build:viewer', '--', '--outDir', folder, '--logLevel', 'error']
  try {
    // Without what the test runner sets for its own sake, which would make it a site for developers.
    await promisify(execFile)('npm', args, { env: { ...process.env, NODE_ENV: 'production' } })
  } catch (error) {
    remove()
    throw error
  }
  return { folder, remove }
}
