// The last page: what the models here are not.
import { text } from '../text/text.ts'
import { Sources } from './sources.tsx'

export function Limits() {
  const { introduction, items, sources, sourcesTitle } = text.value.lessons.limits
  return (
    <div class="limits">
      <p class="limits-introduction">{introduction}</p>
      <ol class="limits-items">
        {items.map(item => (
          <li key={item.title}>
            <h3>{item.title}</h3>
            <p>{item.text}</p>
          </li>
        ))}
      </ol>
      <section class="lesson-small">
        <h3>{sourcesTitle}</h3>
        <Sources entries={sources} />
      </section>
    </div>
  )
}
