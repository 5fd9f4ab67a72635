// The English words that the page needs at once; the others come with what shows them.
import { problems } from './problems.ts'
import { recording } from './recording.ts'
import { shell } from './shell.ts'
import { stage } from './stage.ts'

export const first = { shell, stage, recording, problems }
