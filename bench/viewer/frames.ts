// What drawing costs: script of a frame under the stated load, the interval between frames, and whether the page ever hangs.
import { seeAnew, seen } from '../../test/browser/probe.ts'
import { type BarInput, percentile } from '../bar.ts'
import { significant } from '../table.ts'
import { untilLive } from './measures.ts'
import { type ViewerContext, withSite } from './site.ts'

/** Two layers of 256, ten outputs and 1,600 neurons: 2,122 nodes; 1,500 synapses, two heat maps and the raster. */
const LOAD = 'hidden1=256&hidden2=256&neurons=1600&edges=1500'
const SECONDS = 20

export async function measureScript(context: ViewerContext): Promise<BarInput[]> {
  const options = { address: `?measure=1#/stage?${LOAD}`, isolated: true }
  return withSite(context, options, async ({ page }) => {
    await untilLive(page)
    await page.waitForTimeout(3000)
    await seeAnew(page)
    await page.waitForTimeout(SECONDS * 1000)
    const { frames } = await seen(page)
    const scripts = frames.filter(({ drawCalls }) => drawCalls > 0).map(({ script }) => script)
    const note = `${scripts.length} drawn frames of a live run, 2,122 nodes and up to 1,500 synapses; all that the page does in a frame`
    const bar = { unit: 'ms', sense: 'at most', note } as const
    return [
      { ...bar, name: 'script per frame, median', measured: percentile(scripts, 0.5), target: 2 },
      { ...bar, name: 'script per frame, 95 of 100', measured: percentile(scripts, 0.95), target: 8 },
    ]
  })
}

export function measureLive(context: ViewerContext): Promise<BarInput[]> {
  return withSite(context, { address: '?measure=1#/stage', isolated: true }, async ({ page }) => {
    await untilLive(page)
    await page.waitForTimeout(3000)
    await seeAnew(page)
    await page.waitForTimeout(SECONDS * 1000)
    const { frames, longTasks } = await seen(page)
    const intervals = frames.slice(1).map(({ at }, index) => at - frames[index]!.at)
    const scripts = frames.map(({ script }) => script)
    const longest = Math.max(0, ...longTasks.map(({ milliseconds }) => milliseconds))
    return [
      {
        name: 'frame interval in software GL, median',
        ...{ measured: percentile(intervals, 0.5), unit: 'ms', target: 50, sense: 'at most' },
        note: `${frames.length} frames in ${SECONDS} s of live training, at the tier the page chose; 95 of 100 within ${significant(percentile(intervals, 0.95))} ms, script ${significant(percentile(scripts, 0.5))} ms`,
      },
      {
        name: `tasks over 50 ms in ${SECONDS} s of live training`,
        ...{ measured: longTasks.length, unit: '', target: 0, sense: 'at most' },
        note: longTasks.length === 0 ? 'none' : `the longest ${significant(longest)} ms`,
      },
    ]
  })
}
