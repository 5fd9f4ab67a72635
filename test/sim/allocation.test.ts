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

it('a learning step leaves the heap as it was', () => {
  const { arena } = useBackend('wasm')
  const model = new DiehlCook({ neurons: 100, seed: 1 })
  const image = loadMnistImages('train', 1)
  const present = (times: number) => {
    for (let n = 0; n < times; n++) model.present(image, { learning: true })
  }
  present(50)
  const { bytesInUse } = arena
  // The engine compiles when it finds the time, and boxes numbers until then: the best of some rounds tells.
  let bytesPerStep = Number.POSITIVE_INFINITY
  for (let round = 0; round < 12; round++) {
    collectGarbage()
    const before = process.memoryUsage().heapUsed
    const stepsBefore = model.simulation.time
    present(10)
    const steps = (model.simulation.time - stepsBefore) / model.simulation.dt
    bytesPerStep = Math.min(bytesPerStep, (process.memoryUsage().heapUsed - before) / steps)
  }
  expect(model.activity.excitatorySpikes).toBeGreaterThan(100)
  expect(arena.bytesInUse).toBe(bytesInUse)
  // One number in a box a step would be 12 bytes or more.
  expect(bytesPerStep).toBeLessThan(10)
  model.dispose()
})
