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

/** Reading gives way to others after this long, ms. */
const SLICE = 8

/** One point for each moment of the recording at which both networks have been tested on these digits. */
export async function forgettingCourse(recording: Recording): Promise<ForgettingPoint[]> {
  const { mlp, brain } = recording.readers()
  const course: ForgettingPoint[] = []
  let pausedAt = performance.now()
  for (const moment of recording.moments) {
    if (moment.mlp < 0 || moment.brain < 0) continue
    if (performance.now() - pausedAt > SLICE) {
      await new Promise(resume => setTimeout(resume))
      pausedAt = performance.now()
    }
    const point = {
      images: moment.position,
      mlp: accuracyOn(FIRST, mlp.read(moment.mlp).confusion),
      brain: accuracyOn(FIRST, brain.read(moment.brain).confusion),
    }
    if (!Number.isNaN(point.mlp) && !Number.isNaN(point.brain)) course.push(point)
  }
  return course
}
