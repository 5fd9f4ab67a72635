// Lesson 3: the vote of the recorded brain when its clock is stopped early, counted in the page.
import { useMemo, useState } from 'preact/hooks'
import { IMAGE_DURATION } from '../../../experiments/learners/brainFrame.ts'
import { Slider } from '../../controls/fields.tsx'
import { fixed, percent } from '../../panels/format.ts'
import { accuracyByTime, BIN, type Responses } from '../laboratory/responses.ts'
import { Missing } from '../parts/missing.tsx'
import { Plot } from '../parts/plot.tsx'
import { Result } from '../parts/result.tsx'
import { useFetched } from '../parts/useFetched.ts'
import { fetchResponses } from '../recordings.ts'
import { lessonWords } from '../words.ts'

export const shareScale = {
  ...{ low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1] },
  tell: (value: number) => percent(value, 0),
}

export function ClockBench() {
  const responses = useFetched('answers', fetchResponses)
  if (responses === 'waiting' || responses === 'missing') return <Missing state={responses} />
  return <Clock responses={responses} />
}

function Clock({ responses }: { readonly responses: Responses }) {
  const words = lessonWords.value.lesson3.bench
  const byTime = useMemo(() => accuracyByTime(responses, IMAGE_DURATION), [responses])
  const [time, setTime] = useState(20)
  const accuracy = percent(byTime[time / BIN - 1]!)
  return (
    <div class="bench">
      <Plot
        title={words.chartTitle}
        summary={words.chartLabel(time, accuracy)}
        x={{
          ...{ low: 0, high: IMAGE_DURATION, ticks: [0, 50, 100, 200, 300, 350], label: words.time },
          tell: value => fixed(value, 0),
        }}
        y={{ ...shareScale, label: words.accuracy }}
        cursor={time}
        level={{ at: 0.1, name: words.guessing }}
        lines={[
          {
            name: words.accuracy,
            kind: 'brain',
            points: [[0, 0], ...Array.from(byTime, (value, bin) => [(bin + 1) * BIN, value] as const)],
          },
        ]}
      />
      <Slider
        label={words.clock}
        told={`${fixed(time, 0)}\u00a0ms`}
        value={time}
        minimum={BIN}
        maximum={IMAGE_DURATION}
        step={BIN}
        onInput={setTime}
      />
      <Result main={words.now(time, accuracy)} />
    </div>
  )
}
