// What is done on the Replay screen, by its buttons.
import type { Page } from 'playwright-core'

/** Opens the bundled recording on the Replay screen and plays all of it again and again. */
export async function loopBundled(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the bundled run' }).click()
  await page.getByRole('button', { name: 'To the beginning' }).click()
  await page.getByRole('button', { name: 'Loop from here' }).click()
  await page.getByRole('slider', { name: 'Timeline' }).press('End')
  await page.getByRole('button', { name: 'Loop to here' }).click()
}
