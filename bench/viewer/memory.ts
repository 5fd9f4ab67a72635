// What a replay costs when it loops for ten minutes: heap, draw calls and textures, which all stay flat.
import type { Page } from 'playwright-core'
import { seeAnew, seen } from '../../test/browser/probe.ts'
import { loopBundled } from '../../test/browser/replay.ts'
import type { BarInput } from '../bar.ts'
import { significant } from '../table.ts'
import { type ViewerContext, withSite } from './site.ts'

const MEGABYTE = 1e6

interface Look {
  readonly heap: number
  readonly drawCalls: number
  readonly textures: number
}

/** Bytes of the page's thread after a collection, what its array buffers hold among them. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const usage = (await session.send('Runtime.getHeapUsage')) as {
    usedSize: number
    backingStorageSize?: number
  }
  await session.detach()
  return usage.usedSize + (usage.backingStorageSize ?? 0)
}

async function look(page: Page): Promise<Look> {
  await seeAnew(page)
  await page.waitForTimeout(3000)
  const { frames, textures } = await seen(page)
  const drawCalls = Math.max(0, ...frames.map(frame => frame.drawCalls))
  return { heap: await heapOf(page), drawCalls, textures }
}

export async function measureMemory(context: ViewerContext): Promise<BarInput[]> {
  const minutes = context.quick ? 1 : 10
  const options = { address: '#/replay', isolated: true }
  return withSite(context, options, async ({ page }) => {
    await loopBundled(page)
    await page.waitForTimeout(20_000)
    const looks = [await look(page)]
    const end = Date.now() + minutes * 60_000
    while (Date.now() < end) {
      await page.waitForTimeout(Math.min(30_000, end - Date.now()))
      looks.push(await look(page))
    }
    const first = looks[0]!
    const most = (of: keyof Look) => Math.max(...looks.map(one => one[of]))
    const spread = (of: keyof Look) => most(of) - Math.min(...looks.map(one => one[of]))
    const note = `${looks.length} looks over ${minutes} minutes of a replay loop${context.quick ? ' (quick: 10 without --quick)' : ''}`
    const heaps = `${significant(first.heap / MEGABYTE)} MB at first, ${significant(looks.at(-1)!.heap / MEGABYTE)} MB at last`
    const bar = { unit: '', sense: 'at most', note } as const
    return [
      { ...bar, name: 'draw calls a frame', measured: most('drawCalls'), target: 12 },
      { ...bar, name: 'textures', measured: most('textures'), target: 16 },
      { ...bar, name: 'change of textures in the loop', measured: spread('textures'), target: 0 },
      { ...bar, name: 'heap of the page', measured: most('heap') / MEGABYTE, unit: 'MB', target: 80 },
      {
        ...bar,
        name: 'growth of the heap in the loop',
        measured: (looks.at(-1)!.heap - first.heap) / MEGABYTE,
        unit: 'MB',
        target: 5,
        note: `${note}; ${heaps}`,
      },
    ]
  })
}
