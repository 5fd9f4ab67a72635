// The configuration as a file: saved, and opened from any file that may hold one.
import '../panels/panels.css'
import { useId } from 'preact/hooks'
import { requestConfig } from '../app/restarts.ts'
import { Button } from '../controls/button.tsx'
import { exportConfig } from '../export/exports.ts'
import { MOST_BYTES, readConfig } from '../state/configFile.ts'
import { config, notify } from '../state/store.ts'
import { text } from '../text/text.ts'

export function ConfigFile() {
  const words = text.value.lab
  const id = useId()
  return (
    <section class="lab-file">
      <h2>{words.configTitle}</h2>
      <p>{words.configSays}</p>
      <div class="lab-file-buttons">
        <Button onClick={() => exportConfig(config.value)}>{words.exportConfig}</Button>
        <label class="button button-plain panel-file" for={id}>
          {words.importConfig}
          <input
            id={id}
            type="file"
            accept=".json,application/json"
            onChange={event => {
              const field = event.currentTarget
              const file = field.files?.[0]
              // So that the same file can be opened again.
              if (file)
                void open(file).then(() => {
                  field.value = ''
                })
            }}
          />
        </label>
      </div>
    </section>
  )
}

async function open(file: File): Promise<void> {
  const words = text.value.lab
  const read = file.size <= MOST_BYTES ? readConfig(await file.text().catch(() => '')) : null
  if (read === null) {
    notify('problem', words.notJson(file.name))
    return
  }
  if (!(await requestConfig(read.config))) return
  notify(
    'information',
    read.problems.length === 0
      ? words.imported(file.name)
      : words.importedWithProblems(file.name, read.problems.slice(0, 5).join(', ')),
  )
}
