// The page of the training test: both networks on every backend of this browser.
import { availableBackends } from '../../src/index.ts'
import { spike, train } from './training.ts'

async function main() {
  return availableBackends().map(name => ({ name, trained: train(name), spiked: spike(name) }))
}

export type TrainingResult = Awaited<ReturnType<typeof main>>

Object.assign(globalThis, { result: main() })
