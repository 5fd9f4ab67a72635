// The list of the keys, and the switch that turns the single ones off.
import { Dialog } from '../controls/dialog.tsx'
import { Switch } from '../controls/fields.tsx'
import { helping, singleKeys } from '../state/store.ts'
import { text } from '../text/text.ts'

type Name = keyof typeof text.value.shell.shortcuts.keys
type Group = keyof typeof text.value.shell.shortcuts.groups

const groups: Readonly<Record<Group, readonly (readonly [name: Name, ...keys: string[]])[]>> = {
  time: [
    ['play', 'Space'],
    ['step', '.', ','],
    ['sample', '>', '<'],
    ['spike', 'J', 'K'],
    ['slow', 'P'],
    ['loop', '[', ']'],
  ],
  looking: [
    ['arrows', 'Arrows'],
    ['edges', 'E'],
    ['palette', 'C'],
    ['draw', 'D'],
  ],
  page: [
    ['present', 'F'],
    ['reset', 'R'],
    ['link', 'S'],
    ['help', '?'],
    ['back', 'Esc'],
  ],
}

export function Shortcuts() {
  const words = text.value.shell.shortcuts
  const named: Readonly<Record<string, string>> = { Space: words.space, Arrows: words.arrows }
  return (
    <Dialog
      title={words.title}
      closeLabel={text.value.shell.close}
      class="shortcuts"
      onClose={() => {
        helping.value = false
      }}
    >
      <div class="shortcuts-groups">
        {(Object.keys(groups) as Group[]).map(group => (
          <section key={group}>
            <h3>{words.groups[group]}</h3>
            <dl>
              {groups[group].map(([name, ...keys]) => (
                <div key={name}>
                  <dt>
                    {keys.map(key => (
                      <kbd key={key}>{named[key] ?? key}</kbd>
                    ))}
                  </dt>
                  <dd>{words.keys[name]}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        checked={singleKeys.value}
        onChange={checked => {
          singleKeys.value = checked
        }}
      >
        {text.value.shell.singleKeys}
      </Switch>
      {!singleKeys.value && <p class="shortcuts-off">{words.singleKeysOff}</p>}
    </Dialog>
  )
}
