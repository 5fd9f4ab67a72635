// Training in the real browser, under a strict Content-Security-Policy, gives what it gives in Node.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { availableBackends } from '../../src/index.ts'
import { type OpenPage, openPage } from './openPage.ts'
import { spike, train } from './training.ts'
import type { TrainingResult } from './trainingPage.ts'

describe('in the browser', () => {
  let opened: OpenPage
  let results: TrainingResult
  beforeAll(async () => {
    opened = await openPage('test/browser/trainingPage.ts')
    results = await opened.result<TrainingResult>()
  })
  // Fails when the page complained.
  afterAll(() => opened?.close())

  it('every backend is there that current engines have', () => {
    expect(results.map(({ name }) => name)).toEqual(['wasm-relaxed-simd', 'wasm-simd', 'js'])
  })

  it('the classifier learns on every backend, to the bits of Node where Node has the backend', () => {
    for (const { name, trained } of results) {
      expect(trained.losses.at(-1)!, name).toBeLessThan(trained.losses[0]! / 2)
    }
    const common = results.filter(({ name }) => availableBackends().includes(name))
    expect(common.map(({ name }) => name)).toEqual(availableBackends())
    for (const { name, trained } of common) expect(trained, name).toEqual(train(name))
  })

  it('the spiking network gives the same spikes and weights everywhere, to the bit', () => {
    const expected = spike('js')
    expect(expected.counts.reduce((sum, count) => sum + count)).toBeGreaterThan(0)
    for (const { name, spiked } of results) expect(spiked, name).toEqual(expected)
  })
})
