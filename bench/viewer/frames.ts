// What drawing costs: script of a frame under the stated load, the interval between frames, and whether the page ever hangs.
import { buildPage } from '../../test/browser/build.ts'
import { seeAnew, seen } from '../../test/browser/probe.ts'
import { serveFolder } from '../../test/browser/server.ts'
import { type BarInput, percentile } from '../bar.ts'
import { significant } from '../table.ts'
import { untilLive } from './measures.ts'
import { type ViewerContext, withSite } from './site.ts'

const SECONDS = 20

/** The page's script: what `test/viewer/loadPage.ts` leaves in `globalThis.result`. */
interface LoadResult {
  readonly full: readonly number[]
  readonly slow: readonly number[]
  readonly drawCalls: number
  readonly textures: number
  readonly nodes: number
}

/** The stage alone, under the stated load at its finest tier, so that neither learning nor filling pixels is in it. */
export async function measureScript({ browser }: ViewerContext): Promise<BarInput[]> {
  const built = await buildPage('test/viewer/loadPage.ts')
  const served = await serveFolder(built.folder, { isolated: true })
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  try {
    await page.goto(served.url + built.page)
    const { full, slow, drawCalls, textures, nodes } = await page.evaluate(
      () => (globalThis as unknown as { result: Promise<LoadResult> }).result,
    )
    const scripts = [...full, ...slow]
    const part = (times: readonly number[]) =>
      `${significant(percentile(times, 0.5))} and ${significant(percentile(times, 0.95))} ms`
    const note = `${scripts.length} pictures of ${nodes} nodes, 1,500 synapses, two heat maps and the raster, new data in every second one: full speed ${part(full)}, slow motion ${part(slow)}`
    const bar = { sense: 'at most', note } as const
    return [
      { ...bar, name: 'script per frame, median', measured: percentile(scripts, 0.5), unit: 'ms', target: 2 },
      {
        ...bar,
        name: 'script per frame, 95 of 100',
        measured: percentile(scripts, 0.95),
        unit: 'ms',
        target: 8,
      },
      { ...bar, name: 'draw calls under that load', measured: drawCalls, unit: '', target: 12 },
      { ...bar, name: 'textures under that load', measured: textures, unit: '', target: 16 },
    ]
  } finally {
    await page.close()
    await served.close()
    built.remove()
  }
}

export function measureLive(context: ViewerContext): Promise<BarInput[]> {
  return withSite(context, { address: '?measure=1#/stage', isolated: true }, async ({ page }) => {
    await untilLive(page)
    await page.waitForTimeout(3000)
    await seeAnew(page)
    await page.waitForTimeout(SECONDS * 1000)
    const { frames, longTasks } = await seen(page)
    // Where nothing is new, nothing is drawn: such frames would make the interval look short.
    const drawn = frames.filter(({ drawCalls }) => drawCalls > 0)
    const intervals = drawn.slice(1).map(({ at }, index) => at - drawn[index]!.at)
    const scripts = drawn.map(({ script }) => script)
    const longest = Math.max(0, ...longTasks.map(({ milliseconds }) => milliseconds))
    return [
      {
        name: 'interval between drawn frames in software GL, median',
        ...{ measured: percentile(intervals, 0.5), unit: 'ms', target: 50, sense: 'at most' },
        note: `${drawn.length} pictures, 30 new ones a second at most, in ${frames.length} frames of ${SECONDS} s of live training, at the tier the page chose; 95 of 100 within ${significant(percentile(intervals, 0.95))} ms, script ${significant(percentile(scripts, 0.5))} ms`,
      },
      {
        name: `tasks over 50 ms in ${SECONDS} s of live training`,
        ...{ measured: longTasks.length, unit: '', target: 0, sense: 'at most' },
        note: longTasks.length === 0 ? 'none' : `the longest ${significant(longest)} ms`,
      },
    ]
  })
}
