// Addresses that nobody should have written: the page opens, says what it did not take, and goes on.
import { expect, it } from 'vitest'
import { en } from '../../viewer/text/en/index.ts'
import { visit } from './visit.ts'

const { clamped, refused } = en.shell.address

const absurd = [
  '#',
  '#/',
  '#/nowhere',
  '#/lesson/99',
  '#/lesson/-1/2/3',
  '#/stage?neurons=1e99&hidden1=-5&seed=NaN',
  '#/stage?edges=Infinity&speed=0&pace=sideways&palette=rainbow',
  '#/stage?focus=brain,0,99999&hide=everything,input',
  '#/stage?lang=tlh&theme=pink&motion=violent',
  '#/stage?classes=2222222222&classes=0000000000',
  '#/stage?%E0%A4%A=%E0%A4%A&%00=%00&==&&&',
  '#/stage?seed=<script>alert(1)</script>',
  '#/lab?learningRate=-1&tauMem=0&__proto__=1&constructor=2',
  `#/stage?unknown=${'x'.repeat(20_000)}`,
  `#/${'%'.repeat(500)}`,
]

it('no address breaks the page', async () => {
  const { page, leave } = await visit()
  for (const address of absurd) {
    await page.evaluate(hash => {
      location.hash = hash
    }, address)
    await expect.poll(() => page.locator('main h1, main h2').count()).toBeGreaterThan(0)
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
