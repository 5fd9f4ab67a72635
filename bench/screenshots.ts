// Makes the pictures of the viewer's screens: every screen in both themes, on a desk and on a phone.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../test/browser/chromium.ts'
import { smaller } from '../test/browser/pictures.ts'
import { openBundled } from '../test/browser/replay.ts'
import { type ScreenName, screenAddresses, settle } from '../test/browser/screens.ts'
import { serveFolder } from '../test/browser/server.ts'
import { buildSite } from '../test/browser/site.ts'
import { significant } from './table.ts'
import { untilLive } from './viewer/measures.ts'

const folder = join('viewer', 'screenshots')
const themes = ['light', 'dark'] as const
const sizes = [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const
/** Long enough that both networks know most digits. */
const LEARNING_SECONDS = 20

/** A window this small has the stage begin anew at its finest tier, which it keeps while nothing moves. */
const TINY = { width: 320, height: 200 }

async function shoot(page: Page, screen: ScreenName, name: string): Promise<number> {
  // Standing still, so that numbers and pictures are of the same image.
  await page.evaluate(address => {
    location.hash = `${address}?play=0`
  }, screenAddresses[screen])
  await page.waitForTimeout(1500)
  if (screen === 'replay') await openBundled(page)
  const size = page.viewportSize()!
  await page.setViewportSize(TINY)
  await page.waitForTimeout(500)
  await page.setViewportSize(size)
  await settle(page)
  const picture = smaller(await page.screenshot())
  writeFileSync(join(folder, `${screen}-${name}.png`), picture)
  return picture.length
}

async function shootAll(browser: Browser, url: string): Promise<number> {
  let bytes = 0
  for (const viewport of sizes) {
    for (const theme of themes) {
      const page = await browser.newPage({ viewport, colorScheme: theme })
      await page.goto(`${url}?measure=1#/stage`)
      await untilLive(page)
      await page.waitForTimeout(LEARNING_SECONDS * 1000)
      const name = `${theme}-${viewport.width}x${viewport.height}`
      for (const screen of Object.keys(screenAddresses) as ScreenName[]) {
        bytes += await shoot(page, screen, name)
        process.stderr.write(`${screen}-${name}.png\n`)
      }
      await page.close()
    }
  }
  return bytes
}

mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) if (file.endsWith('.png')) rmSync(join(folder, file))
const site = await buildSite()
const served = await serveFolder(site.folder)
const browser = await launchChromium()
try {
  const bytes = await shootAll(browser, served.url)
  process.stdout.write(`${readdirSync(folder).length} pictures, ${significant(bytes / 1e6)} MB\n`)
} finally {
  await browser.close()
  await served.close()
  site.remove()
}
