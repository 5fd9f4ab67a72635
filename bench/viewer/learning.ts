// How well both networks do in the page, live from nothing, with every panel drawn.
import type { BarInput } from '../bar.ts'
import { significant } from '../table.ts'
import { type LivePoint, livePoints } from './measures.ts'
import { type ViewerContext, withSite } from './site.ts'

const MLP = { accuracy: 0.94, seconds: 20 }
const BRAIN = { accuracy: 0.75, seconds: 60 }
/** Seconds at the end of the minute in which both have to go on learning. */
const LAST = 10

/** The last point of a network that was told before a time, in milliseconds since navigation. */
function lastBefore(
  points: readonly LivePoint[],
  kind: LivePoint['kind'],
  at: number,
): LivePoint | undefined {
  return points.filter(point => point.kind === kind && point.at <= at).at(-1)
}

function accuracyBar(points: readonly LivePoint[], kind: LivePoint['kind'], bar: typeof MLP): BarInput {
  const { accuracy, seconds } = bar
  const point = lastBefore(points, kind, seconds * 1000)
  const first = points.find(({ kind: one, test }) => one === kind && test > accuracy)
  const when = first === undefined ? 'never' : `after ${significant(first.at / 1000)} s`
  return {
    name: `test accuracy of the ${kind === 'mlp' ? 'MLP' : '400-neuron brain'} ${seconds} s after navigation`,
    measured: 100 * (point?.test ?? Number.NaN),
    unit: '%',
    target: 100 * accuracy,
    sense: 'at least',
    note: `after ${point?.samples ?? 0} images; first above the bar ${when}`,
  }
}

/** Images that a network learned from in the last seconds of the minute. */
function stillLearning(points: readonly LivePoint[], kind: LivePoint['kind']): BarInput {
  const end = BRAIN.seconds * 1000
  const before = lastBefore(points, kind, end - LAST * 1000)?.samples ?? 0
  return {
    name: `images the ${kind === 'mlp' ? 'MLP' : 'brain'} learned from in the last ${LAST} s of the minute`,
    measured: (lastBefore(points, kind, end)?.samples ?? 0) - before,
    unit: '',
    target: 1,
    sense: 'at least',
    note: 'both go on learning',
  }
}

export function measureLearning(context: ViewerContext): Promise<BarInput[]> {
  return withSite(context, { address: '?measure=1#/stage', isolated: true }, async ({ page }) => {
    await page.waitForFunction(end => performance.now() > end, BRAIN.seconds * 1000, {
      ...{ timeout: 2 * BRAIN.seconds * 1000, polling: 200 },
    })
    const points = await livePoints(page)
    return [
      accuracyBar(points, 'mlp', MLP),
      accuracyBar(points, 'brain', BRAIN),
      stillLearning(points, 'mlp'),
      stillLearning(points, 'brain'),
    ]
  })
}
