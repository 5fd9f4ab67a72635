// Lesson 8: accuracy on the digits learned first, read from the confusion matrices of a recording.
import type { Recording } from '../../../experiments/recording/recording.ts'

const FIRST = [0, 1, 2, 3, 4]

export interface ForgettingPoint {
  readonly images: number
  readonly mlp: number
  readonly brain: number
}

/** Share of the test images of these classes that were named right; images that were not named are in no cell and do not count. */
export function accuracyOn(classes: readonly number[], confusion: ArrayLike<number>): number {
  let right = 0
  let all = 0
  for (const row of classes) {
    for (let column = 0; column < 10; column++) all += confusion[10 * row + column]!
    right += confusion[11 * row]!
  }
  return right / all
}

/** One point for each moment of the recording at which both networks have been tested on these digits. */
export function forgettingCourse(recording: Recording): ForgettingPoint[] {
  const { mlp, brain } = recording.readers()
  return recording.moments
    .filter(moment => moment.mlp >= 0 && moment.brain >= 0)
    .map(moment => ({
      images: moment.position,
      mlp: accuracyOn(FIRST, mlp.read(moment.mlp).confusion),
      brain: accuracyOn(FIRST, brain.read(moment.brain).confusion),
    }))
    .filter(point => !Number.isNaN(point.mlp) && !Number.isNaN(point.brain))
}
