// What can be wrong with a recording, by a code that a page has words for.
import { SpikegradError } from '../../src/index.ts'

export const recordingProblems = [
  /** No MCAP file at all. */
  'notMcap',
  /** An MCAP file of somebody else's making. */
  'notARecording',
  /** Written by a later version of this format. */
  'newerVersion',
  /** Larger than this program will hold, as a file or once decompressed. */
  'tooLarge',
  /** Nothing in it could be read: cut off too early, or altered. */
  'damaged',
  /** Its configuration is missing, or has values that no run can have. */
  'badConfiguration',
  /** It was closed before the first frame. */
  'empty',
  /** A recording under way has reached its largest size. */
  'recordingFull',
  /** The place to save to has no room. */
  'storageFull',
  /** The place to save to may not be written. */
  'storageDenied',
  /** The recorder itself broke down. */
  'recorderFailed',
] as const
export type RecordingProblem = (typeof recordingProblems)[number]

/** A recording that cannot be read or written; `code` says why in one word, the message in English. */
export class RecordingError extends SpikegradError {
  readonly code: RecordingProblem

  constructor(code: RecordingProblem, message: string) {
    super(message)
    this.code = code
  }
}

/** An error of the code `damaged`. */
export function damaged(message: string): RecordingError {
  return new RecordingError('damaged', message)
}
