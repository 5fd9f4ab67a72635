// The page wherever it is served from: any folder, inside another page, and without a network after its first visit.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, inject, it } from 'vitest'
import { en } from '../../viewer/text/en/index.ts'
import { serveFolder } from '../browser/server.ts'
import { visit } from './visit.ts'

/** Waits until all of the site is kept. */
function kept(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active?.state === 'activated') return
    await new Promise(done => active?.addEventListener('statechange', done))
  })
}

/** Makes another version of the site, without one of its scripts; returns this one's address. */
function publishAnother(folder: string): string {
  const worker = join(folder, 'serviceWorker.js')
  const source = readFileSync(worker, 'utf8')
  const [, version] = /version\W+(\w{12})/.exec(source)!
  const [script] = /assets\/lab-[\w-]+\.js/.exec(source)!
  writeFileSync(worker, source.replace(version!, 'anotherTwelv').replace(script, 'index.html'))
  rmSync(join(folder, script))
  return script
}

it('keeps what an open page still needs when another one takes a new version', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'updated-'))
  cpSync(inject('siteFolder'), folder, { recursive: true })
  const served = await serveFolder(folder)
  const { page, leave } = await visit('', { site: served.url })
  const versions = () => page.evaluate(() => caches.keys())
  try {
    await kept(page)
    const other = await page.context().newPage()
    await other.goto(served.url)
    const script = publishAnother(folder)
    const fetched = (from: Page) =>
      from.evaluate(async path => (await fetch(path, { cache: 'reload' })).status, script)
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
    const reloaded = page.waitForEvent('load')
    await page.getByRole('button', { name: en.shell.updateNow }).click()
    await reloaded
    expect(await versions()).toHaveLength(2)
    expect(await fetched(other)).toBe(200)
    await other.close()
    await page.goto('about:blank')
    await page.goto(served.url)
    await expect.poll(versions).toEqual(['spikegrad-anotherTwelv'])
  } finally {
    await leave()
    await served.close()
    rmSync(folder, { recursive: true })
  }
})

it('opens without a network after its first visit', async () => {
  const served = await serveFolder(inject('siteFolder'))
  const { page, complaints, leave } = await visit('', { site: served.url })
  try {
    await kept(page)
    await served.close()
    await page.reload()
    await page.locator('main h1, main h2').first().waitFor()
    for (const address of ['#/lab', '#/about', '#/replay', '#/lesson/1', '#/stage?lang=zh']) {
      await page.evaluate(hash => {
        location.hash = hash
      }, address)
      await expect.poll(() => page.locator('main h1, main h2').count()).toBeGreaterThan(0)
      expect(await page.getByText(en.shell.failedToLoad).count()).toBe(0)
    }
    expect(complaints).toEqual([])
  } finally {
    await leave()
  }
})

it('runs from a folder deep within a site, and inside a frame of another', async () => {
  const outer = mkdtempSync(join(tmpdir(), 'outer-'))
  mkdirSync(join(outer, 'deep'))
  cpSync(inject('siteFolder'), join(outer, 'deep', 'within'), { recursive: true })
  const [site, host] = await Promise.all([serveFolder(outer), serveFolder(outer, { policy: null })])
  const address = `${site.url}deep/within/?embed=1`
  const html = `<!doctype html><title>A page</title><iframe title="spikegrad" width="900" height="600" src="${address}"></iframe>`
  writeFileSync(join(outer, 'index.html'), html)
  // Another name of this machine is another site to the browser.
  const { page, leave } = await visit('', { site: host.url.replace('127.0.0.1', 'localhost') })
  try {
    const frame = page.frameLocator('iframe')
    await frame.locator('main').waitFor()
    await expect.poll(() => frame.getByRole('button', { name: en.shell.pause }).count()).toBe(1)
    expect(await frame.getByRole('banner').count()).toBe(0)
  } finally {
    await leave()
    await Promise.all([site.close(), host.close()])
    rmSync(outer, { recursive: true })
  }
})
