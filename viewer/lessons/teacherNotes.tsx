// What a teacher wants to know of a lesson, folded away for everybody else.
import { text } from '../text/text.ts'
import type { LessonPage } from './page.ts'

export function TeacherNotes({ page: { teacher } }: { readonly page: LessonPage }) {
  const words = text.value.lessons
  return (
    <details class="teacher">
      <summary>{words.teacher}</summary>
      <div class="teacher-notes">
        <section>
          <h3>{words.goal}</h3>
          <p>{teacher.goal}</p>
        </section>
        <section>
          <h3>{words.lead}</h3>
          <ol>
            {teacher.lead.map(step => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
        <section>
          <h3>{words.misconceptions}</h3>
          <dl>
            {teacher.misconceptions.map(({ claim, reply }) => (
              <div key={claim}>
                <dt>{claim}</dt>
                <dd>{reply}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>{words.questions}</h3>
          <ul>
            {teacher.questions.map(question => (
              <li key={question}>{question}</li>
            ))}
          </ul>
        </section>
      </div>
    </details>
  )
}
