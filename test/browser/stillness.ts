// How much of a page changes while nobody touches it.
import type { Page } from 'playwright-core'
import { differingPixels } from './pictures.ts'

/** Looks several times within `seconds`, and counts the most pixels that changed since the first look. */
export async function changedWithin(page: Page, seconds: number, looks = 4): Promise<number> {
  const first = await page.screenshot()
  let most = 0
  for (let look = 0; look < looks; look++) {
    await page.waitForTimeout((seconds * 1000) / looks)
    most = Math.max(most, differingPixels(first, await page.screenshot()))
  }
  return most
}
