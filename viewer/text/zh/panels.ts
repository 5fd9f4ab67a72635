// Chinese: panels.
import type { Text } from '../en/index.ts'

export const panels: Text['panels'] = {}
