// Worker threads in the real browser, in a page that is cross-origin isolated and in one that is not.
import { expect, it } from 'vitest'
import type { ThreadsResult } from '../threads/products.ts'
import { buildPage } from './build.ts'
import { openPage } from './openPage.ts'

it('threads give in the browser the bits of one, under a strict policy', async () => {
  const built = await buildPage('test/browser/threadsPage.ts', { resolve: {} })
  try {
    const opened = await openPage(built, { isolated: true })
    const { products, differences, losses } = await opened.result<ThreadsResult>()
    await opened.close()
    expect(products).toBe(40)
    expect(differences).toEqual([])
    expect(losses).toEqual([losses[0], losses[0], losses[0]])
  } finally {
    built.remove()
  }
})
