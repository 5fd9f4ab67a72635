// Saves a file where the reader wants it: through the browser's dialog where there is one, else among the downloads.

import { RecordingError } from '../../experiments/recording/errors.ts'
import { download } from '../export/download.ts'

interface SaveDialog {
  showSaveFilePicker?: (options: { readonly suggestedName: string }) => Promise<{
    createWritable(): Promise<{ write(data: Blob): Promise<void>; close(): Promise<void> }>
  }>
}

/**
 * Saves a recording. Returns false when the reader thought better of it.
 * @throws RecordingError `storageFull` or `storageDenied`.
 */
export async function saveRecording(file: Blob, name: string): Promise<boolean> {
  const { showSaveFilePicker } = globalThis as SaveDialog
  if (showSaveFilePicker === undefined) {
    download(file, name)
    return true
  }
  try {
    const handle = await showSaveFilePicker.call(globalThis, { suggestedName: name })
    const writable = await handle.createWritable()
    await writable.write(file)
    await writable.close()
    return true
  } catch (error) {
    const { name: reason, message } = error instanceof Error ? error : new Error(String(error))
    if (reason === 'AbortError') return false
    throw new RecordingError(reason === 'QuotaExceededError' ? 'storageFull' : 'storageDenied', message)
  }
}
