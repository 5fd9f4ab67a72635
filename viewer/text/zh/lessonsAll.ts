// Chinese: the eight lessons, fetched when one is opened.
import type { LessonWords } from '../en/lessonsAll.ts'
import { lesson1 } from './lessons1.ts'
import { lesson2 } from './lessons2.ts'
import { lesson3 } from './lessons3.ts'
import { lesson4 } from './lessons4.ts'
import { lesson5 } from './lessons5.ts'
import { lesson6 } from './lessons6.ts'
import { lesson7 } from './lessons7.ts'
import { lesson8 } from './lessons8.ts'

export const lessonWords: LessonWords = {
  lesson1,
  lesson2,
  lesson3,
  lesson4,
  lesson5,
  lesson6,
  lesson7,
  lesson8,
}
