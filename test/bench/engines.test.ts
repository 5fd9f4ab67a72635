// The Nodes that core runs in: which are found, our side in another one, and the products against the real loop.
import { chmodSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runComparison } from '../../bench/comparison.ts'
import { type Engine, findEngines } from '../../bench/engine.ts'
import { RemoteSide } from '../../bench/sides/side.ts'
import { coreSuite } from '../../bench/suites/core.ts'
import { compareProduct } from '../../bench/suites/rivals.ts'
import { temporaryPath } from './fakePeer.ts'

const nothing = { images: new Uint8Array(0), labels: new Uint8Array(0), count: 0 }
const own: Engine = { path: process.execPath, label: 'Node A', own: true }

function contextOf(engines: readonly [Engine, ...Engine[]]) {
  return {
    dataset: { name: 'none', sha256: '', train: nothing, test: nothing },
    ...{ dataFolder: '/data', python: 'python3', nodeModules: '/modules', engines },
  }
}

/** An executable that stands in for a Node: it answers with `reply`, and with its arguments as the work. */
function fakeNode(reply: string): string {
  const path = temporaryPath(`node${reply.length}`)
  writeFileSync(
    path,
    `#!${process.execPath}
    const { createInterface } = require('node:readline')
    console.log('{}')
    createInterface({ input: process.stdin }).on('line', () => console.log(${reply}))`,
  )
  chmodSync(path, 0o755)
  return path
}

const never = new AbortController().signal

describe('engines', () => {
  it('are this Node alone where no other is installed', () => {
    const label = `Node ${process.versions.node.split('.')[0]}`
    expect(findEngines(undefined, '/nonexistent')).toEqual([{ path: process.execPath, label, own: true }])
  })

  it('are also the one asked for', () => {
    const [, other] = findEngines(process.execPath, '/nonexistent')
    expect(other).toMatchObject({ path: process.execPath, own: false })
  })

  it('each get every comparison of core, under names of their own', () => {
    const alone = coreSuite(contextOf([own]))
    const both = coreSuite(contextOf([own, { path: '/other', label: 'Node B', own: false }]))
    expect(alone.length).toBeGreaterThan(8)
    expect(both.length).toBe(2 * alone.length)
    expect(new Set(both.map(({ name }) => name)).size).toBe(both.length)
    const rivals = new Set(both.flatMap(comparison => comparison.rivals.map(({ peer }) => peer)))
    for (const peer of ['PyTorch', 'TensorFlow.js wasm', 'TensorFlow.js cpu', 'jax-js wasm']) {
      expect(rivals).toContain(peer)
    }
  })
})

describe('our side in another Node', () => {
  it('is given the data and the work, and measures when asked', async () => {
    const reply =
      "JSON.stringify({ seconds: 2, work: process.argv.slice(2).join(' ').replace(/.*main/, 'main') })"
    const side = await RemoteSide.start(fakeNode(reply), { kind: 'add' }, '/data', never)
    expect(await side.measure()).toEqual({ seconds: 2, work: 'main.ts /data {"kind":"add"}' })
    await side.dispose()
  })

  it('fails when that Node is not there', async () => {
    await expect(RemoteSide.start('/nonexistent/node', { kind: 'add' }, '/data', never)).rejects.toThrow(
      '/nonexistent/node was not found',
    )
  })
})

it('a product is compared with a multiply-add loop in its engine', async () => {
  const comparison = compareProduct(
    contextOf([own]),
    own,
    { suite: 'core', name: 'product' },
    { kind: 'product', m: 32, n: 48, k: 64 },
    null,
  )
  const outcomes = await runComparison(comparison, { repeats: 1, signal: never, say: () => {} })
  expect(outcomes).toMatchObject([
    {
      kind: 'row',
      row: { unit: 'ms', note: expect.stringMatching(/ours: [\d.]+ GFLOP\/s; theirs: [\d.]+ GFLOP\/s/) },
    },
  ])
})
