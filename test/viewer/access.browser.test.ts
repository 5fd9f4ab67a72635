// The page for those who cannot see it, cannot use a mouse or cannot bear motion.
import { describe, expect, it } from 'vitest'
import { violationsOf } from '../browser/axe.ts'
import { walk } from '../browser/keyboard.ts'
import { screenAddresses, settle } from '../browser/screens.ts'
import { changedWithin } from '../browser/stillness.ts'
import { visit } from './visit.ts'

const addresses = Object.entries(screenAddresses)

// In one theme while both networks learn, in the other while they stand still.
describe.each([
  ['light', 1],
  ['dark', 0],
] as const)('in the %s theme', (colorScheme, play) => {
  it('no screen breaks a rule of WCAG 2.2 A or AA that axe knows', async () => {
    const { page, leave } = await visit(`#/stage?play=${play}`, { colorScheme })
    const found: string[] = []
    for (const [screen, address] of addresses) {
      await page.evaluate(hash => {
        location.hash = hash
      }, `${address}?play=${play}`)
      await settle(page)
      found.push(...(await violationsOf(page)).map(text => `${screen}: ${text}`))
    }
    expect(found).toEqual([])
    await leave()
  })
})

it('with the keyboard alone every control of every screen is reached, and shows that it is', async () => {
  const { page, leave } = await visit('#/stage?play=0')
  const wrong: string[] = []
  let controls = 0
  for (const [screen, address] of addresses) {
    await page.evaluate(hash => {
      location.hash = `${hash}?play=0`
    }, address)
    await settle(page)
    const { reached, missed, unmarked } = await walk(page)
    controls += reached.length
    wrong.push(...missed.map(control => `${screen}: ${control} is not reached`))
    wrong.push(...unmarked.map(control => `${screen}: ${control} does not show the focus`))
  }
  expect(controls).toBeGreaterThan(100)
  expect(wrong).toEqual([])
  await leave()
})

it('with reduced motion nothing changes that nobody touched', async () => {
  const { page, leave } = await visit('', { reducedMotion: 'reduce' })
  await settle(page)
  expect(await changedWithin(page, 3)).toBe(0)
  await leave()
})
