// One of our sides as a process of its own: `main.js <data folder> <work as JSON>`, in the peers' protocol (peers/peer.py).
import { createInterface } from 'node:readline'
import { loadDataset } from '../../experiments/data/dataset.ts'
import { currentBackend, useBackend } from '../../src/index.ts'
import { createSide, workSchema } from './side.ts'

const announce = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

const [folder, work] = process.argv.slice(2)
if (folder === undefined || work === undefined)
  throw new Error('expected a folder of data and a work as JSON')
useBackend('wasm')
const side = createSide(workSchema.parse(JSON.parse(work)), await loadDataset(folder))
announce({ ready: true, version: process.versions.node, detail: currentBackend().name })
for await (const _ of createInterface({ input: process.stdin })) announce(await side.measure())
await side.dispose()
