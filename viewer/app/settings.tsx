// The settings, fetched when they are opened.
import { Disclosure } from '../controls/disclosure.tsx'
import { text } from '../text/text.ts'
import { lazy } from './lazy.tsx'

const SettingsFields = lazy(async () => (await import('./settingsFields.tsx')).SettingsFields)

export function Settings() {
  return (
    <Disclosure icon="settings" label={text.value.shell.settings} class="settings">
      {() => <SettingsFields />}
    </Disclosure>
  )
}
