// The keys of the page: single ones, which can be switched off and which fields for text keep for themselves.
import * as store from '../state/store.ts'
import * as commands from './commands.ts'
import { moveFocus } from './unitFocus.ts'

type Command = () => void

/** What a screen adds to the keys while it is open. */
const added = new Map<string, Command>()

/** Lets a key do something until what is returned is called. */
export function addKey(key: string, command: Command): () => void {
  added.set(key, command)
  return () => {
    if (added.get(key) === command) added.delete(key)
  }
}

const keys: Readonly<Record<string, Command>> = {
  ' ': commands.togglePlay,
  '.': () => commands.step(1),
  ',': () => commands.step(-1),
  '>': () => commands.stepSample(1),
  '<': () => commands.stepSample(-1),
  j: () => commands.stepSpike(1),
  k: () => commands.stepSpike(-1),
  p: commands.toggleSlow,
  d: commands.toggleDrawing,
  e: commands.nextEdges,
  c: commands.nextPalette,
  f: commands.togglePresent,
  r: commands.restart,
  s: () => void commands.copyLink(),
  '?': () => {
    store.helping.value = !store.helping.value
  },
  ArrowLeft: () => moveFocus('ArrowLeft'),
  ArrowRight: () => moveFocus('ArrowRight'),
  ArrowUp: () => moveFocus('ArrowUp'),
  ArrowDown: () => moveFocus('ArrowDown'),
}

/** These work even when single keys are switched off. */
const always: Readonly<Record<string, Command>> = {
  Escape: commands.back,
}

/** A key that is held does these over and over; anything else once. */
const repeated: ReadonlySet<string> = new Set(['.', ',', '>', '<', 'j', 'k'])

const forText =
  'textarea, select, [contenteditable], input:not([type=range],[type=radio],[type=checkbox],[type=button])'
/** Whoever is in focus there uses Space, or the arrows, itself. */
const ownSpace = 'button, a[href], summary, input:not([type=range]), [role=tab]'
const ownArrows = 'input, [role=slider], [role=application], [role=grid], [role=tab]'

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.metaKey) return
  // Some layouts have [ and ] on AltGr, which arrives as both keys.
  if ((event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph')) return
  const target = event.target instanceof Element ? event.target : document.body
  if (target.closest(forText) || document.querySelector('dialog[open]:modal')) return
  if (event.key === ' ' && target.closest(ownSpace)) return
  if (event.key.startsWith('Arrow') && target.closest(ownArrows)) return
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const command = always[key] ?? (store.singleKeys.value ? (added.get(key) ?? keys[key]) : undefined)
  if (command === undefined) return
  // Without a unit in focus the arrows scroll the page.
  if (event.key.startsWith('Arrow') && store.focus.value === null && !added.has(key)) return
  event.preventDefault()
  if (event.repeat && !repeated.has(key) && !key.startsWith('Arrow')) return
  command()
}

export function startKeyboard(): void {
  addEventListener('keydown', handle)
}
