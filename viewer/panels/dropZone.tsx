// One place for all files that are dropped anywhere on the page: each goes where it belongs, or gets a sentence.
import './panels.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { DroppedData, DroppedFileError } from '../data/dropped.ts'
import { notify } from '../state/store.ts'
import { text } from '../text/text.ts'
import { type DroppedFiles, filesOf } from './droppedFiles.ts'
import { sortFiles } from './droppedKind.ts'

export interface DropHandlers {
  /** One recording, or two to compare. */
  readonly onRecordings: (files: readonly File[]) => void
  readonly onData: (data: DroppedData) => void
  readonly onPicture: (file: File) => void
}

/** Listens to the whole page; shows itself while something is dragged over it. */
export function DropZone(handlers: DropHandlers) {
  const [over, setOver] = useState(false)
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(() => {
    // Entering a child leaves its parent: only the count tells when the page is left.
    let depth = 0
    const listeners = {
      dragenter: (event: DragEvent) => {
        if (!hasFiles(event)) return
        depth += 1
        setOver(true)
      },
      dragleave: (event: DragEvent) => {
        if (!hasFiles(event)) return
        depth = Math.max(0, depth - 1)
        if (depth === 0) setOver(false)
      },
      dragover: (event: DragEvent) => {
        if (hasFiles(event)) event.preventDefault()
      },
      drop: (event: DragEvent) => {
        depth = 0
        setOver(false)
        if (!hasFiles(event) || event.dataTransfer === null) return
        event.preventDefault()
        void filesOf(event.dataTransfer).then(dropped => routeFiles(dropped, latest.current))
      },
    }
    for (const [name, listener] of Object.entries(listeners))
      addEventListener(name, listener as EventListener)
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        removeEventListener(name, listener as EventListener)
    }
  }, [])
  if (!over) return null
  const words = text.value.panels.dropZone
  return (
    <div class="drop-zone" aria-hidden="true">
      <div>
        <strong>{words.drop}</strong>
        <span>{words.kinds}</span>
      </div>
    </div>
  )
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/** Sends files where they belong, and says a sentence for those that belong nowhere. */
async function routeFiles({ files, empty }: DroppedFiles, handlers: DropHandlers): Promise<void> {
  const words = text.value.panels.dropZone
  for (const folder of empty) notify('problem', words.noRecording(folder))
  const { recording, data, picture, unknown } = await sortFiles(files)
  for (const { name } of unknown) notify('problem', words.unknown(name))
  if (files.length === 0 && empty.length === 0) notify('problem', words.nothing)
  if (recording.length > 2) notify('problem', words.tooMany)
  else if (recording.length > 0) handlers.onRecordings(recording)
  if (data.length > 0) await openData(data, handlers)
  if (picture[0] !== undefined) handlers.onPicture(picture[0])
}

async function openData(files: readonly File[], handlers: DropHandlers): Promise<void> {
  const words = text.value.panels.dropZone
  try {
    const { readDropped } = await import('../data/dropped.ts')
    handlers.onData(await readDropped(files))
  } catch (error) {
    const known = error instanceof Error && error.name === 'DroppedFileError'
    const { problem, file } = error as DroppedFileError
    notify('problem', known ? words.problems[problem](file) : words.problems.notIdx(files[0]?.name ?? ''))
  }
}
