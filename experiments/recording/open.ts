// Opens recordings, whole or cut off, anybody's: every size is checked before it is believed.
import type { FrameKind } from '../learners/frame.ts'
import { bytesOf, Chunks } from './chunks.ts'
import { Container, type ContainerMessage } from './container.ts'
import { damaged, RecordingError } from './errors.ts'
import { DIGEST, INFORMATION, limits, PROFILE } from './format.ts'
import { FrameIndex } from './frameIndex.ts'
import { informationFromText, readConfig } from './information.ts'
import { Recording, type RecordingParts } from './recording.ts'
import type { ConfigEvent, Digest } from './writer.ts'
import { decompressTrusted, loadDecompressor } from './zstd.ts'

/** Opening gives way to others after this long, ms. */
const SLICE = 8

export interface OpenOptions {
  /** The file comes with the program: the small decompressor will do. */
  readonly trusted?: boolean
}

/**
 * Opens a recording. One that was cut off opens with what is whole and says `truncated`; damaged chunks are left out and counted.
 * @throws RecordingError when nothing can be shown, saying why.
 */
export async function openRecording(
  source: Blob | ArrayBuffer | Uint8Array,
  options: OpenOptions = {},
): Promise<Recording> {
  const size = source instanceof Blob ? source.size : source.byteLength
  if (size > limits.file)
    throw new RecordingError('tooLarge', `expected up to ${limits.file} bytes, found ${size}`)
  const bytes = source instanceof Uint8Array ? source : new Uint8Array(await bufferOf(source))
  const container = new Container(bytes, options.trusted ? decompressTrusted : await loadDecompressor())
  return new Recording(await scan(container))
}

async function bufferOf(source: Blob | ArrayBuffer): Promise<ArrayBuffer> {
  if (source instanceof ArrayBuffer) return source
  try {
    return await source.arrayBuffer()
  } catch (error) {
    throw damaged(`the file cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Reads every chunk once: what frames there are, and what is wrong. */
async function scan(container: Container): Promise<RecordingParts> {
  const text = container.metadata.find(({ name }) => name === INFORMATION)?.text
  if (container.profile !== PROFILE && container.profile !== '') {
    throw new RecordingError(
      'notARecording',
      `expected a recording, found an MCAP file of "${container.profile}"`,
    )
  }
  if (!text) throw damaged('its beginning is missing')
  const { information, fields } = informationFromText(text)
  const chunks = new Chunks(container)
  const message = ({ chunk, place }: { chunk: number; place: number }) => chunks.get(chunk)[place]!.bytes
  const frames = { mlp: new FrameIndex(fields.mlp, message), brain: new FrameIndex(fields.brain, message) }
  const events: ConfigEvent[] = []
  let damagedChunks = 0
  let messagesRead = 0
  let decompressed = 0
  let pausedAt = performance.now()
  for (let chunk = 0; chunk < container.chunks; chunk++) {
    if (performance.now() - pausedAt > SLICE) {
      await new Promise(resume => setTimeout(resume))
      pausedAt = performance.now()
    }
    try {
      const messages = chunks.get(chunk)
      decompressed += bytesOf(messages)
      messagesRead += messages.length
      messages.forEach((told, place) => {
        take(told, { chunk, place }, frames, events)
      })
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error
      damagedChunks += 1
      frames.mlp.breakOff()
      frames.brain.breakOff()
    }
    if (decompressed > limits.decompressed || messagesRead > limits.messages) {
      throw new RecordingError('tooLarge', 'it holds more than can be shown')
    }
  }
  if (frames.mlp.length + frames.brain.length === 0) throw nothing(container, damagedChunks)
  return {
    information,
    truncated: container.truncated,
    altered: container.altered,
    damagedChunks,
    events,
    digests: readDigests(container),
    frames,
  }
}

function nothing({ truncated, altered }: Container, damagedChunks: number): RecordingError {
  if (truncated || altered || damagedChunks > 0) return damaged('it has no frame that can be shown')
  return new RecordingError('empty', 'it was closed before the first frame')
}

function take(
  { topic, seconds, bytes }: ContainerMessage,
  place: { readonly chunk: number; readonly place: number },
  frames: Readonly<Record<FrameKind, FrameIndex>>,
  events: ConfigEvent[],
): void {
  for (const kind of ['mlp', 'brain'] as const) {
    if (topic === `/${kind}/key`) frames[kind].addKey(place)
    if (topic === `/${kind}/frame`) frames[kind].add(seconds, bytes, place)
  }
  if (topic === '/events' && events.length < limits.events) events.push(readEvent(seconds, bytes))
}

function readEvent(seconds: number, bytes: Uint8Array): ConfigEvent {
  let event: { mlpSamples?: unknown; brainSamples?: unknown; exact?: unknown; config?: unknown }
  try {
    event = JSON.parse(new TextDecoder().decode(bytes.subarray(0, limits.metadata)))
  } catch {
    throw damaged('an event that cannot be read')
  }
  const count = (value: unknown) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0)
  return {
    seconds,
    mlpSamples: count(event?.mlpSamples),
    brainSamples: count(event?.brainSamples),
    exact: event?.exact === true,
    config: readConfig((event?.config ?? {}) as Readonly<Record<string, unknown>>),
  }
}

function readDigests({ metadata }: Container): Digest[] {
  return metadata.flatMap(({ name, text }) => {
    const [kind, sha256] = [text.get('network'), text.get('sha256') ?? '']
    const samples = Number(text.get('samples'))
    if (name !== DIGEST || (kind !== 'mlp' && kind !== 'brain') || !Number.isSafeInteger(samples)) return []
    return /^[0-9a-f]{64}$/.test(sha256) ? [{ kind, samples, sha256 }] : []
  })
}
