// Lesson 6: the recorded brain's neurons named by so many labels, in the page, and the vote they make.
import { useMemo, useState } from 'preact/hooks'
import { Slider } from '../../controls/fields.tsx'
import { count, percent } from '../../panels/format.ts'
import { figures } from '../figures.ts'
import { accuracyOf, namedNeurons, type Responses, readoutFrom } from '../laboratory/responses.ts'
import { Bars } from '../parts/bars.tsx'
import { Missing } from '../parts/missing.tsx'
import { Plot } from '../parts/plot.tsx'
import { Result } from '../parts/result.tsx'
import { useFetched } from '../parts/useFetched.ts'
import { fetchResponses } from '../recordings.ts'
import { lessonWords } from '../words.ts'
import { shareScale } from './clockBench.tsx'

const steps = figures.labels.map(({ labels }) => labels)

export function LabelsBench() {
  const responses = useFetched('answers', fetchResponses)
  if (responses === 'waiting' || responses === 'missing') return <Missing state={responses} />
  return <Naming responses={responses} />
}

function Naming({ responses }: { readonly responses: Responses }) {
  const words = lessonWords.value.lesson6.bench
  const [step, setStep] = useState(1)
  const labelled = steps[step]!
  const readouts = useMemo(() => steps.map(number => readoutFrom(responses, number)), [responses])
  const accuracies = useMemo(
    () => readouts.map(readout => accuracyOf(responses, readout, Number.POSITIVE_INFINITY)),
    [readouts],
  )
  const readout = readouts[step]!
  const names = Array.from(
    { length: 10 },
    (_, digit) => readout.labels.filter(label => label === digit).length,
  )
  const mlp = figures.labels[step]!.mlp
  return (
    <div class="bench">
      <Slider
        label={words.labels}
        told={count(labelled)}
        value={step}
        minimum={0}
        maximum={steps.length - 1}
        step={1}
        onInput={setStep}
      />
      <Result
        main={words.chartLabel(count(labelled), percent(accuracies[step]!, 0), percent(mlp, 0))}
        after={words.named(count(namedNeurons(readout)), count(responses.neurons))}
      />
      <div class="bench-pair">
        <Plot
          title={words.chartTitle}
          summary={words.chartLabel(count(labelled), percent(accuracies[step]!), percent(mlp))}
          x={{
            ...{
              low: steps[0]!,
              high: steps.at(-1)!,
              ticks: steps,
              label: words.labelAxis,
              logarithmic: true,
            },
            tell: count,
          }}
          y={{ ...shareScale, label: words.accuracy }}
          cursor={labelled}
          level={{ at: 0.1, name: words.guessing }}
          lines={[
            {
              ...{ name: words.brain, kind: 'brain' as const, marked: true },
              points: accuracies.map((accuracy, place) => [steps[place]!, accuracy] as const),
            },
            {
              ...{ name: words.mlp, kind: 'mlp' as const, marked: true },
              points: figures.labels.map(row => [row.labels, row.mlp] as const),
            },
          ]}
        />
        <Bars
          title={words.namesTitle}
          summary={names.map((neurons, digit) => words.nameOf(digit, count(neurons))).join('; ')}
          most={Math.max(10, ...names)}
          kind="brain"
          bars={[
            ...names.map((neurons, digit) => ({ name: String(digit), value: neurons, told: count(neurons) })),
            {
              name: words.noName,
              value: responses.neurons - namedNeurons(readout),
              told: count(responses.neurons - namedNeurons(readout)),
            },
          ]}
        />
      </div>
    </div>
  )
}
