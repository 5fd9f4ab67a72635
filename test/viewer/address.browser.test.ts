// Addresses that nobody should have written: the page opens, says what it did not take, and goes on.
import { expect, it } from 'vitest'
import { en } from '../../viewer/text/en/index.ts'
import { visit } from './visit.ts'

const { clamped, refused } = en.shell.address

/** Each with the screen that it opens. */
const absurd: readonly (readonly [address: string, screen: string])[] = [
  ['#', 'stage'],
  ['#/', 'stage'],
  ['#/nowhere', 'stage'],
  ['#/lesson/99', 'lesson'],
  ['#/lesson/-1/2/3', 'lesson'],
  ['#/stage?neurons=1e99&hidden1=-5&seed=NaN', 'stage'],
  ['#/stage?edges=Infinity&speed=0&pace=sideways&palette=rainbow', 'stage'],
  ['#/stage?focus=brain,0,99999&hide=everything,input', 'stage'],
  ['#/stage?lang=tlh&theme=pink&motion=violent', 'stage'],
  ['#/stage?classes=2222222222&classes=0000000000', 'stage'],
  ['#/stage?%E0%A4%A=%E0%A4%A&%00=%00&==&&&', 'stage'],
  ['#/stage?seed=<script>alert(1)</script>', 'stage'],
  ['#/lab?learningRate=-1&tauMem=0&__proto__=1&constructor=2', 'lab'],
  [`#/stage?unknown=${'x'.repeat(20_000)}`, 'stage'],
  [`#/${'%'.repeat(500)}`, 'stage'],
]

it('no address breaks the page', async () => {
  const { page, leave } = await visit()
  const agree = page.getByRole('button', { name: en.shell.confirm.restart })
  const open = async (address: string, screen: string) => {
    await page.evaluate(hash => {
      location.hash = hash
    }, address)
    const opened = async () => {
      // A link that would restart a run asks first, and is not taken unless the reader agrees.
      if (await agree.isVisible()) await agree.click()
      return page.locator('.page').getAttribute('data-screen')
    }
    await expect.poll(opened, { message: address.slice(0, 80) }).toBe(screen)
    await expect.poll(() => page.locator('main h1, main h2').count()).toBeGreaterThan(0)
  }
  for (const [address, screen] of absurd) {
    await open('#/about', 'about')
    await open(address, screen)
  }
  await leave()
})

it('what a link asks for in vain is said', async () => {
  const { page, leave } = await visit('#/stage?neurons=99999&pace=sideways')
  const notices = page.getByRole('region', { name: en.shell.notices })
  await expect.poll(() => notices.textContent()).toContain(clamped('neurons', '99999', '1600'))
  expect(await notices.textContent()).toContain(refused('pace', 'sideways'))
  await notices.getByRole('button', { name: en.shell.dismiss }).first().click()
  await expect.poll(() => notices.textContent()).not.toContain(clamped('neurons', '99999', '1600'))
  await leave()
})

it('a link opens in the language and the state that it names, and keeps what it does not know', async () => {
  const { page, leave } = await visit('#/lab?lang=zh&theme=dark&later=1')
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('zh-Hans')
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await expect.poll(() => page.evaluate(() => location.hash)).toContain('later=1')
  await leave()
})
