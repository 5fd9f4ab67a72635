// Asks before a network forgets what it has learned.
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { text } from '../text/text.ts'
import { question } from './restarts.ts'

export function Question() {
  const asked = question.value
  if (asked === null) return null
  const words = text.value.shell.confirm
  return (
    <Dialog
      title={words.restartTitle}
      closeLabel={text.value.shell.close}
      class="question"
      onClose={() => asked.answer(false)}
    >
      <p>{words[asked.effect]}</p>
      <div class="dialog-actions">
        <Button onClick={() => asked.answer(false)}>{words.cancel}</Button>
        <Button kind="primary" onClick={() => asked.answer(true)}>
          {words.restart}
        </Button>
      </div>
    </Dialog>
  )
}
