// The page of the seek measurement: plays a recording through, then goes to places of it in a random order.
import { openRecording } from '../../experiments/recording/open.ts'
import type { Recording } from '../../experiments/recording/recording.ts'
import { RandomStream } from '../../src/index.ts'

export interface SeekResult {
  readonly seconds: number
  readonly moments: number
  /** Time of each seek, ms. */
  readonly times: readonly number[]
  /** Seeks whose frames are not, byte for byte, those of playing through. */
  readonly different: number
  /** Time of a moment in playing through, ms, on average. */
  readonly playing: number
}

const SEEKS = 300

function hash(bytes: Uint8Array, before: number): number {
  let value = before
  for (const byte of bytes) value = Math.imul(value ^ byte, 16777619)
  return value >>> 0
}

/** Shows what belongs to a moment, and sums it up in one number. A network that stays where it is is not shown again. */
function showing(recording: Recording): (moment: number) => () => number {
  const readers = recording.readers()
  const last = { mlp: { index: -1, bytes: new Uint8Array() }, brain: { index: -1, bytes: new Uint8Array() } }
  return at => {
    const moment = recording.moments[at]!
    for (const kind of ['mlp', 'brain'] as const) {
      const index = moment[kind]
      if (index < 0) last[kind] = { index, bytes: new Uint8Array() }
      else if (index !== last[kind].index)
        last[kind] = { index, bytes: new Uint8Array(readers[kind].read(index).buffer) }
    }
    const shown = [last.mlp.bytes, last.brain.bytes]
    return () => shown.reduce((value, bytes) => hash(bytes, value), 2166136261)
  }
}

async function main(): Promise<SeekResult> {
  const response = await fetch('recording.mcap')
  const recording = await openRecording(await response.arrayBuffer())
  const count = recording.moments.length
  const stream = new RandomStream(1, 'seeks')
  const targets = Array.from({ length: SEEKS }, () => Math.floor(stream.uniform() * count))
  const wanted = new Set(targets)
  const played = new Map<number, number>()
  const show = showing(recording)
  let playing = 0
  for (let index = 0; index < count; index++) {
    const before = performance.now()
    const sum = show(index)
    playing += performance.now() - before
    if (wanted.has(index)) played.set(index, sum())
    if (index % 200 === 0) await new Promise(resolve => setTimeout(resolve))
  }
  const seek = showing(recording)
  const times: number[] = []
  let different = 0
  for (const target of targets) {
    const before = performance.now()
    const sum = seek(target)
    times.push(performance.now() - before)
    if (sum() !== played.get(target)) different++
  }
  return { seconds: recording.seconds, moments: count, times, different, playing: playing / count }
}

Object.assign(globalThis, { result: main() })
