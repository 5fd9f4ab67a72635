// Every lesson from its question to its end, by the keyboard alone, in both languages.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { LESSONS } from '../../viewer/state/address.ts'
import { en } from '../../viewer/text/en/index.ts'
import { zh } from '../../viewer/text/zh/index.ts'
import { visit } from './visit.ts'

const MOST_TABS = 150

/** Presses Tab until the focus is on an element of this kind. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let press = 0; press < MOST_TABS; press++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(kind => document.activeElement?.matches(kind) ?? false, selector)) return
  }
  throw new Error(`Tab leads to no ${selector}`)
}

/** The heading that took the focus. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

async function complete(page: Page, number: number, words: typeof en.lessons): Promise<void> {
  const lesson = page.locator(`[data-lesson="${number}"]`)
  const step = () => lesson.getAttribute('data-lesson-step')
  await expect.poll(step).toBe('predict')
  await tabTo(page, '.lesson input[type=radio]')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await tabTo(page, '[data-lesson-action="run"] button')
  await page.keyboard.press('Enter')
  await expect.poll(step).toBe('run')
  await expect.poll(() => focused(page)).toBe(words.steps.run)
  await tabTo(page, '[data-lesson-action="reveal"] button')
  await page.keyboard.press('Enter')
  await expect.poll(step).toBe('reveal')
  await expect.poll(() => focused(page)).toBe(words.steps.reveal)
  expect((await lesson.textContent())!.length).toBeGreaterThan(400)
  expect(await page.getByText(words.recordingMissing).count()).toBe(0)
  await tabTo(page, '[data-lesson-action="next"] button')
  await page.keyboard.press('Enter')
}

it.each([
  ['English', 'en', en.lessons],
  ['Chinese', 'zh', zh.lessons],
] as const)(
  'every lesson is completed in %s',
  async (_, language, words) => {
    const { page, leave } = await visit(`?lang=${language}#/lesson/1`)
    for (let number = 1; number <= LESSONS; number++) await complete(page, number, words)
    await expect.poll(() => focused(page)).toBe(words.limits.title)
    expect(await page.locator('.lesson-done').count()).toBe(LESSONS)
    await leave()
  },
  120_000,
)
