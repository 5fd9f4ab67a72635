// A data set that is all there, as a loader: dropped files, say.
import type { LearnerData } from '../../experiments/learners/learner.ts'
import type { DataLoader } from './dataSet.ts'

/** @param data its training images are one part unless it says otherwise. */
export function loaderOf(name: string, { train, test, parts }: LearnerData): DataLoader {
  return {
    name,
    async load(receiver) {
      receiver.outline({
        trainLabels: train.labels,
        testLabels: test.labels,
        parts: parts ?? [train.labels.length],
      })
      receiver.piece({ set: 'train', first: 0, images: train.images.slice() })
      receiver.piece({ set: 'test', first: 0, images: test.images.slice() })
    },
  }
}
