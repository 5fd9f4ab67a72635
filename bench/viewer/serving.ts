// Ways in which a host may serve the page, and a graphics context that is lost: the page is the same.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import { listen } from '../../test/browser/openPage.ts'
import { type Probe, seen, watch } from '../../test/browser/probe.ts'
import { type ServeOptions, serveFolder } from '../../test/browser/server.ts'
import type { BarInput } from '../bar.ts'
import { significant } from '../table.ts'
import { livePoints, untilLive } from './measures.ts'
import { type ViewerContext, withSite } from './site.ts'

/** Still, so that every visit shows the same. */
const STILL = '#/stage?play=0'

interface Visit {
  readonly picture: number
  readonly complaints: readonly string[]
}

/** The page's first picture, as one number. */
async function pictureOf(frame: Frame): Promise<number> {
  const handle = await frame.waitForFunction(
    () => {
      const { probe } = globalThis as unknown as { probe: Probe }
      return probe.firstHash
    },
    null,
    { timeout: 60_000, polling: 100 },
  )
  return (await handle.jsonValue()) as number
}

function visit(context: ViewerContext, options: ServeOptions): Promise<Visit> {
  return withSite(context, { address: STILL, ...options }, async ({ page, complaints }) => {
    const picture = await pictureOf(page.mainFrame())
    await page.waitForTimeout(2000)
    return { picture, complaints: [...complaints] }
  })
}

/** The page in a frame of another site's page, which is not isolated and knows nothing of it. */
async function visitFramed({ browser, site: built }: ViewerContext): Promise<Visit> {
  const outer = mkdtempSync(join(tmpdir(), 'outer-'))
  const [site, host] = await Promise.all([serveFolder(built.folder), serveFolder(outer, { policy: null })])
  const foreign = host.url.replace('127.0.0.1', 'localhost')
  const html = `<!doctype html><title>A page</title><body style="margin:0"><iframe title="spikegrad" width="1280" height="720" style="border:0" src="${site.url}${STILL}"></iframe>`
  writeFileSync(join(outer, 'index.html'), html)
  const page: Page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  try {
    const complaints = listen(page)
    await watch(page)
    await page.goto(`${foreign}index.html`)
    const frame = page.frames().find(one => one.url().startsWith(site.url))
    if (frame === undefined) throw new Error('the frame did not open')
    const picture = await pictureOf(frame)
    await page.waitForTimeout(2000)
    return { picture, complaints: [...complaints] }
  } finally {
    await page.close()
    await Promise.all([site.close(), host.close()])
    rmSync(outer, { recursive: true })
  }
}

export async function measureServing(context: ViewerContext): Promise<BarInput[]> {
  const visits: Readonly<Record<string, Visit>> = {
    isolated: await visit(context, { isolated: true, policy: null }),
    plain: await visit(context, { policy: null }),
    'strict policy': await visit(context, {}),
    'in a frame': await visitFramed(context),
  }
  const complaints = Object.entries(visits).flatMap(([way, one]) =>
    one.complaints.map(text => `${way}: ${text}`),
  )
  const pictures = new Set(Object.values(visits).map(({ picture }) => picture))
  const ways = Object.keys(visits).join(', ')
  return [
    {
      name: 'console errors over four ways of serving',
      ...{ measured: complaints.length, unit: '', target: 0, sense: 'at most' },
      note: complaints.length === 0 ? ways : complaints.join('; '),
    },
    {
      name: 'first pictures over four ways of serving',
      ...{ measured: pictures.size, unit: '', target: 1, sense: 'at most' },
      note: `${ways}: ${Object.values(visits)
        .map(({ picture }) => picture.toString(16))
        .join(', ')}`,
    },
  ]
}

/** Loses the page's graphics context, gives it back, and tells how long the picture took: milliseconds. */
export function loseContext(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { probe } = globalThis as unknown as { probe: Probe }
    const context = probe.contexts.at(-1)
    const extension = context?.getExtension('WEBGL_lose_context')
    if (!context || !extension) throw new Error('there is no graphics context to lose')
    const wait = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))
    extension.loseContext()
    await wait(1000)
    const before = performance.now()
    extension.restoreContext()
    while ((await probe.picture()) === 0);
    return performance.now() - before
  })
}

export function measureContext(context: ViewerContext): Promise<BarInput[]> {
  return withSite(context, { address: '?measure=1#/stage' }, async ({ page, complaints }) => {
    await untilLive(page)
    const before = (await livePoints(page)).length
    const milliseconds = await loseContext(page)
    const during = (await livePoints(page)).length - before
    const { textures } = await seen(page)
    return [
      {
        name: 'picture back after a lost graphics context',
        ...{ measured: milliseconds / 1000, unit: 's', target: 2, sense: 'at most' },
        note: `${textures} textures made since; complaints: ${complaints.length === 0 ? 'none' : complaints.join('; ')}`,
      },
      {
        name: 'frames of the live run while the graphics context was lost',
        ...{ measured: during, unit: '', target: 1, sense: 'at least' },
        note: `training went on for ${significant(1 + milliseconds / 1000)} s without a picture`,
      },
    ]
  })
}
