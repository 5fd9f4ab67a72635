// The last step of a lesson: what happened, against what was expected, and how careful to be with it.
import { Button } from '../controls/button.tsx'
import { text } from '../text/text.ts'
import { progress } from './answers.ts'
import { figures } from './figures.ts'
import type { LessonPage } from './page.ts'
import { Sources } from './sources.tsx'

interface RevealProps {
  readonly lesson: number
  readonly page: LessonPage
  readonly right: number
}

export function Reveal({ lesson, page: { predict, reveal }, right }: RevealProps) {
  const words = text.value.lessons
  const chosen = progress.value.choices[lesson]
  return (
    <div class="reveal">
      <p class="reveal-answer">{reveal.answer(figures)}</p>
      <section class="reveal-prediction" data-right={chosen === right}>
        <h3>{words.yourAnswer}</h3>
        {chosen === undefined ? (
          <p>{words.notAnswered}</p>
        ) : (
          <>
            <p class="reveal-choice">{predict.choices[chosen]}</p>
            <p>
              <strong>{chosen === right ? words.right : words.wrong}</strong> {reveal.verdicts[chosen]}
            </p>
          </>
        )}
      </section>
      <div class="reveal-columns">
        <section class="lesson-prose">
          <h3>{words.whatHappened}</h3>
          {reveal.paragraphs(figures).map(paragraph => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
        <dl class="reveal-cards">
          <div>
            <dt>{words.same}</dt>
            <dd>{reveal.same}</dd>
          </div>
          <div>
            <dt>{words.differs}</dt>
            <dd>{reveal.differs}</dd>
          </div>
          <div class="reveal-caution">
            <dt>{words.caution}</dt>
            <dd>{reveal.caution}</dd>
          </div>
        </dl>
      </div>
      <section class="lesson-small">
        <h3>{words.sources}</h3>
        <Sources entries={reveal.sources} />
        <p>{words.measured}</p>
      </section>
    </div>
  )
}

interface HandOverProps {
  readonly onHandOver: () => void
}

export function HandOver({ onHandOver }: HandOverProps) {
  const words = text.value.lessons
  return (
    <div class="hand-over" data-lesson-action="handOver">
      <Button icon="play" onClick={onHandOver}>
        {words.handOver}
      </Button>
      <p>{words.handOverHint}</p>
    </div>
  )
}
