// Chinese: lab.
import type { Text } from '../en/index.ts'

export const lab: Text['lab'] = {}
