// The recordings that are open in Replay: one, or two side by side.
import { batch, signal } from '@preact/signals'
import { RecordingError } from '../../experiments/recording/errors.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import { ReplaySource } from '../frames/replay.ts'
import type { DroppedFiles } from '../panels/droppedFiles.ts'
import { openScreen } from '../state/addressBar.ts'
import { notify } from '../state/store.ts'
import { text } from '../text/text.ts'

export interface OpenRecording {
  /** Tells it from all others: two files may have one name. */
  readonly id: number
  /** What the reader knows it by: its file's name. */
  readonly name: string
  /** As it was opened, for saving and for verifying. */
  readonly file: Blob
  readonly source: ReplaySource
}

/** The recording that is shown, null for none. */
export const shown = signal<OpenRecording | null>(null)
/** The one beside it, null for none. */
export const beside = signal<OpenRecording | null>(null)
export const opening = signal(false)
/** Recordings opened so far: the last one's id. */
let lastId = 0

/** Shows a recording, or two of them; says a sentence for what cannot be opened. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const [first, second] = files
  if (first === undefined) return
  openScreen('replay')
  const opened = await openOne(first, first.name)
  if (opened === null) return
  replace(opened, null)
  if (second !== undefined) await openBeside(second)
}

/** Shows what was picked: a recording, two of them, or that of a run folder. */
export async function openPicked({ files, empty }: DroppedFiles): Promise<void> {
  const words = text.value.panels.dropZone
  if (empty[0] !== undefined) notify('problem', words.noRecording(empty[0]))
  const recordings = files.filter(({ name }) => name.endsWith('.mcap'))
  // Whatever was picked alone is tried: the sentence then says what is wrong with it.
  const tried = recordings.length > 0 ? recordings : files.slice(0, 1)
  if (tried.length > 2) notify('problem', words.tooMany)
  else await openFiles(tried)
}

/** Opens a recording beside the one that is shown. */
export async function openBeside(file: File): Promise<void> {
  const opened = await openOne(file, file.name)
  if (opened === null) return
  if (await sameBytes(opened.file, shown.value?.file)) {
    opened.source.dispose()
    notify('information', text.value.replay.sameFile)
    return
  }
  beside.value?.source.dispose()
  beside.value = opened
}

/** Shows the run that comes with the page. */
export async function openBundled(): Promise<void> {
  const words = text.value.replay
  let file: Blob
  opening.value = true
  try {
    const response = await fetch(new URL('../recordings/poster.mcap', import.meta.url))
    if (!response.ok) throw new Error(`status ${response.status}`)
    file = await response.blob()
  } catch {
    opening.value = false
    notify('problem', words.cannotFetch)
    return
  }
  const opened = await openOne(file, words.bundledName)
  if (opened !== null) replace(opened, null)
}

export function closeShown(): void {
  replace(null, null)
}

export function closeBeside(): void {
  beside.value?.source.dispose()
  beside.value = null
}

function replace(first: OpenRecording | null, second: OpenRecording | null): void {
  shown.peek()?.source.dispose()
  beside.peek()?.source.dispose()
  batch(() => {
    shown.value = first
    beside.value = second
  })
}

async function openOne(file: Blob, name: string): Promise<OpenRecording | null> {
  opening.value = true
  try {
    const source = new ReplaySource(await openRecording(file))
    lastId += 1
    return { id: lastId, name, file, source }
  } catch (error) {
    const words = text.value
    const why = error instanceof RecordingError ? words.problems.recording[error.code] : words.replay.failed
    notify('problem', `${name}: ${why}`)
    return null
  } finally {
    opening.value = false
  }
}

async function sameBytes(a: Blob, b: Blob | undefined): Promise<boolean> {
  if (b === undefined || a.size !== b.size) return false
  const [first, second] = [new Uint8Array(await a.arrayBuffer()), new Uint8Array(await b.arrayBuffer())]
  return first.every((byte, index) => byte === second[index])
}
