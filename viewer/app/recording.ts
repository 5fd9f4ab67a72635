// Records the live run, and saves it; what could not be saved is kept until it is.
import { signal } from '@preact/signals'
import { RecordingError } from '../../experiments/recording/errors.ts'
import type { LiveSource } from '../frames/live.ts'
import type { Recorder } from '../recording/recorder.ts'
import { notify, source } from '../state/store.ts'
import { text } from '../text/text.ts'
import { live } from './session.ts'

/** The recording that is being made, null for none. */
export const recorder = signal<Recorder | null>(null)
/** Whether one is about to begin, or being written. */
export const busy = signal(false)
/** The run that is recorded. */
let recorded: LiveSource | null = null
/** A recording begins or ends after whatever began or ended before it. */
let work: Promise<void> = Promise.resolve()

/** Begins to record, or ends and saves. */
export async function toggleRecording(): Promise<void> {
  if (busy.value) return
  await inTurn(recorder.value === null ? begin : finish)
}

/** Ends what is being recorded, if anything is, and saves it. The run may go once this is done. */
export function endRecording(): Promise<void> {
  return inTurn(finish)
}

function inTurn(task: () => Promise<void>): Promise<void> {
  busy.value = true
  const done = work
    .then(task)
    .catch(tell)
    .finally(() => {
      if (work === done) busy.value = false
    })
  work = done
  return done
}

async function begin(): Promise<void> {
  const run = live.value
  if (run === null || source.value !== run) return
  const [{ Recorder }, { describeData }] = await Promise.all([
    import('../recording/recorder.ts'),
    import('../recording/dataAtHand.ts'),
  ])
  const data = await describeData(run.data)
  if (live.value !== run) return
  recorded = run
  recorder.value = new Recorder(run, {
    data,
    backend: run.backend,
    spikegrad: VERSIONS.spikegrad ?? '',
    onProblem: problem => {
      tell(problem)
      if (problem.code === 'recorderFailed') recorder.value = null
      else void endRecording()
    },
  })
}

async function finish(): Promise<void> {
  const made = recorder.value
  if (made === null) return
  recorder.value = null
  const file = await made.stop()
  // The reader may take a while to say where to.
  void save(file, text.value.recording.fileName(recorded?.position ?? 0))
  recorded = null
}

async function save(file: Blob, name: string): Promise<void> {
  try {
    const { saveRecording } = await import('../recording/save.ts')
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
