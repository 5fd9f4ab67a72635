// Chinese: problems.
import type { Text } from '../en/index.ts'

export const problems: Text['problems'] = {}
