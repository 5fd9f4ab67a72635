// Chinese: stage.
import type { Text } from '../en/index.ts'

export const stage: Text['stage'] = {}
