// What the viewer's tests in the browser share: the site, built once, a server of it, and one browser.
import type { TestProject } from 'vitest/node'
import { serveChromium } from '../browser/chromium.ts'
import { serveFolder } from '../browser/server.ts'
import { buildSite } from '../browser/site.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the site is served; ends in a slash. */
    readonly site: string
    /** The folder it is served from. */
    readonly siteFolder: string
    /** The browser's address. */
    readonly browser: string
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const site = await buildSite()
  const [served, browser] = await Promise.all([serveFolder(site.folder), serveChromium()])
  project.provide('site', served.url)
  project.provide('siteFolder', site.folder)
  project.provide('browser', browser.wsEndpoint())
  return async () => {
    await browser.close()
    await served.close()
    site.remove()
  }
}
