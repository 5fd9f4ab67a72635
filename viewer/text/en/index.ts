// The page in English.
import { lab } from './lab.ts'
import { lessons } from './lessons.ts'
import { panels } from './panels.ts'
import { problems } from './problems.ts'
import { recording } from './recording.ts'
import { replay } from './replay.ts'
import { shell } from './shell.ts'
import { stage } from './stage.ts'

export const en = { shell, stage, panels, lab, recording, replay, lessons, problems }

/** Every language says what English says. */
export type Text = typeof en
