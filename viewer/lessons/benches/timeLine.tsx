// A time line on which spikes of two neurons are moved, by pointer or by keys.
import { useId, useRef } from 'preact/hooks'
import { fixed } from '../../panels/format.ts'
import { lessonWords } from '../words.ts'

export interface MovableSpike {
  readonly name: string
  readonly row: 'pre' | 'post'
  /** ms, a whole number. */
  readonly time: number
  readonly onMove: (time: number) => void
}

interface TimeLineProps {
  readonly latest: number
  readonly spikes: readonly MovableSpike[]
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
}

export function TimeLine({ latest, spikes }: TimeLineProps) {
  const words = lessonWords.value.lesson4.bench
  const track = useRef<HTMLDivElement>(null)
  const hint = useId()
  const clamp = (time: number) => Math.max(0, Math.min(latest, Math.round(time)))
  const timeAt = (clientX: number) => {
    const { left, width } = track.current!.getBoundingClientRect()
    return clamp(((clientX - left) / width) * latest)
  }
  const press = (event: KeyboardEvent, { time, onMove }: MovableSpike) => {
    const ends: Readonly<Record<string, number>> = { Home: 0, End: latest }
    const next = ends[event.key] ?? (event.key in steps ? time + steps[event.key]! : null)
    if (next === null) return
    event.preventDefault()
    onMove(clamp(next))
  }
  return (
    <div class="time-line">
      <div ref={track} class="time-line-track">
        {spikes.map(spike => (
          <div
            key={spike.name}
            class={`time-line-spike time-line-${spike.row}`}
            style={{ left: `${((100 * spike.time) / latest).toFixed(2)}%` }}
            role="slider"
            tabIndex={0}
            aria-label={spike.name}
            aria-valuemin={0}
            aria-valuemax={latest}
            aria-valuenow={spike.time}
            aria-valuetext={words.at(fixed(spike.time, 0))}
            aria-describedby={hint}
            onKeyDown={event => press(event, spike)}
            onPointerDown={event => {
              event.currentTarget.setPointerCapture(event.pointerId)
              event.currentTarget.focus()
              event.preventDefault()
            }}
            onPointerMove={event => {
              if (event.currentTarget.hasPointerCapture(event.pointerId)) spike.onMove(timeAt(event.clientX))
            }}
          >
            <span class="time-line-mark" />
          </div>
        ))}
      </div>
      <div class="time-line-axis" aria-hidden="true">
        <span>0</span>
        <span>{words.at(fixed(latest, 0))}</span>
      </div>
      <ul class="time-line-names">
        {spikes.map(({ name, row, time }) => (
          <li key={name} class={`time-line-key-${row}`}>
            {name}: {words.at(fixed(time, 0))}
          </li>
        ))}
      </ul>
      <p id={hint} class="bench-note">
        {words.keys}
      </p>
    </div>
  )
}
