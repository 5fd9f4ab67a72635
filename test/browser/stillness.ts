// How much of a page changes while nobody touches it.
import { decode } from 'fast-png'
import type { Page } from 'playwright-core'

/** Pixels that differ between two pictures of the same size; every pixel of two sizes. */
export function changedPixels(before: Uint8Array, after: Uint8Array): number {
  const [a, b] = [decode(before), decode(after)]
  if (a.width !== b.width || a.height !== b.height) return Math.max(a.width * a.height, b.width * b.height)
  let changed = 0
  for (let pixel = 0; pixel < a.width * a.height; pixel++) {
    for (let channel = 0; channel < a.channels; channel++) {
      const at = pixel * a.channels + channel
      if (a.data[at] !== b.data[at]) {
        changed++
        break
      }
    }
  }
  return changed
}

/** Looks several times within `seconds`, and counts the most pixels that changed since the first look. */
export async function changedWithin(page: Page, seconds: number, looks = 4): Promise<number> {
  const first = await page.screenshot()
  let most = 0
  for (let look = 0; look < looks; look++) {
    await page.waitForTimeout((seconds * 1000) / looks)
    most = Math.max(most, changedPixels(first, await page.screenshot()))
  }
  return most
}
