// Saves a file where the reader wants it: through the browser's dialog where there is one, else among the downloads.

import { RecordingError } from '../../experiments/recording/errors.ts'
import { download } from '../export/download.ts'

interface ChosenFile {
  createWritable(): Promise<{ write(data: Blob): Promise<void>; close(): Promise<void> }>
}

interface SaveDialog {
  showSaveFilePicker?: (options: { readonly suggestedName: string }) => Promise<ChosenFile>
}

/**
 * Saves a recording. Returns false when the reader thought better of it.
 * @throws RecordingError `storageFull` or `storageDenied`.
 */
export async function saveRecording(file: Blob, name: string): Promise<boolean> {
  try {
    const chosen = await askWhere(name)
    if (chosen === null) {
      download(file, name)
      return true
    }
    const writable = await chosen.createWritable()
    await writable.write(file)
    await writable.close()
    return true
  } catch (error) {
    const { name: reason, message } = error instanceof Error ? error : new Error(String(error))
    if (reason === 'AbortError') return false
    throw new RecordingError(reason === 'QuotaExceededError' ? 'storageFull' : 'storageDenied', message)
  }
}

/** Opens the dialog; null where there is none. */
async function askWhere(name: string): Promise<ChosenFile | null> {
  const { showSaveFilePicker } = globalThis as SaveDialog
  if (showSaveFilePicker === undefined) return null
  try {
    return await showSaveFilePicker.call(globalThis, { suggestedName: name })
  } catch (error) {
    // A frame of another site's page may open no dialog, and a page that nobody has touched for a while neither.
    if (error instanceof Error && error.name === 'SecurityError') return null
    throw error
  }
}
