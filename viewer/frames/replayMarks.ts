// The places of a recording that are worth going to: its beginning, accuracies reached, changes, and the reader's own.
import type { FrameKind } from '../../experiments/learners/frame.ts'
import {
  type LearnerConfig,
  type ParameterName,
  parameterNames,
} from '../../experiments/learners/parameters.ts'
import type { Recording } from '../../experiments/recording/recording.ts'
import { text } from '../text/text.ts'
import type { Mark } from './source.ts'

/** Test accuracies that are marked when a network first reaches them. */
const MILESTONES = [0.5, 0.75, 0.9] as const
/** Test images that an accuracy must rest on to be marked. */
const LEAST_TEST_IMAGES = 100

/** The marks in order of position. */
export function marksOf(recording: Recording, bookmarks: ReadonlySet<number>): Mark[] {
  const words = text.value.recording.marks
  const marks: Mark[] = [{ samples: recording.moments[0]!.position, text: words.start }]
  for (const kind of ['mlp', 'brain'] as const) marks.push(...milestonesOf(recording, kind))
  let config = recording.information.config
  let moment = 0
  for (const event of recording.events) {
    // Both come in the order of time.
    while ((recording.moments[moment + 1]?.seconds ?? Number.POSITIVE_INFINITY) <= event.seconds) moment++
    const samples = recording.moments[moment]!.position
    const names = changedParameters(config, event.config)
    config = event.config
    if (names.length > 0) marks.push({ samples, text: words.changed(names.map(labelOf)) })
  }
  for (const samples of bookmarks) marks.push({ samples, text: words.bookmark(samples) })
  return marks.sort((a, b) => a.samples - b.samples)
}

function milestonesOf(recording: Recording, kind: FrameKind): Mark[] {
  const words = text.value.recording.marks
  const frames = recording.frames(kind)
  const marks: Mark[] = []
  const reached = new Set<number>()
  let before = -1
  for (const moment of recording.moments) {
    const index = moment[kind]
    if (index < 0 || index === before) continue
    const { samples, testAccuracy, testImages } = frames.summary(index)
    if (before >= 0 && samples < frames.summary(before).samples) {
      marks.push({ samples: moment.position, text: words.restarted(kind) })
    }
    before = index
    for (const milestone of MILESTONES) {
      if (reached.has(milestone) || !(testAccuracy >= milestone) || testImages < LEAST_TEST_IMAGES) continue
      reached.add(milestone)
      marks.push({ samples: moment.position, text: words.reached(kind, milestone) })
    }
  }
  return marks
}

function labelOf(name: ParameterName): string {
  return text.value.lab.parameters[name].label
}

/** The names of the parameters in which two configurations differ. */
function changedParameters(before: LearnerConfig, after: LearnerConfig): readonly ParameterName[] {
  return parameterNames.filter(name => before[name] !== after[name])
}
