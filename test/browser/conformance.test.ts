// The tables of kernels and ops, walked on every backend of the real browser.
import { expect, it } from 'vitest'
import type { ConformanceResult } from './conformancePage.ts'
import { openPage } from './openPage.ts'

it('every kernel and op gives in the browser what the js backend gives there', async () => {
  const opened = await openPage('test/browser/conformancePage.ts')
  const { backends, kernels, ops, differences } = await opened.result<ConformanceResult>()
  await opened.close()
  expect(backends).toEqual(['wasm-relaxed-simd', 'wasm-simd'])
  expect(kernels).toBeGreaterThan(200)
  expect(ops).toBeGreaterThan(100)
  expect(differences).toEqual([])
})
