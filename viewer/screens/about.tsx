// What the page is, what its models are not, and whose work it stands on.
import { text } from '../text/text.ts'
import './about.css'

export function AboutScreen() {
  const words = text.value.shell.about
  const { title, introduction, items, sources, sourcesTitle } = text.value.lessons.limits
  return (
    <article class="about">
      <header>
        <h1>{words.heading}</h1>
        <p class="about-introduction">{words.introduction}</p>
      </header>
      <section>
        <h2>{title}</h2>
        <p>{introduction}</p>
        <ul class="about-limits">
          {items.map(item => (
            <li key={item.title}>
              <h3>{item.title}</h3>
              <p>{item.text}</p>
            </li>
          ))}
        </ul>
        <h3>{sourcesTitle}</h3>
        <References entries={sources} />
      </section>
      <section>
        <h2>{words.creditsTitle}</h2>
        <References entries={words.credits} />
      </section>
      <section>
        <h2>{words.dataTitle}</h2>
        <p>
          {words.data} <a href={words.dataAddress}>{words.dataLink}</a>
        </p>
      </section>
      <section>
        <h2>{words.coloursTitle}</h2>
        <p>{words.colours}</p>
      </section>
      <section>
        <h2>{words.softwareTitle}</h2>
        <p>{words.software}</p>
        <ul class="about-versions">
          {Object.entries(VERSIONS).map(([name, version]) => (
            <li key={name}>
              {name} <code>{version}</code>
            </li>
          ))}
        </ul>
      </section>
    </article>
  )
}

interface Reference {
  readonly text: string
  readonly address: string
  readonly note?: string
}

function References({ entries }: { readonly entries: readonly Reference[] }) {
  return (
    <ul class="about-references">
      {entries.map(entry => (
        <li key={entry.address}>
          <a href={entry.address}>{entry.text}</a>
          {entry.note && <span> {entry.note}</span>}
        </li>
      ))}
    </ul>
  )
}
