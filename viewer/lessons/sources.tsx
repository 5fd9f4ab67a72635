// A list of works with their addresses.
import type { Source } from './page.ts'

export function Sources({ entries }: { readonly entries: readonly Source[] }) {
  return (
    <ul class="sources">
      {entries.map(entry => (
        <li key={entry.address}>
          <a href={entry.address} rel="noreferrer">
            {entry.text}
          </a>
        </li>
      ))}
    </ul>
  )
}
