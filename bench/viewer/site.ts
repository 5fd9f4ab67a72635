// The page under measurement: opened in the real browser, watched, and closed with all that served it.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { listen } from '../../test/browser/openPage.ts'
import { watch } from '../../test/browser/probe.ts'
import { type Served, type ServeOptions, serveFolder } from '../../test/browser/server.ts'
import type { BarInput } from '../bar.ts'
import type { MeasuredSite } from './bundle.ts'

export interface ViewerContext {
  readonly browser: Browser
  readonly site: MeasuredSite
  /** Short loops in place of ten minutes. */
  readonly quick: boolean
}

/** Measures some of the bars. */
export type Measure = (context: ViewerContext) => Promise<BarInput[]>

export interface SiteOptions extends ServeOptions {
  readonly address?: string
  readonly context?: BrowserContextOptions
}

export interface OpenSite {
  readonly page: Page
  readonly served: Served
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** Opens the site with storage of its own, at 1280 x 720 unless told otherwise. */
export async function openSite(
  { browser, site }: ViewerContext,
  options: SiteOptions = {},
): Promise<OpenSite> {
  const { address = '', context, ...serving } = options
  const served = await serveFolder(site.folder, serving)
  const visitor = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...context })
  const page = await visitor.newPage()
  const complaints = listen(page)
  await watch(page)
  await page.goto(served.url + address)
  return {
    ...{ page, served, complaints },
    close: async () => {
      await visitor.close()
      await served.close()
    },
  }
}

/** Opens the site, uses it, and closes it whatever happens. */
export async function withSite<T>(
  context: ViewerContext,
  options: SiteOptions,
  use: (site: OpenSite) => Promise<T>,
): Promise<T> {
  const site = await openSite(context, options)
  try {
    return await use(site)
  } finally {
    await site.close()
  }
}
