// What is done on the Replay screen, by its buttons.
import type { Page } from 'playwright-core'

/** Opens the bundled recording on the Replay screen and goes to its middle, where there is something to see. */
export async function openBundled(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the bundled run' }).click()
  const timeline = page.getByRole('slider', { name: 'Timeline' })
  const end = Number(await timeline.getAttribute('max'))
  await timeline.fill(String(Math.floor(end / 2)))
}

/** Opens the bundled recording on the Replay screen and plays all of it again and again. */
export async function loopBundled(page: Page): Promise<void> {
  await openBundled(page)
  await page.getByRole('button', { name: 'To the beginning' }).click()
  await page.getByRole('button', { name: 'Loop from here' }).click()
  await page.getByRole('slider', { name: 'Timeline' }).press('End')
  await page.getByRole('button', { name: 'Loop to here' }).click()
}
