// The viewer's screens by their addresses, and when one is there to be looked at.
import type { Page } from 'playwright-core'

/** Each screen once; the lesson by its first one. */
export const screenAddresses = {
  stage: '#/stage',
  lesson: '#/lesson/1',
  replay: '#/replay',
  lab: '#/lab',
  present: '#/present',
  about: '#/about',
} as const

export type ScreenName = keyof typeof screenAddresses

/** Waits until a screen has its heading, its parts that are fetched when needed, and its first numbers. */
export async function settle(page: Page): Promise<void> {
  await page.locator('main h1, main h2').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(1000)
}
