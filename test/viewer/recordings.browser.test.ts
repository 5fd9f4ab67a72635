// Files that are dropped or picked: recordings that open, and whatever does not gets a sentence.
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { makeRecording } from '../../bench/viewer/madeRecording.ts'
import { FORMAT_VERSION } from '../../experiments/recording/format.ts'
import { en } from '../../viewer/text/en/index.ts'
import { visit } from './visit.ts'

let whole: Buffer

beforeAll(async () => {
  whole = Buffer.from(await makeRecording(2))
})

function pick(page: Page, name: string, buffer: Buffer): Promise<void> {
  const input = page.locator('main input[type=file][accept=".mcap"]').first()
  return input.setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
}

/** Drops a file onto the page. */
function drop(page: Page, name: string, text: string): Promise<void> {
  return page.evaluate(
    ([fileName, content]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content], fileName))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, text] as const,
  )
}

it('a recording opens, plays, goes anywhere and loops, by its buttons and keys', async () => {
  const { page, leave } = await visit('#/replay?play=0')
  await pick(page, 'mine.mcap', whole)
  const timeline = page.getByRole('slider', { name: en.replay.timeline })
  await timeline.waitFor()
  const place = async () => Number(await timeline.inputValue())
  await timeline.press('End')
  await expect.poll(place).toBeGreaterThan(20)
  const end = await place()
  await timeline.press('Home')
  await expect.poll(place).toBeLessThan(end)
  await page.keyboard.press('[')
  await page.keyboard.press('>')
  await page.keyboard.press('>')
  await page.keyboard.press(']')
  await expect
    .poll(() => page.locator('.timeline-said').textContent())
    .toMatch(/^Loop from \d+ to \d+ images$/)
  // Another file of the same name is another recording: no beginning of a loop waits in it.
  await page.keyboard.press('[')
  await pick(page, 'mine.mcap', whole)
  await expect.poll(() => page.locator('.timeline-said').textContent()).toBe('')
  await page.getByRole('button', { name: en.shell.play }).click()
  await page.getByRole('button', { name: en.replay.close, exact: true }).click()
  await page.getByRole('button', { name: en.replay.openBundled }).waitFor()
  await leave()
})

it('what cannot be opened gets a sentence, and the page goes on', async () => {
  const { page, leave } = await visit('#/replay?play=0')
  const words = en.problems.recording
  const newer = Buffer.from(whole)
  const version = newer.indexOf(`version`)
  expect(version).toBeGreaterThan(0)
  // The value follows its length, four bytes.
  newer.write(String(FORMAT_VERSION + 1), version + 'version'.length + 4)
  const files: readonly (readonly [string, Buffer, string])[] = [
    ['text.mcap', Buffer.from('no recording at all'), words.notMcap],
    ['newer.mcap', newer, words.newerVersion],
    ['stub.mcap', whole.subarray(0, 40), words.damaged],
  ]
  for (const [name, buffer, sentence] of files) {
    await pick(page, name, buffer)
    await expect
      .poll(() => page.locator('main, .notices').allTextContents())
      .toSatisfy((texts: string[]) => texts.some(text => text.includes(sentence)))
  }
  await pick(page, 'cut.mcap', whole.subarray(0, whole.length - 1000))
  await page.getByText(en.recording.truncated).waitFor()
  await leave()
})

it('a dropped file that is no data set gets a sentence', async () => {
  const { page, leave } = await visit()
  // The page listens for drops once it has shown what it shows first.
  await page.waitForTimeout(4000)
  const notices = page.getByRole('region', { name: en.shell.notices })
  await drop(page, 'letter.txt', 'Dear page,')
  await expect.poll(() => notices.textContent()).toContain(en.panels.dropZone.unknown('letter.txt'))
  await drop(page, 'train-images-idx3-ubyte', 'no images at all')
  await expect.poll(() => notices.locator('p').count()).toBeGreaterThan(1)
  await leave()
})
