// What the reader should know: said politely, and there until it is dismissed.
import { Button, IconButton } from '../controls/button.tsx'
import { Icon } from '../controls/icons.tsx'
import { dismiss, notices } from '../state/store.ts'
import { text } from '../text/text.ts'

export function Notices() {
  const words = text.value.shell
  return (
    <section class="notices" aria-label={words.notices} aria-live="polite">
      {notices.value.map(({ id, kind, text: says, action }) => (
        <div key={id} class={`notice notice-${kind}`}>
          <Icon name={kind === 'problem' ? 'warning' : 'information'} />
          <p>{says}</p>
          {action && <Button onClick={action.run}>{action.label}</Button>}
          <IconButton icon="close" label={words.dismiss} onClick={() => dismiss(id)} />
        </div>
      ))}
    </section>
  )
}
