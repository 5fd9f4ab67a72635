// Opens the recording among files that were dropped or picked: a file of its own, or that of a run folder.
import { RecordingError } from '../../experiments/recording/errors.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import type { Recording } from '../../experiments/recording/recording.ts'

/** The name of the recording in a run folder. */
const IN_FOLDER = 'recording.mcap'

/** @throws RecordingError `noRecording` when there is none among them, or what is wrong with the one there is. */
export async function openDropped(files: readonly File[]): Promise<Recording> {
  const recordings = files.filter(({ name }) => name.toLowerCase().endsWith('.mcap'))
  const chosen = recordings.find(({ name }) => name === IN_FOLDER) ?? recordings[0]
  if (chosen === undefined) {
    throw new RecordingError('noRecording', `expected a file that ends in .mcap among ${files.length}`)
  }
  return openRecording(chosen)
}
