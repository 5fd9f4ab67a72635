// The recordings that come with the lessons, fetched when a lesson needs them.
import { openRecording } from '../../experiments/recording/open.ts'
import type { Recording } from '../../experiments/recording/recording.ts'
import { decodeResponses, type Responses } from './laboratory/responses.ts'

const addresses = {
  first: new URL('../recordings/lesson-first.mcap', import.meta.url),
  moment: new URL('../recordings/lesson-moment.mcap', import.meta.url),
  inhibited: new URL('../recordings/lesson-inhibited.mcap', import.meta.url),
  uninhibited: new URL('../recordings/lesson-uninhibited.mcap', import.meta.url),
  forgetting: new URL('../recordings/lesson-forgetting.mcap', import.meta.url),
} as const

export type RecordingName = keyof typeof addresses

const answers = new URL('../recordings/lesson-answers.bin', import.meta.url)

const opened = new Map<string, Promise<unknown>>()

/** Fetches once; a failure is forgotten, so that the next call tries again. */
function once<Result>(name: string, fetching: () => Promise<Result>): Promise<Result> {
  const known = opened.get(name) as Promise<Result> | undefined
  if (known !== undefined) return known
  const begun = fetching()
  opened.set(name, begun)
  begun.catch(() => opened.delete(name))
  return begun
}

async function bytesAt(address: URL): Promise<Uint8Array> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address.pathname}: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

export function fetchRecording(name: RecordingName): Promise<Recording> {
  return once(name, async () => openRecording(await bytesAt(addresses[name]), { trusted: true }))
}

/** What the trained brain answered to single images. */
export function fetchResponses(): Promise<Responses> {
  return once('answers', async () => decodeResponses(await bytesAt(answers)))
}
