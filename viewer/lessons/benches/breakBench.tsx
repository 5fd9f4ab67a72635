// Lesson 8: forgetting over the recorded run, and what silenced units and noisy pixels do to the trained networks.
import { useState } from 'preact/hooks'
import { Segments, Slider } from '../../controls/fields.tsx'
import { ReplaySource } from '../../frames/replay.ts'
import { count, percent } from '../../panels/format.ts'
import { source, told } from '../../state/store.ts'
import { figures } from '../figures.ts'
import { type ForgettingPoint, forgettingCourse } from '../laboratory/forgetting.ts'
import { Missing } from '../parts/missing.tsx'
import { Plot } from '../parts/plot.tsx'
import { useFetched } from '../parts/useFetched.ts'
import { lessonWords } from '../words.ts'
import { shareScale } from './clockBench.tsx'

export function BreakBench() {
  const replay = source.value
  return (
    <div class="bench">
      {replay instanceof ReplaySource && <Forgetting replay={replay} />}
      <Damage />
    </div>
  )
}

function Forgetting({ replay }: { readonly replay: ReplaySource }) {
  const course = useFetched('forgetting', () => forgettingCourse(replay.recording))
  if (course === 'waiting' || course === 'missing') return <Missing state={course} />
  return <Course replay={replay} course={course} />
}

interface CourseProps {
  readonly replay: ReplaySource
  readonly course: readonly ForgettingPoint[]
}

function Course({ replay, course }: CourseProps) {
  const words = lessonWords.value.lesson8.bench
  // Moves along with the recording.
  void told.value
  const { imagesBefore, imagesAfter } = figures.forgetting
  const end = imagesBefore + imagesAfter
  const here = nearest(course, replay.position)
  const line = (kind: 'mlp' | 'brain') => ({
    ...{ name: words[kind], kind },
    points: course.map(point => [point.images, point[kind]] as const),
  })
  const summary = words.forgettingLabel(count(here.images), percent(here.mlp, 0), percent(here.brain, 0))
  return (
    <>
      <Plot
        title={words.forgettingTitle}
        summary={summary}
        x={{
          ...{ low: 0, high: end, ticks: [0, imagesBefore, end], label: words.imageAxis },
          tell: count,
        }}
        y={{ ...shareScale, label: words.accuracy }}
        mark={{ at: imagesBefore, name: words.change }}
        cursor={replay.position}
        lines={[line('mlp'), line('brain')]}
      />
      <Slider
        label={words.images}
        told={count(replay.position)}
        value={replay.position}
        minimum={replay.start}
        maximum={replay.length}
        step={1}
        onInput={position => replay.seek(position)}
      />
      <p class="bench-note">{summary}</p>
    </>
  )
}

function nearest(course: readonly ForgettingPoint[], images: number): ForgettingPoint {
  return course.findLast(point => point.images <= images) ?? course[0]!
}

const kinds = ['lesion', 'noise'] as const
type Kind = (typeof kinds)[number]

/** Each step is a measurement of the trained networks; the text says on how many images. */
const measured: Readonly<
  Record<Kind, readonly { readonly at: number; readonly mlp: number; readonly brain: number }[]>
> = {
  lesion: figures.lesions.map(({ share, ...pair }) => ({ at: share, ...pair })),
  noise: figures.noise.map(({ level, ...pair }) => ({ at: level, ...pair })),
}

function Damage() {
  const words = lessonWords.value.lesson8.bench
  const [kind, setKind] = useState<Kind>('lesion')
  const [step, setStep] = useState(0)
  const rows = measured[kind]
  const row = rows[Math.min(step, rows.length - 1)]!
  const summary = words.at(percent(row.at, 0), percent(row.mlp, 0), percent(row.brain, 0))
  const line = (network: 'mlp' | 'brain') => ({
    ...{ name: words[network], kind: network, marked: true },
    points: rows.map(point => [point.at, point[network]] as const),
  })
  return (
    <>
      <Segments
        label={words.kind}
        value={kind}
        choices={kinds.map(value => ({ value, label: words.kinds[value] }))}
        onChange={setKind}
      />
      <Plot
        title={words.kinds[kind]}
        summary={summary}
        x={{
          ...{ low: 0, high: rows.at(-1)!.at, ticks: rows.map(({ at }) => at), label: words.level[kind] },
          tell: value => percent(value, 0),
        }}
        y={{ ...shareScale, label: words.accuracy }}
        cursor={row.at}
        level={{ at: 0.1, name: words.guessing }}
        lines={[line('mlp'), line('brain')]}
      />
      <Slider
        label={words.level[kind]}
        told={percent(row.at, 0)}
        value={Math.min(step, rows.length - 1)}
        minimum={0}
        maximum={rows.length - 1}
        step={1}
        onInput={setStep}
      />
      <p class="bench-note">{summary}</p>
    </>
  )
}
