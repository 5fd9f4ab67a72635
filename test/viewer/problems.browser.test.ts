// Browsers that lack something, and machines that take something away: a sentence says so, and the page keeps working.
import type { Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'
import { en } from '../../viewer/text/en/index.ts'
import { type Probe, watch } from '../browser/probe.ts'
import { serveFolder } from '../browser/server.ts'
import { visit } from './visit.ts'

/** Images learned from so far, of the slower network, as the clock has it. */
async function images(page: Page): Promise<number> {
  const told = await page.locator('.transport .clock-live + .clock-images').allTextContents()
  return Number((told[0] ?? '').replace(/\D/g, '')) || 0
}

async function learnsOn(page: Page): Promise<void> {
  await expect.poll(() => images(page)).toBeGreaterThan(0)
  const before = await images(page)
  await expect.poll(() => images(page)).toBeGreaterThan(before)
}

const notices = (page: Page) => page.getByRole('region', { name: en.shell.notices })

/** Nothing is drawn: not a single context is given. */
const withoutWebGl = (page: Page) =>
  page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      type: string,
      ...rest: unknown[]
    ) {
      return type.startsWith('webgl') ? null : Reflect.apply(original, this, [type, ...rest])
    } as typeof original
    Object.assign(globalThis, { OffscreenCanvas: undefined })
  })

const withoutWorkers = (page: Page) =>
  page.addInitScript(() => {
    Object.assign(globalThis, { Worker: undefined })
  })

const withoutStorage = (page: Page) =>
  page.addInitScript(() => {
    const get = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(globalThis, name, { get })
  })

describe('the page', () => {
  it('says so without WebGL, shows numbers instead of pictures, and learns', async () => {
    const { page, leave } = await visit('', { prepare: withoutWebGl })
    await page.getByRole('alert').getByText(en.stage.unavailableTitle).waitFor()
    await learnsOn(page)
    await expect.poll(() => page.locator('figure table').count()).toBeGreaterThan(5)
    await leave()
  })

  it('gets its picture back after the graphics context was lost, and learns meanwhile', async () => {
    const { page, leave } = await visit('', { prepare: watch })
    await learnsOn(page)
    await page.evaluate(() => {
      const { probe } = globalThis as unknown as { probe: Probe }
      const extension = probe.contexts.at(-1)?.getExtension('WEBGL_lose_context')
      Object.assign(globalThis, { extension })
      extension?.loseContext()
    })
    await page.locator('.stage-message').getByText(en.stage.lost).waitFor()
    await page.getByRole('button', { name: en.shell.more, exact: true }).click()
    await page.getByRole('button', { name: en.panels.exports.png }).click()
    await expect.poll(() => notices(page).textContent()).toContain(en.panels.exports.noPicture.lost)
    await learnsOn(page)
    const picture = await page.evaluate(async () => {
      const { probe, extension } = globalThis as unknown as { probe: Probe; extension: WEBGL_lose_context }
      const picture = probe.picture()
      extension.restoreContext()
      return picture
    })
    expect(picture).not.toBe(0)
    await expect.poll(() => page.locator('.stage-message').count()).toBe(0)
    await page.getByTestId('announcer').getByText(en.stage.restored).waitFor({ state: 'attached' })
    await leave()
  })

  it('says so without workers, and shows its recordings', async () => {
    const { page, leave } = await visit('', { prepare: withoutWorkers })
    await expect.poll(() => notices(page).textContent()).toContain(en.problems.live.noWorkers('', ''))
    await expect.poll(() => page.locator('.transport .clock-recording').count()).toBe(1)
    await leave()
  })

  it('says so without WebAssembly SIMD, and learns slowly', async () => {
    const served = await serveFolder(inject('siteFolder'), { prepend: 'WebAssembly.validate = () => false;' })
    const { page, leave } = await visit('', { site: served.url })
    await expect.poll(() => notices(page).textContent()).toContain(en.problems.live.slowBackend('', ''))
    await learnsOn(page)
    await leave()
    await served.close()
  })

  it('works where storage is denied, and says that nothing is kept', async () => {
    const { page, leave } = await visit('', { prepare: withoutStorage })
    await learnsOn(page)
    await page.evaluate(() => {
      location.hash = '#/stage?theme=dark'
    })
    await expect.poll(() => notices(page).textContent()).toContain(en.problems.notKept.preferences)
    await learnsOn(page)
    await leave()
  })

  it('goes on after its tab was hidden', async () => {
    const { page, leave } = await visit()
    await learnsOn(page)
    const show = (state: 'hidden' | 'visible') =>
      page.evaluate(value => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value })
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => value === 'hidden' })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await show('hidden')
    await page.waitForTimeout(1500)
    await show('visible')
    await learnsOn(page)
    await leave()
  })
})
