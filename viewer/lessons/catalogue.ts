// The lessons in order: which prediction comes true, what is shown while it runs, and what is handed over to the live page.
import type { ComponentType } from 'preact'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import { lazy } from '../app/lazy.tsx'
import type { PanelName } from '../stage/view.ts'
import { lessonConfig, oldDigitsConfig, uninhibitedConfig } from './config.ts'
import type { RecordingName } from './recordings.ts'

export interface Lesson {
  /** Place of the choice that the recordings bear out. */
  readonly right: number
  /** What the stage shows while the lesson runs, null where the lesson has no need of it. */
  readonly recording: RecordingName | null
  readonly panels: readonly PanelName[]
  /** Images a second; Infinity plays the recording at its own tempo. */
  readonly speed: number
  /** An experiment of the lesson's own. */
  readonly Bench: ComponentType | null
  /** Of the live run that goes on from here. */
  readonly config: LearnerConfig
}

const OWN_TEMPO = Number.POSITIVE_INFINITY
const SLOW = 0.25

export const lessons: readonly Lesson[] = [
  {
    ...{ right: 0, recording: 'first', speed: OWN_TEMPO, config: lessonConfig, Bench: null },
    panels: ['input', 'mlpOutput', 'brainOutput', 'mlpPictures', 'brainPictures'],
  },
  {
    ...{ right: 1, recording: null, speed: OWN_TEMPO, config: lessonConfig, panels: [] },
    Bench: lazy(async () => (await import('./benches/unitBench.tsx')).UnitBench),
  },
  {
    ...{ right: 0, recording: 'moment', speed: SLOW, config: lessonConfig },
    panels: ['input', 'mlpOutput', 'brainOutput', 'mlpNetwork', 'brainTime'],
    Bench: lazy(async () => (await import('./benches/clockBench.tsx')).ClockBench),
  },
  {
    ...{ right: 1, recording: 'moment', speed: SLOW, config: lessonConfig },
    panels: ['mlpNetwork', 'brainPictures'],
    Bench: lazy(async () => (await import('./benches/timingBench.tsx')).TimingBench),
  },
  {
    ...{ right: 1, recording: null, speed: OWN_TEMPO, panels: [] },
    config: uninhibitedConfig,
    Bench: lazy(async () => (await import('./benches/competitionBench.tsx')).CompetitionBench),
  },
  {
    ...{ right: 1, recording: 'moment', speed: SLOW, config: lessonConfig },
    panels: ['brainPictures'],
    Bench: lazy(async () => (await import('./benches/labelsBench.tsx')).LabelsBench),
  },
  {
    ...{ right: 1, recording: null, speed: OWN_TEMPO, config: lessonConfig, panels: [] },
    Bench: lazy(async () => (await import('./benches/billBench.tsx')).BillBench),
  },
  {
    ...{ right: 1, recording: 'forgetting', speed: OWN_TEMPO },
    panels: ['input', 'mlpOutput', 'brainOutput', 'mlpPictures', 'brainPictures'],
    config: oldDigitsConfig,
    Bench: lazy(async () => (await import('./benches/breakBench.tsx')).BreakBench),
  },
]
