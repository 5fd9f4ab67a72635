// The timeline of a recording: where it is, its marks, its loop.
import { useEffect, useState } from 'preact/hooks'
import { announce } from '../app/announcer.tsx'
import { addKey } from '../app/keyboard.ts'
import { Button } from '../controls/button.tsx'
import type { ReplaySource } from '../frames/replay.ts'
import { count, fixed } from '../panels/format.ts'
import { told } from '../state/store.ts'
import { text } from '../text/text.ts'

interface Properties {
  readonly source: ReplaySource
  /** Where the timeline ends: that of the longer one of two. */
  readonly end: number
}

export function Timeline({ source, end }: Properties) {
  const words = text.value.replay
  const { loop, from, loopFrom, loopTo, noLoop } = useLoop(source)
  void told.value
  const { start, position } = source
  const span = Math.max(1, end - start)
  const share = (samples: number) => `${(100 * (Math.min(Math.max(samples, start), end) - start)) / span}%`
  const here = words.place(count(position), count(end))
  const said =
    loop !== null
      ? words.loop(count(loop.from), count(loop.to))
      : from !== null
        ? words.loopWaits(count(from))
        : ''
  useEffect(() => {
    if (said !== '') announce(said)
  }, [said])
  return (
    <section class="timeline" aria-label={words.timeline}>
      <div class="timeline-head">
        <strong>{here}</strong>
        <span>{words.time(fixed(source.seconds, 1))}</span>
      </div>
      <div class="timeline-track">
        {loop !== null && (
          <div
            class="timeline-loop"
            style={{ left: share(loop.from), width: `calc(${share(loop.to)} - ${share(loop.from)})` }}
          />
        )}
        <input
          type="range"
          min={start}
          max={Math.max(end, start + 1)}
          step={1}
          value={position}
          aria-label={words.timeline}
          aria-valuetext={here}
          onInput={event => source.seek(event.currentTarget.valueAsNumber)}
        />
        <div class="timeline-ticks" aria-hidden="true">
          {source.marks.map(mark => (
            <span key={`${mark.samples} ${mark.text}`} style={{ left: share(mark.samples) }} />
          ))}
        </div>
      </div>
      <div class="timeline-tools">
        <Button kind="quiet" icon="restart" onClick={() => source.seek(start)}>
          {words.first}
        </Button>
        <Button kind="quiet" onClick={loopFrom}>
          <kbd>[</kbd> {words.loopFrom}
        </Button>
        <Button kind="quiet" onClick={loopTo}>
          <kbd>]</kbd> {words.loopTo}
        </Button>
        {(loop !== null || from !== null) && (
          <Button kind="quiet" icon="close" onClick={noLoop}>
            {words.noLoop}
          </Button>
        )}
        <Button kind="quiet" onClick={() => source.toggleBookmark()}>
          {words.bookmark}
        </Button>
        <span class="timeline-said">{said}</span>
      </div>
      <Marks source={source} />
    </section>
  )
}

/** The loop and its keys: its beginning waits until its end is chosen. */
function useLoop(source: ReplaySource) {
  const [from, setFrom] = useState<number | null>(null)
  const [, setChanges] = useState(0)
  const changed = () => setChanges(changes => changes + 1)
  const loopFrom = () => {
    const { loop, position } = source
    // Moving the beginning of a loop keeps its end.
    if (loop !== null && position < loop.to) source.setLoop(position, loop.to)
    else setFrom(position)
    changed()
  }
  const loopTo = () => {
    const begin = source.loop?.from ?? from ?? source.start
    if (source.position > begin) source.setLoop(begin, source.position)
    setFrom(null)
    changed()
  }
  const noLoop = () => {
    source.setLoop()
    setFrom(null)
    changed()
  }
  useEffect(() => {
    const ends = [addKey('[', loopFrom), addKey(']', loopTo)]
    return () => {
      for (const end of ends) end()
    }
  })
  return { loop: source.loop, from, loopFrom, loopTo, noLoop }
}

function Marks({ source }: { readonly source: ReplaySource }) {
  const words = text.value.replay
  void told.value
  return (
    <div class="timeline-marks">
      <h3>{words.marks}</h3>
      <ul>
        {source.marks.map(mark => (
          <li key={`${mark.samples} ${mark.text}`}>
            <button type="button" class="button button-quiet" onClick={() => source.seek(mark.samples)}>
              <span class="timeline-mark-place">{count(mark.samples)}</span>
              {mark.text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
