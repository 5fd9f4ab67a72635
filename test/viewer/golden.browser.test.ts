// The stage's pictures of seeded frames, against stored ones: on the one browser that npm carries, drawn in software.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { expect, it } from 'vitest'
import { isCarried } from '../browser/chromium.ts'
import { openPage } from '../browser/openPage.ts'
import { differingPixels, smaller } from '../browser/pictures.ts'
import type { GoldenResult } from './goldenPage.ts'

const folder = 'test/golden/viewer'
/** Where pictures go that differ. */
const failed = 'dist/golden'
/** Another processor may round another way: a level or two, in few places. */
const LEVELS = 3
const SHARE = 0.002

it.runIf(isCarried)('the stage draws seeded frames as it did', async () => {
  const opened = await openPage('test/viewer/goldenPage.ts', { browser: 'carried' })
  const { renderer, statistics, pictures } = await opened.result<GoldenResult>()
  await opened.close()
  expect(renderer).toContain('SwiftShader')
  expect(statistics.drawCalls).toBeGreaterThan(0)
  expect(statistics.drawCalls).toBeLessThanOrEqual(12)
  expect(statistics.textures).toBeLessThanOrEqual(16)
  const differences: Record<string, number> = {}
  for (const [name, text] of Object.entries(pictures)) {
    const actual = Buffer.from(text, 'base64')
    expect(new Set(decode(actual).data).size, `${name} is blank`).toBeGreaterThan(20)
    const path = join(folder, `${name}.png`)
    const { width, height } = decode(actual)
    const differing = existsSync(path) ? differingPixels(actual, readFileSync(path), LEVELS) : width * height
    if (differing <= SHARE * width * height) continue
    mkdirSync(failed, { recursive: true })
    writeFileSync(join(failed, `${name}.png`), smaller(actual))
    differences[name] = differing
  }
  // The new ones are in dist/golden: look at them, and move them to test/golden/viewer if they are right.
  expect(differences).toEqual({})
})
