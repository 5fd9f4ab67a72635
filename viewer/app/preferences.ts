// What the reader prefers: from the system, from the visit before, and on the page's root for the style sheets.
import { effect, type Signal, untracked } from '@preact/signals'
import * as store from '../state/store.ts'
import { languages } from '../state/store.ts'
import { loadLanguage, text } from '../text/text.ts'

const KEY = 'spikegrad-preferences'

/** What is remembered, and the values it may have. */
const remembered: readonly {
  readonly name: string
  readonly target: Signal
  readonly values: readonly unknown[]
}[] = [
  { name: 'language', target: store.language, values: languages },
  { name: 'theme', target: store.themeChoice, values: ['system', 'light', 'dark'] },
  { name: 'motion', target: store.motionChoice, values: ['system', 'full', 'reduced'] },
  { name: 'singleKeys', target: store.singleKeys, values: [true, false] },
]

/** Takes the preferences up, and keeps page and storage as they are from now on. Call before the address is read. */
export function followPreferences(): void {
  if (navigator.language.startsWith('zh')) store.language.value = 'zh'
  recall()
  follow('(prefers-color-scheme: dark)', dark => {
    store.systemTheme.value = dark ? 'dark' : 'light'
  })
  follow('(prefers-reduced-motion: reduce)', reduced => {
    store.systemReducedMotion.value = reduced
  })
  const root = document.documentElement
  effect(() => {
    root.dataset.theme = store.theme.value
    root.dataset.motion = store.reducedMotion.value ? 'reduced' : 'full'
  })
  effect(() => {
    root.lang = store.language.value === 'zh' ? 'zh-Hans' : 'en'
    void loadLanguage().catch(() => store.notify('problem', text.value.shell.failedToLoad))
  })
  effect(remember)
}

function follow(query: string, tell: (matches: boolean) => void): void {
  const list = matchMedia(query)
  tell(list.matches)
  list.addEventListener('change', () => tell(list.matches))
}

/** Storage may be denied or hold anything: then there is nothing to recall. */
function recall(): void {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return
    for (const { name, target, values } of remembered) {
      const value = (stored as Record<string, unknown>)[name]
      if (values.includes(value)) target.value = value
    }
  } catch {
    return
  }
}

/** What was last remembered, null before the first time. */
let last: string | null = null
/** Whether the reader knows that nothing can be kept. */
let told = false

function remember(): void {
  const preferences = JSON.stringify(
    Object.fromEntries(remembered.map(({ name, target }) => [name, target.value])),
  )
  // Nobody has preferred anything yet.
  const first = last === null
  if (preferences === last) return
  last = preferences
  try {
    localStorage.setItem(KEY, preferences)
  } catch {
    // Full or denied: they last as long as the page.
    if (first || told) return
    told = true
    untracked(() => store.notify('information', text.value.problems.notKept.preferences))
  }
}
