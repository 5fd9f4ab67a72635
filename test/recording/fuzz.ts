// Alters recordings at random and looks at what comes of it: a recording that can be shown, or an error that says what is wrong.
import { Container } from '../../experiments/recording/container.ts'
import { RecordingError } from '../../experiments/recording/errors.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import type { Recording } from '../../experiments/recording/recording.ts'
import { RecordingWriter } from '../../experiments/recording/writer.ts'
import { decompressTrusted, loadCompressor } from '../../experiments/recording/zstd.ts'
import { information, joined, randomNumbers } from './frames.ts'

/** Where each record of an MCAP file begins. */
export function recordBoundaries(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const boundaries: number[] = []
  for (let at = 8; at + 9 <= bytes.length - 8; at += 9 + Number(view.getBigUint64(at + 1, true)))
    boundaries.push(at)
  return boundaries
}

/** Shows frames from all over, forwards and then the first again. A frame that cannot be shown must say why. */
export function showAll(recording: Recording): void {
  const readers = recording.readers()
  for (const kind of ['mlp', 'brain'] as const) {
    const count = recording.frames(kind).length
    const indices = [...Array.from({ length: count }, (_, i) => i), 0, Math.floor(count / 2)].slice(
      0,
      count + 2,
    )
    for (const index of count > 0 ? indices : []) {
      try {
        readers[kind].read(index)
      } catch (error) {
        if (!(error instanceof RecordingError)) throw error
      }
    }
  }
}

/** Changes some bytes, takes some out, or puts some in. */
function alter(bytes: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  const altered = bytes.slice() as Uint8Array<ArrayBuffer>
  const changes = 1 + Math.floor(4 * random() ** 2)
  for (let change = 0; change < changes; change++) {
    const at = Math.floor(altered.length * random())
    const kind = random()
    if (kind < 0.4) altered[at] = Math.floor(256 * random())
    else if (kind < 0.6) altered[at]! ^= 1 << Math.floor(8 * random())
    else if (kind < 0.8) altered.fill(random() < 0.5 ? 0 : 255, at, at + Math.floor(20 * random()))
    else altered.copyWithin(at, Math.floor(altered.length * random()), Math.floor(altered.length * random()))
  }
  return random() < 0.1 ? altered.subarray(0, Math.floor(altered.length * random())) : altered
}

export interface FuzzOptions {
  /** Alters the messages and writes them anew, so that every CRC is right. */
  readonly forge?: boolean
}

/** Alters a recording `times` times, and opens and shows what comes of it; anything but a RecordingError is thrown. */
export async function fuzzRecordings(
  whole: Uint8Array<ArrayBuffer>,
  times: number,
  seed: number,
  { forge = false }: FuzzOptions = {},
): Promise<{ opened: number; refused: number }> {
  const random = randomNumbers(seed)
  const outcomes = { opened: 0, refused: 0 }
  for (let time = 0; time < times; time++) {
    const bytes = forge ? await forgeMessages(whole, random) : alter(whole, random)
    try {
      showAll(await openRecording(bytes))
      outcomes.opened += 1
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error
      outcomes.refused += 1
    }
  }
  return outcomes
}

/** Writes the first messages of a recording anew, some of them altered. */
async function forgeMessages(whole: Uint8Array<ArrayBuffer>, random: () => number): Promise<Uint8Array> {
  const container = new Container(whole, decompressTrusted)
  const messages = container.read(0)
  const parts: Uint8Array[] = []
  const writer = new RecordingWriter(bytes => parts.push(bytes), await loadCompressor(1))
  await writer.start(information)
  const [from, share] = [Math.floor((messages.length / 2) * random()), random() ** 2]
  for (const [place, { topic, seconds, bytes }] of messages.slice(0, from + 20).entries()) {
    const altered = place >= from && random() < share ? alter(bytes, random) : bytes
    await writer.add({
      topic: topic as '/mlp/key',
      seconds,
      bytes: altered.slice() as Uint8Array<ArrayBuffer>,
    })
  }
  await writer.end()
  return joined(parts)
}
