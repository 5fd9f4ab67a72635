// What the page tells of itself when its address says measure=1.
import type { Page } from 'playwright-core'

export interface LivePoint {
  /** Milliseconds since navigation. */
  readonly at: number
  readonly kind: 'mlp' | 'brain'
  readonly samples: number
  readonly test: number
}

interface Measures {
  readonly firstLive: number | null
  readonly accuracies: readonly LivePoint[]
}

/** How long a slow machine may take until something is there at all. */
const PATIENCE = 60_000

/** Waits until the page shows a live run that has learned something; milliseconds since navigation. */
export async function untilLive(page: Page): Promise<number> {
  const handle = await page.waitForFunction(
    () => (globalThis as unknown as { spikegradMeasures?: Measures }).spikegradMeasures?.firstLive ?? null,
    null,
    { timeout: PATIENCE, polling: 100 },
  )
  return (await handle.jsonValue()) as number
}

/** Waits until the picture has moved; milliseconds since navigation. */
export async function untilMoving(page: Page): Promise<number> {
  const handle = await page.waitForFunction(
    () => (globalThis as unknown as { probe: { firstMotion: number | null } }).probe.firstMotion,
    null,
    { timeout: PATIENCE, polling: 50 },
  )
  return (await handle.jsonValue()) as number
}

/** What the live run has told so far. */
export function livePoints(page: Page): Promise<readonly LivePoint[]> {
  return page.evaluate(
    () => (globalThis as unknown as { spikegradMeasures: Measures }).spikegradMeasures.accuracies,
  )
}
