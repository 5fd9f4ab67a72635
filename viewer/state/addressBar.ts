// Keeps the page's state and the browser's address alike, both ways.
import { batch, effect } from '@preact/signals'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import { count } from '../panels/format.ts'
import { text } from '../text/text.ts'
import {
  type Address,
  type Correction,
  foreignSearch,
  readAddress,
  type View,
  writeAddress,
} from './address.ts'
import type { Screen } from './store.ts'
import * as store from './store.ts'

/** Milliseconds between two writings of the address: browsers limit them. */
const WRITING = 500
/** Most corrections that are told one by one. */
const MOST_TOLD = 3

let unknown: Address['unknown'] = []
/** The hash as it was last read or written: another one is a link that has not been heard of yet. */
let known = ''

/** What of the address is the reader's own: where a link says nothing, it stays as it is. */
const preferences = [
  ['lang', 'language', store.language],
  ['theme', 'theme', store.themeChoice],
  ['motion', 'motion', store.motionChoice],
  ['keys', 'singleKeys', store.singleKeys],
] as const

/** The address of the page as it is now, or of another of its screens. */
export function addressOf(screen: Screen = store.screen.value, lesson = store.lesson.value): string {
  return writeAddress({ screen, lesson, view: view(), config: store.config.value, unknown })
}

function view(): View {
  return {
    language: store.language.value,
    theme: store.themeChoice.value,
    motion: store.motionChoice.value,
    singleKeys: store.singleKeys.value,
    playing: store.playing.value,
    speed: store.speed.value,
    pace: store.pace.value,
    palette: store.palette.value,
    edges: store.edges.value,
    focus: store.focus.value,
    hidden: store.hiddenPanels.value,
    embedded: store.embedded.value,
  }
}

/** Opens a screen, as a link to it would. */
export function openScreen(screen: Screen, lesson = store.lesson.value): void {
  const address = addressOf(screen, lesson)
  if (address === location.hash) return
  location.hash = address
  known = location.hash
  batch(() => {
    store.screen.value = screen
    if (screen === 'lesson') store.lesson.value = lesson
  })
}

/** Asked before a link changes what a run under way depends on; false leaves the run as it is. */
type Ask = (config: LearnerConfig, pace: store.Pace) => Promise<boolean>

/** Reads the address now and whenever it changes, and writes it when the state does. */
export function followAddress(ask: Ask): void {
  takeAddress()
  addEventListener('hashchange', () => void changeAddress(ask))
  let due: ReturnType<typeof setTimeout> | undefined
  let last = 0
  effect(() => {
    // Read here so that each change of the state is seen.
    const address = addressOf()
    clearTimeout(due)
    due = setTimeout(
      () => {
        last = Date.now()
        write(address)
      },
      Math.max(0, last + WRITING - Date.now()),
    )
  })
}

function write(address: string): void {
  // The browser tells of a link a moment after it was followed: it is not written over meanwhile.
  if (location.hash !== known) return
  const target = location.pathname + foreignSearch(location.search) + address
  if (target !== location.pathname + location.search + location.hash)
    history.replaceState(history.state, '', target)
  known = location.hash
}

async function changeAddress(ask: Ask): Promise<void> {
  if (location.hash === known) return
  const asked = location.hash
  const found = readAddress(location.search, asked)
  const { config, view } = found.address
  const agreed = await ask(config, view.pace)
  // While it was asked, another link may have been followed.
  if (location.hash === asked) takeAddress(found, agreed)
}

function takeAddress(
  { address, corrections, given } = readAddress(location.search, location.hash),
  withRun = true,
): void {
  known = location.hash
  batch(() => {
    unknown = address.unknown
    store.screen.value = address.screen
    if (address.screen === 'lesson') store.lesson.value = address.lesson
    for (const [key, name, target] of preferences) {
      if (given.has(key)) (target as { value: unknown }).value = address.view[name]
    }
    const { view } = address
    store.playing.value = view.playing
    store.speed.value = view.speed
    store.palette.value = view.palette
    store.edges.value = view.edges
    store.focus.value = view.focus
    store.hiddenPanels.value = view.hidden
    store.embedded.value = view.embedded
    if (!withRun) return
    store.pace.value = view.pace
    store.config.value = address.config
  })
  tell(corrections)
}

function tell(corrections: readonly Correction[]): void {
  const words = text.value.shell.address
  for (const { key, asked, used, problem } of corrections.slice(0, MOST_TOLD)) {
    store.notify(
      'information',
      problem === 'clamped' ? words.clamped(key, asked, used) : words.refused(key, asked),
    )
  }
  if (corrections.length > MOST_TOLD)
    store.notify('information', words.more(count(corrections.length - MOST_TOLD)))
}
