// Opens a page in the real browser; whatever the page complains about fails the test.
import type { Browser, Page } from 'playwright-core'
import { type BuiltPage, buildPage } from './build.ts'
import { type BrowserChoice, launchChromium } from './chromium.ts'
import { type Served, type ServeOptions, serveFolder } from './server.ts'

export interface OpenPage {
  readonly page: Page
  /** What the page complained about so far: errors in the console, uncaught errors, requests that failed. */
  readonly complaints: readonly string[]
  /** Waits for what the page's script put into `globalThis.result` when it was loaded: a promise of what JSON can hold. */
  result<T>(): Promise<T>
  /**
   * Closes the page and all that served it.
   * @throws Error with the complaints, if there are any.
   */
  close(): Promise<void>
}

export interface OpenOptions extends ServeOptions {
  readonly width?: number
  readonly height?: number
  /** By default the installed browser. */
  readonly browser?: BrowserChoice
}

/**
 * Opens a page in a browser of its own, under a strict Content-Security-Policy.
 * @param target a URL; a built page; an .html entry or a .ts script, which is built first.
 */
export async function openPage(target: string | BuiltPage, options: OpenOptions = {}): Promise<OpenPage> {
  const closers: (() => unknown)[] = []
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    const url = await serve(target, options, closers)
    const browser: Browser = await launchChromium(options.browser)
    closers.push(() => browser.close())
    const { width = 1200, height = 800 } = options
    const page = await browser.newPage({ viewport: { width, height } })
    const complaints = listen(page)
    await page.goto(url)
    return {
      ...{ page, complaints },
      result: <T>() => resultOf<T>(page, complaints),
      close: async () => {
        await closeAll()
        if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`)
      },
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** Builds and serves what is not a URL yet. */
async function serve(
  target: string | BuiltPage,
  options: ServeOptions,
  closers: (() => unknown)[],
): Promise<string> {
  if (typeof target === 'string' && /^https?:/.test(target)) return target
  let built: BuiltPage
  if (typeof target === 'string') {
    built = await buildPage(target)
    closers.push(() => built.remove())
  } else built = target
  const served: Served = await serveFolder(built.folder, options)
  closers.push(() => served.close())
  return served.url + built.page
}

/** Gathers what a page complains about from now on. */
export function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', error => {
    complaints.push(`uncaught: ${error.stack ?? error.message}`)
  })
  page.on('requestfailed', request => {
    complaints.push(`request: ${request.url()} ${request.failure()?.errorText}`)
  })
  return complaints
}

async function resultOf<T>(page: Page, complaints: readonly string[]): Promise<T> {
  try {
    return await page.evaluate(() => {
      const { result } = globalThis as { result?: Promise<T> }
      if (result === undefined) throw new Error('globalThis.result is not there')
      return result
    })
  } catch (error) {
    throw new Error([`the page gave no result: ${error}`, ...complaints].join('\n'), { cause: error })
  }
}
