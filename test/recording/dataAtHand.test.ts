// The images at hand: what recordings say of them, and which recordings are of them.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { dataDigest } from '../../experiments/learners/digest.ts'
import { InsecureContextError } from '../../experiments/learners/errors.ts'
import type { LearnerData } from '../../experiments/learners/learner.ts'
import { openRecording } from '../../experiments/recording/open.ts'
import { loaderOf } from '../../viewer/data/wholeSet.ts'
import { allImages, describeData, differenceOf } from '../../viewer/recording/dataAtHand.ts'
import { data } from '../learners/data.ts'
import { information, makeRecording } from './frames.ts'

const loader = loaderOf('MNIST', data)

/** The same images, but for one pixel, or for one label. */
function altered(part: 'images' | 'labels'): LearnerData {
  const bytes = data.test[part].slice()
  bytes[7]! ^= 1
  return { train: data.train, test: { ...data.test, [part]: bytes } }
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('what a recording says of its images', () => {
  it('is how many there are, and the digest of all of them, and comes back from the file', async () => {
    const described = await describeData(loader)
    expect(described).toMatchObject({ name: 'MNIST', trainingImages: 400, testImages: 60 })
    expect(described.sha256).toBe(await dataDigest(data))
    const file = await makeRecording({ frames: 2, information: { data: described } })
    expect((await openRecording(file)).information.data).toEqual(described)
  })

  it('differs by a pixel, by a label, and by which are tested with', async () => {
    const sum = await dataDigest(data)
    const { train, test } = data
    const others = [altered('images'), altered('labels'), { train: test, test: train }]
    const sums = await Promise.all(others.map(dataDigest))
    expect(new Set([sum, ...sums]).size).toBe(4)
  })

  it('has no digest where there is no cryptography, and no numbers where images cannot be loaded again', async () => {
    vi.stubGlobal('crypto', {})
    await expect(dataDigest(data)).rejects.toBeInstanceOf(InsecureContextError)
    expect(await describeData(loader)).toEqual({
      ...{ name: 'MNIST', trainingImages: 400, testImages: 60, sha256: '' },
    })
    const gone = { name: 'mine', load: () => Promise.reject(new Error('offline')) }
    expect(await describeData(gone)).toEqual({ name: 'mine', trainingImages: 0, testImages: 0, sha256: '' })
    const silent = { name: 'mine', load: async () => undefined }
    await expect(allImages(silent)).rejects.toMatchObject({ code: 'recorderFailed' })
  })
})

describe('a recording', () => {
  it('is of images of its digest alone, whatever they are called', async () => {
    const recorded = await describeData(loader)
    expect(await differenceOf(recorded, 'MNIST', data)).toBeNull()
    expect(await differenceOf(recorded, 'train-images', data)).toBeNull()
    expect(await differenceOf(recorded, 'MNIST', altered('images'))).toBe('otherImages')
    expect(await differenceOf(recorded, 'Fashion', altered('labels'))).toBe('otherData')
  })

  it('of before there were digests goes by name and number', async () => {
    const recorded = { ...(await describeData(loader)), sha256: '' }
    expect(await differenceOf(recorded, 'MNIST', altered('images'))).toBeNull()
    expect(await differenceOf(recorded, 'Fashion', data)).toBe('otherData')
    expect(await differenceOf({ ...recorded, testImages: 61 }, 'MNIST', data)).toBe('otherData')
    const unsaid = { name: '', trainingImages: 0, testImages: 0, sha256: '' }
    expect(await differenceOf(unsaid, 'MNIST', data)).toBeNull()
    const old = await makeRecording({ frames: 2, information: { data: { ...information.data, sha256: '' } } })
    expect((await openRecording(old)).information.data.sha256).toBe('')
  })
})
