// Lesson 4: what tells a synapse its change: on the left the error that comes back, on the right the timing of spikes.
import { useMemo, useState } from 'preact/hooks'
import { Segments, Slider } from '../../controls/fields.tsx'
import { fixed, percent, signed } from '../../panels/format.ts'
import { gradientStory } from '../laboratory/gradient.ts'
import {
  LATEST,
  pairWindow,
  type RuleName,
  ruleNames,
  START_WEIGHT,
  weightCourse,
} from '../laboratory/timing.ts'
import { Plot } from '../parts/plot.tsx'
import { Result } from '../parts/result.tsx'
import { lessonWords } from '../words.ts'
import { TimeLine } from './timeLine.tsx'

export function TimingBench() {
  return (
    <div class="bench">
      <div class="bench-pair">
        <GradientSide />
        <TimingSide />
      </div>
    </div>
  )
}

function GradientSide() {
  const words = lessonWords.value.lesson4.bench
  const [x, setX] = useState(0.8)
  const [label, setLabel] = useState(0)
  const story = useMemo(() => gradientStory(x, label), [x, label])
  return (
    <section class="bench-side side-mlp">
      <h3>{words.gradientTitle}</h3>
      <Segments
        label={words.answer}
        value={String(label)}
        choices={words.classes.map((name, place) => ({ value: String(place), label: name }))}
        onChange={value => setLabel(Number(value))}
      />
      <Slider
        label={words.input}
        told={fixed(x, 1)}
        value={x}
        minimum={0}
        maximum={1}
        step={0.1}
        onInput={setX}
      />
      <table class="bench-table">
        <thead>
          <tr>
            <td />
            {words.classes.map(name => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{words.probability}</th>
            {story.probabilities.map((probability, place) => (
              <td key={words.classes[place]}>{percent(probability, 0)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{words.error}</th>
            {story.errors.map((error, place) => (
              <td key={words.classes[place]} class={error < 0 ? 'sign-negative' : 'sign-positive'}>
                {signed(error, 2)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <dl class="bench-numbers">
        <Entry name={words.hidden} value={fixed(story.hidden, 2)} />
        <Entry name={words.delta} value={signed(story.delta, 2)} />
        <Entry name={words.gradient} value={signed(story.gradient, 2)} />
      </dl>
      <Change value={story.change} />
    </section>
  )
}

function Entry({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Change({ value }: { readonly value: number }) {
  return <Result before={lessonWords.value.lesson4.bench.change} main={signed(value, 3)} sign={value} />
}

interface Spikes {
  readonly pre: number
  readonly post: number
  /** An earlier spike of the target, for the triplet rule. */
  readonly first: number
}

const SPAN = 50
const delays = Array.from({ length: 2 * SPAN + 1 }, (_, place) => place - SPAN)
const thousandths = {
  low: -0.012,
  high: 0.012,
  ticks: [-0.01, 0, 0.01],
  tell: (value: number) => signed(value, 2),
}

function TimingSide() {
  const words = lessonWords.value.lesson4.bench
  const [rule, setRule] = useState<RuleName>('pair')
  const [spikes, setSpikes] = useState<Spikes>({ pre: 40, post: 50, first: 20 })
  const { pre, post, first } = spikes
  const pattern = { pre: [pre], post: rule === 'pair' ? [post] : [...new Set([first, post])] }
  const course = useMemo(() => weightCourse(rule, pattern), [rule, pre, post, first])
  const change = course.at(-1)! - START_WEIGHT
  const delay = post - pre
  const move = (part: Partial<Spikes>) => setSpikes({ ...spikes, ...part })
  return (
    <section class="bench-side side-brain">
      <h3>{words.timingTitle}</h3>
      <Segments
        label={words.rule}
        value={rule}
        choices={ruleNames.map(value => ({ value, label: words.rules[value] }))}
        onChange={setRule}
      />
      <TimeLine
        latest={LATEST}
        spikes={[
          { name: words.pre, row: 'pre', time: pre, onMove: time => move({ pre: time }) },
          ...(rule === 'triplet'
            ? [
                {
                  name: words.firstPost,
                  row: 'post' as const,
                  time: first,
                  onMove: (time: number) => move({ first: time }),
                },
              ]
            : []),
          { name: words.post, row: 'post', time: post, onMove: time => move({ post: time }) },
        ]}
      />
      <p class="bench-note">{words.order(delay)}</p>
      {rule === 'pair' ? (
        <Window delay={delay} change={change} />
      ) : (
        <Course course={course} change={change} />
      )}
      <Change value={Math.abs(change) < 1e-7 ? 0 : change} />
    </section>
  )
}

/** The pair rule's change for each delay, with the reader's own. */
function Window({ delay, change }: { readonly delay: number; readonly change: number }) {
  const words = lessonWords.value.lesson4.bench
  const window = useMemo(() => pairWindow(delays), [])
  const points = (from: number, to: number) =>
    delays
      .map((value, place) => [value, window[place]!] as const)
      .filter(([value]) => value >= from && value <= to)
  return (
    <Plot
      title={words.window}
      summary={words.windowLabel(delay, signed(change, 3))}
      height={180}
      x={{
        ...{ low: -SPAN, high: SPAN, ticks: [-40, -20, 0, 20, 40], label: words.delayAxis },
        tell: value => fixed(value, 0),
      }}
      y={{ ...thousandths, label: '' }}
      {...(Math.abs(delay) <= SPAN && { cursor: delay })}
      lines={[
        { name: '-', kind: 'brain', points: points(-SPAN, -1) },
        { name: '+', kind: 'brain', points: points(0, SPAN) },
      ]}
      legend={false}
    />
  )
}

function Course({ course, change }: { readonly course: Float64Array; readonly change: number }) {
  const words = lessonWords.value.lesson4.bench
  return (
    <Plot
      title={words.course}
      summary={words.courseLabel(signed(change, 3))}
      height={180}
      x={{
        ...{ low: 0, high: LATEST, ticks: [0, 50, 100], label: words.timeAxis },
        tell: value => fixed(value, 0),
      }}
      y={{ ...thousandths, label: '' }}
      lines={[
        {
          name: words.course,
          kind: 'brain',
          points: Array.from(
            course,
            (weight, step) => [Math.min((step + 1) / 2, LATEST), weight - START_WEIGHT] as const,
          ),
        },
      ]}
    />
  )
}
