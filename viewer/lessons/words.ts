// The words of the eight lessons in the page's language: English comes with them, others are fetched.
import { computed, effect, signal } from '@preact/signals'
import { language } from '../state/store.ts'
import { lessonWords as english, type LessonWords } from '../text/en/lessonsAll.ts'
import type { LessonPage } from './page.ts'

const chinese = signal<LessonWords | null>(null)
/** Whether the last try to fetch them failed: English stands in. */
const failed = signal(false)

/** Whether the words are those of the page's language, or will not be. Until then a lesson would change under its reader. */
export const wordsReady = computed(() => language.value === 'en' || chinese.value !== null || failed.value)

export const lessonWords = computed<LessonWords>(() =>
  language.value === 'zh' ? (chinese.value ?? english) : english,
)

/** Fetches the words whenever a language without them is chosen. Returns what ends it. */
export function followLanguage(): () => void {
  return effect(() => {
    if (language.value !== 'zh' || chinese.peek() !== null) return
    failed.value = false
    import('../text/zh/lessonsAll.ts').then(
      ({ lessonWords }) => {
        chinese.value = lessonWords
      },
      () => {
        failed.value = true
      },
    )
  })
}

/** The page of a lesson, 1 to 8. */
export function pageOf(words: LessonWords, lesson: number): LessonPage {
  const { lesson1, lesson2, lesson3, lesson4, lesson5, lesson6, lesson7, lesson8 } = words
  const all = [lesson1, lesson2, lesson3, lesson4, lesson5, lesson6, lesson7, lesson8]
  return all[lesson - 1]!.page
}
