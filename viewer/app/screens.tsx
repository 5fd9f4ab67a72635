// Which component shows which screen; all but the stage are fetched when they are opened.
import type { ComponentType } from 'preact'
import { StageScreen } from '../screens/stage.tsx'
import type { Screen } from '../state/store.ts'
import { lazy } from './lazy.tsx'

export const screenComponents: Readonly<Record<Screen, ComponentType>> = {
  stage: StageScreen,
  lesson: lazy(async () => (await import('../screens/lesson.tsx')).LessonScreen),
  replay: lazy(async () => (await import('../screens/replay.tsx')).ReplayScreen),
  lab: lazy(async () => (await import('../screens/lab.tsx')).LabScreen),
  present: lazy(async () => (await import('../screens/present.tsx')).PresentScreen),
  about: lazy(async () => (await import('../screens/about.tsx')).AboutScreen),
}
