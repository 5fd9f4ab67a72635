// The stage's pictures of seeded frames, against stored ones: on the one browser that npm carries, drawn in software.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { expect, it } from 'vitest'
import { isCarried } from '../browser/chromium.ts'
import { openPage } from '../browser/openPage.ts'
import type { GoldenResult } from './goldenPage.ts'

const folder = 'test/golden/viewer'
/** Where pictures go that differ. */
const failed = 'dist/golden'
/** Another processor may round another way: a level or two, in few places. */
const LEVELS = 3
const SHARE = 0.002

/** The share of pixels that differ by more than a few levels. */
function difference(actual: Uint8Array, expected: Uint8Array): number {
  const [a, b] = [decode(actual), decode(expected)]
  if (a.width !== b.width || a.height !== b.height || a.channels !== b.channels) return 1
  let differing = 0
  for (let at = 0; at < a.data.length; at += a.channels) {
    for (let channel = 0; channel < a.channels; channel++) {
      if (Math.abs(a.data[at + channel]! - b.data[at + channel]!) <= LEVELS) continue
      differing++
      break
    }
  }
  return differing / (a.width * a.height)
}

it.runIf(isCarried)('the stage draws seeded frames as it did', async () => {
  const opened = await openPage('test/viewer/goldenPage.ts', { browser: 'carried' })
  const { renderer, statistics, pictures } = await opened.result<GoldenResult>()
  await opened.close()
  expect(renderer).toContain('SwiftShader')
  expect(statistics.drawCalls).toBeGreaterThan(0)
  expect(statistics.drawCalls).toBeLessThanOrEqual(12)
  expect(statistics.textures).toBeLessThanOrEqual(16)
  const differences: Record<string, number | string> = {}
  for (const [name, text] of Object.entries(pictures)) {
    const actual = Buffer.from(text, 'base64')
    expect(new Set(decode(actual).data).size, `${name} is blank`).toBeGreaterThan(20)
    const path = join(folder, `${name}.png`)
    const share = existsSync(path) ? difference(actual, readFileSync(path)) : 1
    if (share <= SHARE) continue
    mkdirSync(failed, { recursive: true })
    writeFileSync(join(failed, `${name}.png`), actual)
    differences[name] = share
  }
  // The new ones are in dist/golden: look at them, and move them to test/golden/viewer if they are right.
  expect(differences).toEqual({})
})
