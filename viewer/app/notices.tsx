// What the reader should know: said politely, and there until it is dismissed.
import { useEffect } from 'preact/hooks'
import { Button, IconButton } from '../controls/button.tsx'
import { Icon } from '../controls/icons.tsx'
import { dismiss, type Notice, notices } from '../state/store.ts'
import { text } from '../text/text.ts'
import { announceNotice } from './announcer.tsx'

export function Notices() {
  const words = text.value.shell
  return (
    <section class="notices" aria-label={words.notices}>
      {notices.value.map(notice => (
        <Shown key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

function Shown({ notice: { id, kind, text: says, action } }: { readonly notice: Notice }) {
  useEffect(() => announceNotice(says), [says])
  return (
    <div class={`notice notice-${kind}`}>
      <Icon name={kind === 'problem' ? 'warning' : 'information'} />
      <p>{says}</p>
      {action && <Button onClick={action.run}>{action.label}</Button>}
      <IconButton icon="close" label={text.value.shell.dismiss} onClick={() => dismiss(id)} />
    </div>
  )
}
