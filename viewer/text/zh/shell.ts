// Chinese: shell.
import type { Text } from '../en/index.ts'

export const shell: Text['shell'] = {}
