// Lesson 2: one set of inputs and weights, a rectified sum on the left, a leaky membrane on the right.
import { useMemo, useState } from 'preact/hooks'
import { Button } from '../../controls/button.tsx'
import { Slider } from '../../controls/fields.tsx'
import { fixed, signed } from '../../panels/format.ts'
import {
  DURATION,
  type MembraneCourse,
  membraneCourse,
  REST,
  rectifiedSum,
  THRESHOLD,
  timeOf,
  type UnitInputs,
  weightedSum,
} from '../laboratory/membrane.ts'
import { Bars } from '../parts/bars.tsx'
import { Plot, placeOn } from '../parts/plot.tsx'
import { Result } from '../parts/result.tsx'
import { lessonWords } from '../words.ts'

const TOGETHER = 20
const APART = 330
const initial: UnitInputs = {
  strengths: [1, 0.6, 0.4],
  weights: [0.6, 0.5, -0.4],
  spread: TOGETHER,
  tauMem: 20,
}

export function UnitBench() {
  const words = lessonWords.value.lesson2.bench
  const [inputs, setInputs] = useState(initial)
  const course = useMemo(() => membraneCourse(inputs), [inputs])
  const change = (part: Partial<UnitInputs>) => setInputs({ ...inputs, ...part })
  const within = (time: number) => `${fixed(time, 0)}\u00a0ms`
  return (
    <div class="bench">
      <div class="bench-pair">
        <RectifiedSum inputs={inputs} />
        <Membrane course={course} />
      </div>
      <div class="bench-controls">
        <div class="bench-buttons">
          <Button pressed={inputs.spread === TOGETHER} onClick={() => change({ spread: TOGETHER })}>
            {words.together}
          </Button>
          <Button pressed={inputs.spread === APART} onClick={() => change({ spread: APART })}>
            {words.apart}
          </Button>
        </div>
        <Slider
          label={words.spread}
          told={within(inputs.spread)}
          value={inputs.spread}
          minimum={10}
          maximum={APART}
          step={10}
          onInput={spread => change({ spread })}
        />
        <Slider
          label={words.tauMem}
          told={within(inputs.tauMem)}
          value={inputs.tauMem}
          minimum={5}
          maximum={200}
          step={5}
          onInput={tauMem => change({ tauMem })}
        />
      </div>
      <fieldset class="bench-inputs">
        <legend>{words.inputs}</legend>
        {inputs.strengths.map((strength, place) => (
          <div key={words.input(place + 1)} class="bench-input">
            <h4>{words.input(place + 1)}</h4>
            <Slider
              label={words.strength}
              told={fixed(strength, 1)}
              value={strength}
              minimum={0}
              maximum={1}
              step={0.1}
              onInput={value => change({ strengths: inputs.strengths.with(place, value) })}
            />
            <Slider
              label={words.weight}
              told={signed(inputs.weights[place]!, 1)}
              value={inputs.weights[place]!}
              minimum={-1}
              maximum={1}
              step={0.1}
              onInput={value => change({ weights: inputs.weights.with(place, value) })}
            />
          </div>
        ))}
      </fieldset>
    </div>
  )
}

function RectifiedSum({ inputs }: { readonly inputs: UnitInputs }) {
  const words = lessonWords.value.lesson2.bench
  const terms = inputs.strengths.map((strength, place) => strength * inputs.weights[place]!)
  const output = rectifiedSum(inputs)
  const told = terms.map(term => signed(term, 2))
  return (
    <section class="bench-side side-mlp">
      <h3>{words.sumTitle}</h3>
      <Bars
        title="w × x"
        summary={words.sumLabel(told.join(', '), fixed(output, 2))}
        most={1}
        kind="sign"
        bars={terms.map((value, place) => ({ name: words.input(place + 1), value, told: told[place]! }))}
      />
      <Result before={words.sum(signed(weightedSum(inputs), 2))} main={words.output(fixed(output, 2))} />
    </section>
  )
}

function Membrane({ course }: { readonly course: MembraneCourse }) {
  const words = lessonWords.value.lesson2.bench
  const { potential, spikes, arriving } = course
  const low = Math.min(-70, Math.floor(Math.min(...potential) / 5) * 5)
  const y = {
    ...{ low, high: -45, ticks: [REST, THRESHOLD], label: 'mV' },
    tell: (value: number) => `${fixed(value, 0)}`,
  }
  const x = {
    ...{ low: 0, high: DURATION, ticks: [0, 100, 200, 300], label: 'ms' },
    tell: (value: number) => fixed(value, 0),
  }
  return (
    <section class="bench-side side-brain">
      <h3>{words.membraneTitle}</h3>
      <Plot
        title={`mV · ${words.arrivals(arriving.length)}`}
        summary={words.traceLabel(spikes.length, fixed(Math.max(...potential), 1))}
        x={x}
        y={y}
        level={{ at: THRESHOLD, name: words.threshold }}
        lines={[
          {
            name: words.membraneTitle,
            kind: 'brain',
            points: [...potential].map((value, step) => [timeOf(step + 1), value] as const),
          },
        ]}
      />
      <SpikeRows arriving={arriving} spikes={spikes} place={time => placeOn(x, time)} />
      <Result before={words.arrivals(arriving.length)} main={words.spikes(spikes.length)} />
    </section>
  )
}

interface SpikeRowsProps extends Pick<MembraneCourse, 'arriving' | 'spikes'> {
  readonly place: (time: number) => number
}

/** A row for each input and one for the neuron, below the trace and on its time axis. */
function SpikeRows({ arriving, spikes, place }: SpikeRowsProps) {
  const words = lessonWords.value.lesson2.bench
  const rows = [
    ...[0, 1, 2].map(index => ({
      name: String(index + 1),
      times: arriving.filter(spike => spike.index === index).map(({ time }) => time),
      own: false,
    })),
    { name: '→', times: spikes, own: true },
  ]
  return (
    <div
      class="spike-rows"
      role="img"
      aria-label={`${words.arrivals(arriving.length)}. ${words.spikes(spikes.length)}`}
    >
      {rows.map(({ name, times, own }) => (
        <div key={name} class={own ? 'spike-row spike-row-own' : 'spike-row'} aria-hidden="true">
          <span class="spike-row-name">{name}</span>
          <span class="spike-row-track">
            {times.map(time => (
              <span key={time} class="spike" style={{ left: `${(100 * place(time)).toFixed(2)}%` }} />
            ))}
          </span>
        </div>
      ))}
    </div>
  )
}
