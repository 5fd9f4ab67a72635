// The page's words in the language chosen: one folder per language, of the same shape.
import { computed, signal } from '@preact/signals'
import { language } from '../state/store.ts'
import { first } from './en/first.ts'
import type { Text } from './en/index.ts'

export type { Text }

/** All words of a language, null before they have been fetched. */
const fetched = { en: signal<Text | null>(null), zh: signal<Text | null>(null) }

/**
 * The words, in another language while those of the one chosen are on their way. Before `loadWords` is done there are only the
 * `first` ones: who needs others, a part of the page that is fetched when it is opened, waits for it.
 */
export const text = computed<Text>(
  () => fetched[language.value].value ?? fetched.zh.value ?? fetched.en.value ?? (first as Text),
)

/** Fetches what the page needs at once in the language chosen: nothing for English. */
export async function loadLanguage(): Promise<void> {
  // Words that are there are in one language: the others follow.
  if (language.value === 'zh' || fetched.zh.value !== null) await loadWords()
}

/** Fetches all words of the language chosen. */
export async function loadWords(): Promise<void> {
  if (language.value === 'zh') fetched.zh.value ??= (await import('./zh/index.ts')).zh
  else fetched.en.value ??= (await import('./en/index.ts')).en
}
