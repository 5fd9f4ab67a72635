// Opens the viewer in the shared browser, each visit with storage of its own, and gathers what it complains about.
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, inject, onTestFinished } from 'vitest'
import { listen } from '../browser/openPage.ts'

export interface Visit {
  readonly page: Page
  /** What the page complained about so far. */
  readonly complaints: readonly string[]
  /**
   * Closes the page.
   * @throws Error with the complaints, if there are any.
   */
  leave(): Promise<void>
}

export interface VisitOptions extends BrowserContextOptions {
  /** Done to the page before it opens anything. */
  readonly prepare?: (page: Page) => Promise<unknown>
  /** Where the site is served, by default as the set-up serves it. */
  readonly site?: string
}

let browser: Browser | undefined

/** The browser that all tests share. */
export async function sharedBrowser(): Promise<Browser> {
  browser ??= await chromium.connect(inject('browser'))
  return browser
}

afterAll(async () => {
  await browser?.close()
  browser = undefined
})

/** Opens the site at an address within it: '#/lab', '?embed=1'. */
export async function visit(address = '', options: VisitOptions = {}): Promise<Visit> {
  const { prepare, site = inject('site'), ...contextOptions } = options
  const context = await (await sharedBrowser()).newContext({
    viewport: { width: 1280, height: 720 },
    ...contextOptions,
  })
  // A test that fails leaves nothing behind that trains on.
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await prepare?.(page)
  const complaints = listen(page)
  await page.goto(site + address)
  return {
    ...{ page, complaints },
    leave: async () => {
      await context.close()
      if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`)
    },
  }
}
