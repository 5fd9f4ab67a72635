// A step allocates nothing: neither in the backend's memory nor, once compiled, on the engine's heap.
// Alone in its file, so that the engine has seen no other network, as in a program that simulates one.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { DiehlCook } from '../../sim/index.ts'
import { useBackend } from '../../src/index.ts'
import { loadMnistImages } from '../mnist.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

it('ten thousand learning steps leave the heap as it was', () => {
  const { arena } = useBackend('wasm')
  const model = new DiehlCook({ neurons: 100, seed: 1 })
  const image = loadMnistImages('train', 1)
  for (let n = 0; n < 100; n++) model.present(image, { learning: true })
  const { bytesInUse } = arena
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < 10; n++) model.present(image, { learning: true })
  const bytesPerStep = (process.memoryUsage().heapUsed - before) / 10_000
  expect(model.activity.excitatorySpikes).toBeGreaterThan(100)
  expect(arena.bytesInUse).toBe(bytesInUse)
  // One number in a box a step would be 12 bytes or more.
  expect(bytesPerStep).toBeLessThan(10)
  model.dispose()
})
