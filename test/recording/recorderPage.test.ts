// The recorder in the real browser: its worker, and both decompressors, under a strict Content-Security-Policy.
import { expect, it } from 'vitest'
import { openPage } from '../browser/openPage.ts'
import type { RecorderResult } from './recorderPage.ts'

it('records in its worker what the page shows, and the page opens it', async () => {
  const opened = await openPage('test/recording/recorderPage.ts')
  const { problems, bytes, counts } = await opened.result<RecorderResult>()
  await opened.close()
  expect(problems).toEqual([])
  expect(bytes).toBeGreaterThan(10_000)
  expect(counts[0]).toBeGreaterThan(5)
  expect(counts[1]).toBe(counts[0])
})
