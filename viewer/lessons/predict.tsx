// The first step of a lesson: what will be seen, and what the reader expects of it.
import { useId, useState } from 'preact/hooks'
import { Button } from '../controls/button.tsx'
import { text } from '../text/text.ts'
import { choose, progress } from './answers.ts'
import type { LessonPage } from './page.ts'

interface PredictProps {
  readonly lesson: number
  readonly page: LessonPage
  readonly onDone: () => void
}

export function Predict({ lesson, page: { predict }, onDone }: PredictProps) {
  const words = text.value.lessons
  const name = useId()
  const hint = useId()
  const [asked, setAsked] = useState(false)
  const chosen = progress.value.choices[lesson]
  const go = () => {
    if (chosen === undefined) setAsked(true)
    else onDone()
  }
  return (
    <form
      class="predict"
      onSubmit={event => {
        event.preventDefault()
        go()
      }}
    >
      <div class="lesson-prose">
        {predict.setting.map(paragraph => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <fieldset class="choices" aria-describedby={asked && chosen === undefined ? hint : undefined}>
        <legend>{predict.question}</legend>
        {predict.choices.map((choice, place) => (
          <label key={choice} class="choice">
            <input
              type="radio"
              name={name}
              checked={chosen === place}
              data-choice={place}
              onChange={() => choose(lesson, place)}
            />
            <span>{choice}</span>
          </label>
        ))}
      </fieldset>
      <p id={hint} class="lesson-hint" role="status">
        {asked && chosen === undefined ? words.choose : ''}
      </p>
      <div class="lesson-actions" data-lesson-action="run">
        <Button kind="primary" onClick={go}>
          {words.keepAndRun}
        </Button>
      </div>
    </form>
  )
}
