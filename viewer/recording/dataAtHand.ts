// The images at hand: what a recording says of them, and whether a recording is of them.
import { dataDigest } from '../../experiments/learners/digest.ts'
import type { LearnerData } from '../../experiments/learners/learner.ts'
import { RecordingError } from '../../experiments/recording/errors.ts'
import type { RecordedData } from '../../experiments/recording/information.ts'
import type { DataLoader } from '../data/dataSet.ts'
import { GrowingData } from '../training/growingData.ts'

/**
 * All images of a loader, as learners take them.
 * @throws RecordingError when the loader gives none; what the loader throws.
 */
export async function allImages(
  loader: DataLoader,
  signal = new AbortController().signal,
): Promise<LearnerData> {
  let data: GrowingData | null = null
  await loader.load(
    {
      begun: Promise.resolve(),
      outline: outline => {
        data = new GrowingData(outline)
      },
      piece: piece => data?.add(piece),
    },
    signal,
  )
  if (data === null) {
    throw new RecordingError(
      'recorderFailed',
      `images of "${loader.name}": expected an outline of them, found none`,
    )
  }
  const { train, test, parts } = data as GrowingData
  return { train, test, parts }
}

/** A recording waits no longer than this to know its images, ms. */
const LONGEST_WAIT = 5000

/** What a recording says of the images: how many there are, and their digest. */
export async function describeData(loader: DataLoader): Promise<RecordedData> {
  const { name } = loader
  try {
    const data = await allImages(loader, AbortSignal.timeout(LONGEST_WAIT))
    const counts = { trainingImages: data.train.labels.length, testImages: data.test.labels.length }
    // Without a secure context there is no digest, of the networks neither.
    return { name, ...counts, sha256: await dataDigest(data).catch(() => '') }
  } catch {
    // They cannot be loaded a second time, now that the page is offline say: a recording is worth more than their number.
    return { name, trainingImages: 0, testImages: 0, sha256: '' }
  }
}

/**
 * How the images that a recording was made from differ from those at hand: by name or number, or though they are called the same
 * and are as many. Null when they are the same, or when the recording says too little to tell.
 * @throws InsecureContextError when there is a digest to compare with, and none can be made here.
 */
export async function differenceOf(
  recorded: RecordedData,
  name: string,
  data: LearnerData,
): Promise<'otherData' | 'otherImages' | null> {
  const { sha256, trainingImages, testImages } = recorded
  if (sha256 !== '' && sha256 === (await dataDigest(data))) return null
  const differs = (count: number, there: Uint8Array) => count > 0 && count !== there.length
  if (
    (recorded.name !== '' && recorded.name !== name) ||
    differs(trainingImages, data.train.labels) ||
    differs(testImages, data.test.labels)
  ) {
    return 'otherData'
  }
  return sha256 === '' ? null : 'otherImages'
}
