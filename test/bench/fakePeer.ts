// Scripts that stand in for a peer: real processes, without the packages that the real peers need.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { PeerCommand } from '../../bench/peer.ts'

const folder = mkdtempSync(join(tmpdir(), 'spikegrad-bench-'))
afterAll(() => rmSync(folder, { recursive: true }))
let scripts = 0

/** An empty place to write to, gone after the tests. */
export function temporaryPath(name: string): string {
  return join(folder, name)
}

/** A command that runs `source` in Node. */
export function nodePeer(source: string): PeerCommand {
  const path = join(folder, `peer${scripts++}.mjs`)
  writeFileSync(path, source)
  return { command: process.execPath, args: [path] }
}

/** A peer that is ready, and answers each line with the next of `replies`. */
export function answeringPeer(replies: readonly unknown[], version = '1.2.3'): PeerCommand {
  return nodePeer(`
    import { createInterface } from 'node:readline'
    const say = line => console.log(JSON.stringify(line))
    const replies = ${JSON.stringify(replies)}
    say({ ready: true, version: ${JSON.stringify(version)}, detail: 'a fake' })
    for await (const _ of createInterface({ input: process.stdin })) say(replies.shift())
  `)
}
