// Replay: recordings opened, gone through, laid side by side and verified.
import './replay.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useId } from 'preact/hooks'
import { RecordingError } from '../../experiments/recording/errors.ts'
import { announce } from '../app/announcer.tsx'
import { StageGrid } from '../app/stageGrid.tsx'
import { Button } from '../controls/button.tsx'
import { filesOfFolder } from '../panels/droppedFiles.ts'
import { count, fixed } from '../panels/format.ts'
import { saveRecording } from '../recording/save.ts'
import { language, notify, source, told } from '../state/store.ts'
import { text } from '../text/text.ts'
import { Comparison } from './comparison.tsx'
import {
  beside,
  closeBeside,
  closeShown,
  type OpenRecording,
  openBeside,
  openBundled,
  opening,
  openPicked,
  shown,
} from './replayState.ts'
import { Timeline } from './timeline.tsx'
import { VerifyTools } from './verifyTools.tsx'

export function ReplayScreen() {
  const words = text.value.replay
  const recording = shown.value
  useSource(recording)
  return (
    <div class="replay">
      <div class="replay-heading">
        <h1>{words.heading}</h1>
        {recording === null && <p>{words.introduction}</p>}
      </div>
      {recording === null ? <Openers /> : <Opened recording={recording} />}
    </div>
  )
}

/** While a recording is open the page shows it; another screen brings back what is its own. */
function useSource(recording: OpenRecording | null): void {
  useEffect(() => {
    source.value = recording?.source ?? null
    return () => {
      if (source.peek() === recording?.source) source.value = null
    }
  }, [recording])
}

/** What there is to open while nothing is. */
function Openers() {
  const words = text.value.replay
  useEffect(() => {
    if (opening.value) announce(words.opening)
  }, [opening.value])
  return (
    <section class="replay-openers">
      <div class="replay-buttons">
        <FilePicker main onFiles={files => void openPicked({ files, empty: [] })}>
          {words.open}
        </FilePicker>
        <FilePicker folder onFiles={files => void openPicked(filesOfFolder(files))}>
          {words.openFolder}
        </FilePicker>
        <Button onClick={() => void openBundled()}>{words.openBundled}</Button>
      </div>
      <p>{words.dropHint}</p>
      <p>{opening.value && words.opening}</p>
    </section>
  )
}

function Opened({ recording }: { readonly recording: OpenRecording }) {
  const words = text.value.replay
  const other = beside.value
  const { source: replay } = recording
  useCompanion(recording, other)
  return (
    <>
      <section class="replay-opened" aria-label={recording.name}>
        <Facts recording={recording} />
        <div class="replay-buttons">
          <FilePicker onFiles={files => void openPicked({ files, empty: [] })}>
            {words.openAnother}
          </FilePicker>
          {other === null ? (
            <FilePicker single onFiles={([file]) => file && void openBeside(file)}>
              {words.compare}
            </FilePicker>
          ) : (
            <Button onClick={closeBeside}>{words.endCompare}</Button>
          )}
          <Button onClick={() => void save(recording)}>{words.save}</Button>
          <Button kind="quiet" onClick={closeShown}>
            {words.close}
          </Button>
        </div>
        <Timeline
          key={recording.id}
          source={replay}
          end={Math.max(replay.length, other?.source.length ?? 0)}
        />
        <VerifyTools key={recording.id} recording={recording} />
      </section>
      {other === null ? <StageGrid /> : <Comparison first={recording} second={other} />}
    </>
  )
}

/** The second recording goes wherever the first one is, by images seen. */
function useCompanion({ source: first }: OpenRecording, other: OpenRecording | null): void {
  useEffect(() => {
    if (other === null) return
    other.source.seek(first.position)
    return first.subscribe(() => other.source.seek(first.position))
  }, [first, other])
}

function Facts({ recording: { name, source: replay } }: { readonly recording: OpenRecording }) {
  const words = text.value.replay
  void told.value
  const { information, moments, seconds, truncated, altered, damagedChunks } = replay.recording
  const { config, data, origin, recordedAt } = information
  const problems = [
    truncated && text.value.recording.truncated,
    damagedChunks > 0 && text.value.recording.damaged,
    altered && text.value.recording.altered,
    replay.problem !== null && words.stopped,
  ].filter(problem => problem !== false)
  const facts = [
    `${words.recordedBy[origin]}${recordedAt === '' ? '' : ` ${words.recordedAt(dateOf(recordedAt))}`}`,
    data.name === '' ? words.unknownData : words.data(data.name, count(data.trainingImages)),
    words.networks(`784-${config.hidden1}-${config.hidden2}-10`, count(config.neurons)),
    words.seed(String(config.seed)),
    words.size(fixed(seconds, 1), count(moments.length)),
  ]
  return (
    <div class="replay-facts">
      <h2>{name}</h2>
      <ul aria-label={words.facts}>
        {facts.map(fact => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {problems.map(problem => (
        <p key={problem} class="replay-problem">
          {problem}
        </p>
      ))}
    </div>
  )
}

function dateOf(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime())
    ? iso.slice(0, 20)
    : date.toLocaleString(language.value, { dateStyle: 'medium', timeStyle: 'short' })
}

async function save({ file, name }: OpenRecording): Promise<void> {
  try {
    await saveRecording(file, fileNameOf(name))
  } catch (error) {
    const code = error instanceof RecordingError ? error.code : 'storageDenied'
    notify('problem', text.value.problems.recording[code])
  }
}

/** The name to save under: what it was opened as, without what a file system would not take. */
function fileNameOf(name: string): string {
  const safe = name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '-')
  return safe.endsWith('.mcap') ? safe : `${safe}.mcap`
}

interface FilePickerProperties {
  readonly main?: boolean
  readonly folder?: boolean
  /** Takes one file only. */
  readonly single?: boolean
  readonly onFiles: (files: File[]) => void
  readonly children: ComponentChildren
}

/** A button that asks for files. */
function FilePicker({
  main = false,
  folder = false,
  single = false,
  onFiles,
  children,
}: FilePickerProperties) {
  const id = useId()
  return (
    <label class={`button ${main ? 'button-primary' : 'button-plain'} panel-file`} for={id}>
      <span>{children}</span>
      <input
        id={id}
        type="file"
        multiple={!folder && !single}
        {...(folder ? { webkitdirectory: true } : { accept: '.mcap' })}
        onChange={event => {
          const files = [...(event.currentTarget.files ?? [])]
          // So that the same file can be opened again.
          event.currentTarget.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </label>
  )
}
