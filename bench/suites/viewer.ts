// The viewer's bars: builds the page, opens it in a real browser and measures each beside its target.

import { describeError } from '../../experiments/errors.ts'
import { launchChromium } from '../../test/browser/chromium.ts'
import { makeBar } from '../bar.ts'
import type { Outcome } from '../row.ts'
import { significant } from '../table.ts'
import { measureAxe, measureKeyboard, measureMotion } from '../viewer/access.ts'
import { buildMeasuredSite } from '../viewer/bundle.ts'
import { measureLive, measureScript } from '../viewer/frames.ts'
import { measureLearning } from '../viewer/learning.ts'
import { measureMemory } from '../viewer/memory.ts'
import { measureOpening } from '../viewer/opening.ts'
import { measureRecordings } from '../viewer/recordings.ts'
import { measureContext, measureServing } from '../viewer/serving.ts'
import type { Measure } from '../viewer/site.ts'

export interface ViewerOptions {
  readonly quick: boolean
  readonly signal: AbortSignal
  readonly say: (line: string) => void
}

const parts: Readonly<Record<string, Measure>> = {
  opening: measureOpening,
  learning: measureLearning,
  'live training': measureLive,
  script: measureScript,
  serving: measureServing,
  'graphics context': measureContext,
  'reduced motion': measureMotion,
  keyboard: measureKeyboard,
  accessibility: measureAxe,
  recordings: measureRecordings,
  memory: measureMemory,
}

/** Measures part by part; one that breaks down is an outcome, and so is the browser's version. Ends early when aborted. */
export async function runViewer({ quick, signal, say }: ViewerOptions): Promise<Outcome[]> {
  if (signal.aborted) return []
  say('viewer: building the site')
  const site = await buildMeasuredSite()
  const browser = await launchChromium()
  const end = () => void browser.close()
  signal.addEventListener('abort', end)
  const outcomes: Outcome[] = []
  try {
    say(`viewer: Chromium ${browser.version()}${quick ? ', quick: loops are short' : ''}`)
    for (const [name, measure] of Object.entries(parts)) {
      if (signal.aborted) break
      try {
        for (const input of await measure({ browser, site, quick })) {
          const bar = makeBar(input)
          say(`viewer: ${bar.name}: ${significant(bar.measured)} ${bar.unit}`)
          outcomes.push({ kind: 'bar', bar })
        }
      } catch (error) {
        const peer = `Chromium ${browser.version()}`
        const failed = { suite: 'viewer' as const, name, peer, reason: describeError(error) }
        if (!signal.aborted) outcomes.push({ kind: 'failed', failed })
      }
    }
  } finally {
    signal.removeEventListener('abort', end)
    await browser.close()
    site.remove()
  }
  return outcomes
}
