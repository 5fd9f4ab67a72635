// The page's words in the language chosen: one folder per language, of the same shape.
import { computed, signal } from '@preact/signals'
import { language } from '../state/store.ts'
import { en, type Text } from './en/index.ts'

export type { Text }

const chinese = signal<Text | null>(null)

/** The words; English until another language has been fetched. */
export const text = computed<Text>(() => (language.value === 'zh' ? (chinese.value ?? en) : en))

/** Fetches the words of the language chosen. */
export async function loadLanguage(): Promise<void> {
  if (language.value === 'zh' && chinese.value === null) chinese.value = (await import('./zh/index.ts')).zh
}
