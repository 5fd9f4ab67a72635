// The page as a visitor finds it: it moves, both networks learn as one watches, and both read a digit that is drawn.
import { decode } from 'fast-png'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { en } from '../../viewer/text/en/index.ts'
import { watch } from '../browser/probe.ts'
import { visit } from './visit.ts'

interface Point {
  readonly kind: 'mlp' | 'brain'
  readonly samples: number
  readonly test: number
}

function points(page: Page): Promise<readonly Point[]> {
  return page.evaluate(() => {
    const { spikegradMeasures } = globalThis as { spikegradMeasures?: { accuracies: readonly Point[] } }
    return spikegradMeasures?.accuracies ?? []
  })
}

async function best(page: Page, kind: Point['kind']): Promise<number> {
  const found = (await points(page)).filter(point => point.kind === kind && !Number.isNaN(point.test))
  return Math.max(0, ...found.map(({ test }) => test))
}

/** Strongly coloured pixels of the brain's votes: the longer the bars, the more. */
async function votes(page: Page): Promise<number> {
  const { data, channels } = decode(await page.locator('[data-panel="brainOutput"] .picture').screenshot())
  let coloured = 0
  for (let at = 0; at < data.length; at += channels) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!]
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 60) coloured++
  }
  return coloured
}

it('moves, learns live, and reads a digit drawn with the mouse', async () => {
  const { page, leave } = await visit('?measure=1#/stage')
  // Both learn from nothing: more images, and soon far more named right than by chance.
  await expect.poll(() => best(page, 'mlp')).toBeGreaterThan(0.8)
  await expect.poll(() => best(page, 'brain')).toBeGreaterThan(0.2)
  for (const kind of ['mlp', 'brain'] as const) {
    const samples = (await points(page)).filter(point => point.kind === kind).map(point => point.samples)
    expect(samples.at(-1)!, kind).toBeGreaterThan(samples[0]!)
  }
  // The raster says which neurons it draws.
  expect(await page.locator('.figure-note').textContent()).toMatch(/^1 to (\d+) of \1(, \d+ to a row)?$/)
  await page.keyboard.press('d')
  const pad = page.getByLabel(en.panels.drawPad.pad, { exact: true })
  const { x, y, width, height } = (await pad.boundingBox())!
  await page.mouse.move(x + 0.5 * width, y + 0.2 * height)
  await page.mouse.down()
  await page.mouse.move(x + 0.5 * width, y + 0.5 * height, { steps: 5 })
  await page.mouse.move(x + 0.48 * width, y + 0.8 * height, { steps: 5 })
  await page.mouse.up()
  await page.getByRole('button', { name: en.panels.drawPad.read, exact: true }).click()
  const result = page.locator('.draw-result')
  await expect.poll(() => result.textContent()).toMatch(/Deep network: \d \(\d+\s%\)/)
  expect(await result.textContent()).toMatch(/Brain: (\d \(.*spikes?\)|no answer)/)
  // The brain takes its 350 ms: from their beginning on, the votes grow step by step.
  const step = (key: ',' | '.', times: number) =>
    page.evaluate(
      ([pressed, count]) => {
        for (let press = 0; press < count; press++)
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }))
      },
      [key, times] as const,
    )
  await step(',', 70)
  const none = await votes(page)
  await step('.', 35)
  await expect.poll(() => votes(page)).toBeGreaterThan(none)
  const half = await votes(page)
  await step('.', 35)
  await expect.poll(() => votes(page)).toBeGreaterThan(half)
  await leave()
}, 120_000)

it('an empty drawing gets a sentence', async () => {
  const { page, leave } = await visit()
  await page.getByRole('button', { name: en.stage.draw }).click()
  await page.getByRole('button', { name: en.panels.drawPad.read, exact: true }).click()
  await expect.poll(() => page.locator('.draw-result').textContent()).toBe(en.panels.drawPad.empty)
  await leave()
})

it('the picture moves before anything has learned', async () => {
  const { page, leave } = await visit('', { prepare: watch })
  const motion = () =>
    page.evaluate(
      () => (globalThis as unknown as { probe: { firstMotion: number | null } }).probe.firstMotion,
    )
  await expect.poll(motion).not.toBeNull()
  await leave()
})
