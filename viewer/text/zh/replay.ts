// Chinese: replay.
import type { Text } from '../en/index.ts'

export const replay: Text['replay'] = {}
