// A lesson: predict, run, reveal; after the last one, what the models are not.
import '../lessons/lessons.css'
import '../lessons/benches/benches.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { requestConfig } from '../app/restarts.ts'
import { Button } from '../controls/button.tsx'
import { finish, progress } from '../lessons/answers.ts'
import { type Lesson, lessons } from '../lessons/catalogue.ts'
import { Exhibit } from '../lessons/exhibit.tsx'
import { Limits } from '../lessons/limits.tsx'
import { type LessonPage, type LessonStep, lessonSteps } from '../lessons/page.ts'
import { Predict } from '../lessons/predict.tsx'
import { HandOver, Reveal } from '../lessons/reveal.tsx'
import { TeacherNotes } from '../lessons/teacherNotes.tsx'
import { followLanguage, lessonWords, pageOf, wordsReady } from '../lessons/words.ts'
import { addressOf, openScreen } from '../state/addressBar.ts'
import { lesson as opened, restarts } from '../state/store.ts'
import { text } from '../text/text.ts'

export function LessonScreen() {
  useEffect(followLanguage, [])
  const number = opened.value
  if (!wordsReady.value) return <p class="lazy">{text.value.shell.loading}</p>
  return <OpenLesson key={number} number={number} />
}

function OpenLesson({ number }: { readonly number: number }) {
  const words = text.value.lessons
  const lesson = lessons[number - 1]!
  const page = pageOf(lessonWords.value, number)
  const [step, setStep] = useState<LessonStep>('predict')
  const heading = useStepFocus(step)
  const goTo = (next: LessonStep) => {
    setStep(next)
    if (next === 'reveal') finish(number)
  }
  return (
    <article class="lesson" data-lesson={number} data-lesson-step={step}>
      <LessonList current={number} />
      <header class="lesson-header">
        <p class="lesson-number">
          {words.number(number)} · {words.minutes(page.minutes)}
        </p>
        <h1>{page.title}</h1>
        <p class="lesson-question">{page.question}</p>
        <Steps current={step} last={number === lessons.length} onOpen={goTo} />
      </header>
      <section class={`lesson-step lesson-${step}`} aria-labelledby="lesson-step-title">
        <h2 id="lesson-step-title" ref={heading} tabIndex={-1}>
          {step === 'limits' ? words.limits.title : words.steps[step]}
        </h2>
        {step === 'predict' && <Predict lesson={number} page={page} onDone={() => goTo('run')} />}
        {step === 'run' && <Run lesson={lesson} page={page} onOpen={goTo} />}
        {step === 'reveal' && <Reveal lesson={number} page={page} right={lesson.right} />}
        {step === 'limits' && <Limits />}
      </section>
      {(step === 'reveal' || step === 'limits') && <Onward number={number} step={step} onOpen={goTo} />}
      {step !== 'limits' && <TeacherNotes page={page} />}
    </article>
  )
}

/** A step that opens takes the focus to its heading; the first one leaves it to the page. */
function useStepFocus(step: LessonStep) {
  const heading = useRef<HTMLHeadingElement>(null)
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'start' })
  }, [step])
  return heading
}

function LessonList({ current }: { readonly current: number }) {
  const words = text.value.lessons
  return (
    <nav class="lesson-list" aria-label={words.navigation}>
      <ol>
        {words.titles.map((title, place) => {
          const number = place + 1
          const done = progress.value.done.includes(number)
          return (
            <li key={title}>
              <a
                href={addressOf('lesson', number)}
                aria-current={number === current ? 'page' : undefined}
                class={done ? 'lesson-link lesson-done' : 'lesson-link'}
                title={title}
              >
                <span class="lesson-dot" aria-hidden="true">
                  {number}
                </span>
                <span class="lesson-link-title">{title}</span>
                {done && <span class="visually-hidden">, {words.done}</span>}
              </a>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

interface StepsProps {
  readonly current: LessonStep
  /** Whether this is the last lesson, which ends in the limits. */
  readonly last: boolean
  readonly onOpen: (step: LessonStep) => void
}

/** Where the reader is in the lesson; a step already passed can be opened again. */
function Steps({ current, last, onOpen }: StepsProps) {
  const words = text.value.lessons
  const place = lessonSteps.indexOf(current)
  return (
    <ol class="lesson-steps" aria-label={words.stepsLabel}>
      {lessonSteps
        .filter(step => step !== 'limits' || last)
        .map((step, index) => (
          <li
            key={step}
            class={index < place ? 'passed' : undefined}
            aria-current={index === place ? 'step' : undefined}
          >
            {index < place ? (
              <button type="button" onClick={() => onOpen(step)}>
                {words.steps[step]}
              </button>
            ) : (
              <span>{words.steps[step]}</span>
            )}
          </li>
        ))}
    </ol>
  )
}

interface RunProps {
  readonly lesson: Lesson
  readonly page: LessonPage
  readonly onOpen: (step: LessonStep) => void
}

function Run({ lesson, page: { run, predict }, onOpen }: RunProps) {
  const words = text.value.lessons
  const chosen = progress.value.choices[opened.value]
  return (
    <div class="run">
      <aside class="run-guide">
        {chosen !== undefined && (
          <p class="run-prediction">
            <span>{words.yourAnswer}</span> {predict.choices[chosen]}
          </p>
        )}
        <h3>{words.tryThis}</h3>
        <ol>
          {run.instructions.map(instruction => (
            <li key={instruction}>{instruction}</li>
          ))}
        </ol>
        <h3>{words.watchFor}</h3>
        <ul>
          {run.watch.map(watched => (
            <li key={watched}>{watched}</li>
          ))}
        </ul>
      </aside>
      <Exhibit lesson={lesson} />
      <div class="lesson-actions run-actions" data-lesson-action="reveal">
        <Button kind="primary" onClick={() => onOpen('reveal')}>
          {words.toReveal}
        </Button>
      </div>
    </div>
  )
}

interface OnwardProps {
  readonly number: number
  readonly step: LessonStep
  readonly onOpen: (step: LessonStep) => void
}

function Onward({ number, step, onOpen }: OnwardProps) {
  const words = text.value.lessons
  const next = words.titles[number]
  const handOver = async () => {
    if (!(await requestConfig(lessons[number - 1]!.config))) return
    restarts.value += 1
    openScreen('stage')
  }
  return (
    <div class="onward">
      <div class="lesson-actions" data-lesson-action="next">
        {step === 'limits' ? (
          <Button kind="primary" onClick={() => openScreen('lesson', 1)}>
            {words.backToFirst}
          </Button>
        ) : next === undefined ? (
          <Button kind="primary" onClick={() => onOpen('limits')}>
            {words.toLimits}
          </Button>
        ) : (
          <Button kind="primary" onClick={() => openScreen('lesson', number + 1)}>
            {words.next(next)}
          </Button>
        )}
        {step === 'reveal' && <Button onClick={() => onOpen('run')}>{words.toRun}</Button>}
      </div>
      {step === 'reveal' && <HandOver onHandOver={() => void handOver()} />}
    </div>
  )
}
