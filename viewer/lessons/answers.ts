// What the reader predicted, and which lessons are done: kept on this device where it allows that.
import { signal } from '@preact/signals'
import { notify } from '../state/store.ts'
import { text } from '../text/text.ts'

const KEY = 'spikegrad.lessons'

export interface Progress {
  /** The choice in each lesson, by its number. */
  readonly choices: Readonly<Record<number, number>>
  readonly done: readonly number[]
}

const nothing: Progress = { choices: {}, done: [] }

export const progress = signal<Progress>(read())

/** Whether the reader knows that nothing can be kept. */
let told = false

export function choose(lesson: number, choice: number): void {
  const { choices, done } = progress.value
  keep({ choices: { ...choices, [lesson]: choice }, done })
}

export function finish(lesson: number): void {
  const { choices, done } = progress.value
  if (!done.includes(lesson)) keep({ choices, done: [...done, lesson] })
}

function keep(next: Progress): void {
  progress.value = next
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Full or denied: it is remembered until the page is closed.
    if (!told) notify('information', text.value.problems.notKept.progress)
    told = true
  }
}

function read(): Progress {
  try {
    return readProgress(localStorage.getItem(KEY))
  } catch {
    return nothing
  }
}

/** Reads what was kept; anything that is not such a text is nothing. */
export function readProgress(text: string | null): Progress {
  let kept: { choices?: unknown; done?: unknown } | null
  try {
    kept = JSON.parse(text ?? 'null')
  } catch {
    return nothing
  }
  if (typeof kept !== 'object' || kept === null) return nothing
  const isPlace = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0
  const choices = Object.entries(typeof kept.choices === 'object' ? (kept.choices ?? {}) : {})
    .map(([lesson, choice]) => [Number(lesson), choice] as const)
    .filter((entry): entry is readonly [number, number] => isPlace(entry[0]) && isPlace(entry[1]))
  return {
    choices: Object.fromEntries(choices),
    done: Array.isArray(kept.done) ? kept.done.filter(isPlace) : [],
  }
}
