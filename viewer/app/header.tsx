// The top of the page: its name, its screens, language, settings and help.
import { IconButton } from '../controls/button.tsx'
import { addressOf } from '../state/addressBar.ts'
import { helping, language, languages, lesson, screen, screens } from '../state/store.ts'
import { text } from '../text/text.ts'
import { Settings } from './settings.tsx'

export function Header() {
  const words = text.value.shell
  return (
    <header class="header">
      <a class="brand" href={addressOf('stage')}>
        <Mark />
        {words.name}
      </a>
      <nav aria-label={words.screensLabel}>
        <ul>
          {screens.map(name => (
            <li key={name}>
              <a
                href={addressOf(name, lesson.value)}
                aria-current={name === screen.value ? 'page' : undefined}
              >
                {words.screens[name]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="header-tools">
        <LanguageButton />
        <Settings />
        <IconButton
          icon="help"
          label={words.help}
          shortcut="?"
          onClick={() => {
            helping.value = true
          }}
        />
      </div>
    </header>
  )
}

/** Two languages need no list: the button names the other one, in itself. */
function LanguageButton() {
  const words = text.value.shell
  const other = languages.find(value => value !== language.value) ?? 'en'
  return (
    <button
      type="button"
      class="button button-quiet language"
      lang={other === 'zh' ? 'zh-Hans' : 'en'}
      aria-label={words.languages[other]}
      title={words.language}
      onClick={() => {
        language.value = other
      }}
    >
      {words.languages[other]}
    </button>
  )
}

/** A square and a circle that overlap: a unit and a neuron. */
function Mark() {
  return (
    <svg viewBox="0 0 28 20" width="28" height="20" aria-hidden="true" focusable="false">
      <rect x="1" y="2" width="16" height="16" rx="2" class="mark-unit" />
      <circle cx="18.5" cy="10" r="8.5" class="mark-neuron" />
    </svg>
  )
}
