// The kernel compiler in the real browser, under a strict Content-Security-Policy.
import { expect, it } from 'vitest'
import { openPage } from './openPage.ts'
import type { ProgramsResult } from './programsPage.ts'

it('five thousand random programs leave in the browser the bits of the interpreter', async () => {
  const opened = await openPage('test/browser/programsPage.ts')
  const { programs, backends, differences } = await opened.result<ProgramsResult>()
  await opened.close()
  expect(programs).toBe(5000)
  expect(backends).toEqual(['wasm-relaxed-simd', 'wasm-simd'])
  expect(differences).toEqual([])
})
