// What runs in a lesson: its recording on the stage's pictures, and its own experiment below.
import { useEffect } from 'preact/hooks'
import { Figure } from '../app/figure.tsx'
import { NetworkHeading } from '../app/stageGrid.tsx'
import { ReplaySource } from '../frames/replay.ts'
import type { PanelName } from '../stage/view.ts'
import { playing, reducedMotion, source, speed } from '../state/store.ts'
import type { Lesson } from './catalogue.ts'
import { Missing } from './parts/missing.tsx'
import { useFetched } from './parts/useFetched.ts'
import { fetchRecording, type RecordingName } from './recordings.ts'

export function Exhibit({ lesson: { recording, panels, speed: tempo, Bench } }: { readonly lesson: Lesson }) {
  return (
    <div class="exhibit">
      {recording !== null && <Pictures key={recording} name={recording} panels={panels} tempo={tempo} />}
      {Bench && <Bench />}
    </div>
  )
}

const kinds = ['mlp', 'brain'] as const

interface PicturesProps {
  readonly name: RecordingName
  readonly panels: readonly PanelName[]
  readonly tempo: number
}

function Pictures({ name, panels, tempo }: PicturesProps) {
  const recording = useFetched(name, () => fetchRecording(name))
  useEffect(() => {
    if (recording === 'waiting' || recording === 'missing') return
    const replay = new ReplaySource(recording)
    const before = { speed: speed.peek(), playing: playing.peek() }
    speed.value = tempo
    playing.value = !reducedMotion.peek()
    source.value = replay
    return () => {
      if (source.peek() === replay) source.value = null
      replay.dispose()
      speed.value = before.speed
      playing.value = before.playing
    }
  }, [recording])
  if (recording === 'waiting' || recording === 'missing') return <Missing state={recording} />
  const shared = panels.filter(panel => panel === 'input' || panel.endsWith('Output'))
  const large = panels.filter(panel => !shared.includes(panel))
  return (
    <div class="exhibit-pictures">
      <div class="exhibit-headings">
        {kinds
          .filter(kind => panels.some(panel => panel.startsWith(kind)))
          .map(kind => (
            <NetworkHeading key={kind} kind={kind} />
          ))}
      </div>
      {shared.length > 0 && (
        <div class={`exhibit-row exhibit-shared exhibit-of-${shared.length}`}>
          {shared.map(panel => (
            <Figure key={panel} panel={panel} />
          ))}
        </div>
      )}
      <div class={`exhibit-row exhibit-of-${large.length}`}>
        {large.map(panel => (
          <Figure key={panel} panel={panel} />
        ))}
      </div>
    </div>
  )
}
