// Chinese: lessons.
import type { Text } from '../en/index.ts'

export const lessons: Text['lessons'] = {}
