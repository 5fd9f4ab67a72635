// Comparisons with peers that answer, are missing, break down, or talk nonsense.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Comparison, runComparison } from '../../bench/comparison.ts'
import type { PeerCommand } from '../../bench/peer.ts'
import { peerScript } from '../../bench/places.ts'
import type { Outcome } from '../../bench/row.ts'
import { answeringPeer, nodePeer, temporaryPath } from './fakePeer.ts'

const replySchema = z.object({ seconds: z.number().positive() })

/** A comparison whose own side takes 1 s, then 2 s, and so on; `log` tells what happened to it. */
function comparison(command: PeerCommand, log: string[] = []): Comparison {
  return {
    suite: 'mlp',
    name: 'work',
    statistic: 'median',
    unit: 's',
    rivals: [
      {
        peer: 'Peer',
        target: 1,
        install: 'pip install peer',
        command,
        readReply: reply => ({ ...replySchema.parse(reply), work: 'their figure' }),
      },
    ],
    prepare() {
      let measured = 0
      return {
        measure() {
          measured += 1
          log.push(`measured ${measured}`)
          return { seconds: measured, work: 'our figure' }
        },
        dispose: () => void log.push('disposed'),
      }
    },
  }
}

async function run(command: PeerCommand, log: string[] = [], repeats = 1): Promise<Outcome> {
  const { signal } = new AbortController()
  const options = { repeats, signal, say: (line: string) => log.push(line) }
  const outcomes = await runComparison(comparison(command, log), options)
  expect(outcomes.length).toBe(1)
  return outcomes[0]!
}

describe('a comparison', () => {
  it('measures both sides in turns and gives a row', async () => {
    const log: string[] = []
    const outcome = await run(answeringPeer([{ seconds: 4 }, { seconds: 8 }, { seconds: 6 }]), log, 3)
    expect(outcome).toMatchObject({
      kind: 'row',
      row: { peerVersion: '1.2.3', samples: { ours: [1, 2, 3], theirs: [4, 8, 6] }, ratio: 2 / 6, met: true },
    })
    expect(outcome.kind === 'row' && outcome.row.note).toBe(
      'peer: a fake; ours: our figure; theirs: their figure',
    )
    expect(log).toEqual([
      'mlp: work, Peer: preparing',
      ...['measured 1', 'mlp: work, Peer: 1 of 3, 1000 ms against 4000 ms'],
      ...['measured 2', 'mlp: work, Peer: 2 of 3, 2000 ms against 8000 ms'],
      ...['measured 3', 'mlp: work, Peer: 3 of 3, 3000 ms against 6000 ms'],
      'disposed',
    ])
  })

  it('skips a peer whose interpreter does not exist, and says how to install it', async () => {
    expect(await run({ command: '/nonexistent/python', args: ['script.py'] })).toEqual({
      kind: 'skipped',
      skipped: {
        ...{ suite: 'mlp', name: 'work', peer: 'Peer', install: 'pip install peer' },
        reason: '/nonexistent/python was not found',
      },
    })
  })

  it('skips a peer that says its package is missing', async () => {
    const outcome = await run(nodePeer("console.error('No module named torch'); process.exit(3)"))
    expect(outcome).toMatchObject({ kind: 'skipped', skipped: { reason: 'No module named torch' } })
  })

  it('skips TensorFlow.js where its packages are missing', async () => {
    const args = [
      peerScript('tensorFlow.mjs'),
      '--data',
      '.',
      '--node-modules',
      temporaryPath('node_modules'),
    ]
    const outcome = await run({ command: process.execPath, args })
    expect(outcome).toMatchObject({
      kind: 'skipped',
      skipped: { reason: expect.stringContaining('@tensorflow/tfjs-core') },
    })
  })

  it('skips a peer that cannot do the work, and gives its reason', async () => {
    const outcome = await run(nodePeer("console.error('no such kernel'); process.exit(4)"))
    expect(outcome).toEqual({
      kind: 'skipped',
      skipped: { suite: 'mlp', name: 'work', peer: 'Peer', reason: 'no such kernel' },
    })
  })

  it('goes on with the others when one fails, and measures our side once for all', async () => {
    const log: string[] = []
    const base = comparison(answeringPeer([{ seconds: 4 }, { seconds: 8 }]), log)
    const failing = { ...base.rivals[0]!, peer: 'Broken', command: answeringPeer([{ seconds: 2 }, {}]) }
    const { signal } = new AbortController()
    const outcomes = await runComparison(
      { ...base, rivals: [failing, ...base.rivals] },
      { repeats: 2, signal, say: () => {} },
    )
    expect(outcomes).toMatchObject([
      { kind: 'failed', failed: { peer: 'Broken' } },
      { kind: 'row', row: { peer: 'Peer', samples: { ours: [1, 2], theirs: [4, 8] } } },
    ])
    expect(log).toEqual(['measured 1', 'measured 2', 'disposed'])
  })

  it('reports a peer that fails, with the last lines it wrote', async () => {
    const failing = "for (let i = 0; i < 50; i++) console.error('line ' + i); process.exit(7)"
    const outcome = await run(nodePeer(failing))
    if (outcome.kind !== 'failed') throw new Error(`expected a failure, got ${outcome.kind}`)
    expect(outcome.failed.reason).toMatch(/^exit code 7, after\nline 42\n(line \d+\n)*line 49$/)
  })

  it('frees our side when the peer fails half-way', async () => {
    const log: string[] = []
    const source =
      "console.log(JSON.stringify({ ready: true, version: '1', detail: '' })); process.stdin.once('data', () => process.exit(1))"
    expect((await run(nodePeer(source), log)).kind).toBe('failed')
    expect(log.at(-1)).toBe('disposed')
  })

  it.each([
    ['no JSON', nodePeer("console.log('hello')"), 'expected a line of JSON, got "hello"'],
    ['another greeting', nodePeer("console.log('{}')"), 'Peer answered {}'],
    ['a reply without its figure', answeringPeer([{ second: 1 }]), 'Peer answered {"second":1}'],
    ['a time that is none', answeringPeer([{ seconds: 0 }]), 'Peer answered {"seconds":0}'],
  ])('reports %s as a failure', async (_, command, reason) => {
    const outcome = await run(command)
    expect(outcome).toMatchObject({ kind: 'failed', failed: { reason: expect.stringContaining(reason) } })
  })

  it('stops, and ends the peer, when it is aborted', async () => {
    const interrupted = new AbortController()
    const waiting = nodePeer('setInterval(() => {}, 1000)')
    const running = runComparison(comparison(waiting), {
      repeats: 1,
      signal: interrupted.signal,
      say: () => setTimeout(() => interrupted.abort(), 50),
    })
    await expect(running).rejects.toThrow('abort')
  })
})
