import { it } from 'vitest'
import { visit } from './visit.ts'
it('looks', async () => {
  const { page, complaints } = await visit('?measure=1#/stage')
  page.on('console', m => console.log(m.type(), m.text().slice(0, 300)))
  for (const s of [1500, 4000, 12000]) {
    await page.waitForTimeout(s)
    await page.screenshot({ path: `/tmp/shots/stage${s}.png` })
    console.log(await page.evaluate(() => JSON.stringify({ ...(globalThis as any).spikegradMeasures, scripts: 0, intervals: 0 }).slice(-900)))
  }
  console.log(complaints)
})
