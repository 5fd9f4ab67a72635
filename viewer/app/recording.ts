// Records what the page shows, and saves it; what could not be saved is kept until it is.
import { signal } from '@preact/signals'
import { RecordingError } from '../../experiments/recording/errors.ts'
import type { Recorder } from '../recording/recorder.ts'
import { notify, source } from '../state/store.ts'
import { text } from '../text/text.ts'
import { live } from './session.ts'

/** The recording that is being made, null for none. */
export const recorder = signal<Recorder | null>(null)
/** Whether one is about to begin, or being written. */
export const busy = signal(false)

/** Begins to record, or ends and saves. */
export async function toggleRecording(): Promise<void> {
  if (busy.value) return
  busy.value = true
  try {
    if (recorder.value === null) await begin()
    else await finish(recorder.value)
  } catch (error) {
    tell(error)
  } finally {
    busy.value = false
  }
}

async function begin(): Promise<void> {
  const { Recorder } = await import('../recording/recorder.ts')
  const recorded = source.value
  if (recorded === null) return
  recorder.value = new Recorder(recorded, {
    data: { name: live.value?.dataName ?? '' },
    backend: live.value?.backend ?? '',
    spikegrad: VERSIONS.spikegrad ?? '',
    onProblem: problem => {
      tell(problem)
      if (problem.code === 'recorderFailed') recorder.value = null
      else void toggleRecording()
    },
  })
}

async function finish(made: Recorder): Promise<void> {
  recorder.value = null
  const file = await made.stop()
  await save(file, text.value.recording.fileName(source.value?.position ?? 0))
}

async function save(file: Blob, name: string): Promise<void> {
  const { saveRecording } = await import('../recording/save.ts')
  try {
    if (await saveRecording(file, name)) notify('information', text.value.shell.recordingSaved(name))
  } catch (error) {
    const again = { label: text.value.shell.saveAgain, run: () => void save(file, name) }
    notify('problem', wordsFor(error), again)
  }
}

function tell(error: unknown): void {
  notify('problem', wordsFor(error))
}

function wordsFor(error: unknown): string {
  const words = text.value
  return error instanceof RecordingError ? words.problems.recording[error.code] : words.shell.recordingFailed
}
