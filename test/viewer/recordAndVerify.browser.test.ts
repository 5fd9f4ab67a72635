// A recording made in the page: it says which images it is of, and is verified on them, but not on others.
import { buffer } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openRecording } from '../../experiments/recording/open.ts'
import { en } from '../../viewer/text/en/index.ts'
import { visit } from './visit.ts'

const words = en.recording.verify

async function verify(page: Page, file: Buffer, sentence: string): Promise<void> {
  const input = page.locator('main input[type=file][accept=".mcap"]').first()
  await input.setInputFiles({ name: 'mine.mcap', mimeType: 'application/octet-stream', buffer: file })
  await page.getByRole('button', { name: en.replay.verify, exact: true }).click()
  await expect.poll(() => page.locator('.verification').textContent()).toContain(sentence)
  await page.getByRole('button', { name: en.replay.close, exact: true }).click()
}

it('names the digest of its images, and runs again to the same bits on those alone', async () => {
  const { page, leave } = await visit('#/stage', {
    // Without a dialog that asks where, the file goes to the downloads.
    prepare: page => page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker')),
  })
  await page.getByRole('button', { name: en.shell.record, exact: true }).click()
  const stop = page.getByRole('button', { name: en.shell.stopRecording, exact: true })
  await stop.waitFor()
  await page.waitForTimeout(1000)
  const [download] = await Promise.all([page.waitForEvent('download'), stop.click()])
  const file = await buffer(await download.createReadStream())
  const { information, digests } = await openRecording(file)
  const { sha256, ...data } = information.data
  expect(data).toEqual({ name: 'MNIST', trainingImages: 10_000, testImages: 2000 })
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(digests.map(({ kind }) => kind)).toEqual(['mlp', 'brain'])

  await page.goto(`${page.url().split('#')[0]}#/replay?play=0`)
  await verify(page, file, words.same)
  const place = file.indexOf(sha256)
  expect(place).toBeGreaterThan(0)
  const forged = Buffer.from(file)
  forged.write(sha256.startsWith('0') ? '1' : '0', place)
  await verify(page, forged, words.otherImages)
  await leave()
})
