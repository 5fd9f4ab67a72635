// What the page is to those who cannot see it, cannot use a mouse or cannot bear motion.
import { violationsOf } from '../../test/browser/axe.ts'
import { walk } from '../../test/browser/keyboard.ts'
import { screenAddresses, settle } from '../../test/browser/screens.ts'
import { changedWithin } from '../../test/browser/stillness.ts'
import type { BarInput } from '../bar.ts'
import { type ViewerContext, withSite } from './site.ts'

const themes = ['light', 'dark'] as const
const sizes = [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const

export async function measureAxe(context: ViewerContext): Promise<BarInput[]> {
  const violations: string[] = []
  for (const colorScheme of themes) {
    for (const viewport of sizes) {
      for (const [screen, address] of Object.entries(screenAddresses)) {
        const options = { address, context: { colorScheme, viewport } }
        await withSite(context, options, async ({ page }) => {
          await settle(page)
          const found = await violationsOf(page)
          violations.push(...found.map(text => `${screen}, ${colorScheme}, ${viewport.width}: ${text}`))
        })
      }
    }
  }
  const views = Object.keys(screenAddresses).length * themes.length * sizes.length
  return [
    {
      name: 'violations of WCAG 2.2 A and AA, by axe',
      ...{ measured: violations.length, unit: '', target: 0, sense: 'at most' },
      note:
        violations.length === 0
          ? `${views} views: every screen, two themes, two sizes`
          : violations.join('\n  '),
    },
  ]
}

const CALM_SECONDS = 3

export function measureMotion(context: ViewerContext): Promise<BarInput[]> {
  return withSite(context, { context: { reducedMotion: 'reduce' } }, async ({ page }) => {
    await settle(page)
    return [
      {
        name: `pixels that change in ${CALM_SECONDS} s with reduced motion`,
        ...{ measured: await changedWithin(page, CALM_SECONDS), unit: '', target: 0, sense: 'at most' },
        note: 'the whole window, looked at four times, nothing touched',
      },
    ]
  })
}

export async function measureKeyboard(context: ViewerContext): Promise<BarInput[]> {
  const missed: string[] = []
  const unmarked: string[] = []
  let reached = 0
  for (const [screen, address] of Object.entries(screenAddresses)) {
    await withSite(context, { address }, async ({ page }) => {
      await settle(page)
      const walked = await walk(page)
      reached += walked.reached.length
      missed.push(...walked.missed.map(control => `${screen}: ${control}`))
      unmarked.push(...walked.unmarked.map(control => `${screen}: ${control}`))
    })
  }
  const bar = { unit: '', target: 0, sense: 'at most' } as const
  return [
    {
      ...{ name: 'controls that the keyboard does not reach', measured: missed.length, ...bar },
      note: missed.length === 0 ? `${reached} controls on all screens reached by Tab` : missed.join('; '),
    },
    {
      ...{ name: 'controls that do not show the focus', measured: unmarked.length, ...bar },
      note: unmarked.length === 0 ? 'each has an outline' : unmarked.join('; '),
    },
  ]
}
