// Data sets: MNIST is checked against its canonical sums, and a bad folder is named for what is wrong with it.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { firstImages, IDX_NAMES, loadDataset } from '../../experiments/data/dataset.ts'
import { loadMnist } from '../../experiments/data/mnist.ts'
import { idxBytes, smallDataset, temporaryFolder, writeFiles } from './synthetic.ts'

const [trainImages, trainLabels, testImages, testLabels] = IDX_NAMES

describe('loadMnist', () => {
  it('finds all of it', async () => {
    const mnist = await loadMnist()
    expect(mnist.name).toBe('MNIST')
    expect([mnist.train.count, mnist.test.count]).toEqual([60_000, 10_000])
    expect([...mnist.train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9])
    expect(mnist.sha256).toBe('b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a')
    expect(mnist.train.images.buffer).toBeInstanceOf(SharedArrayBuffer)
  })
})

describe('loadDataset', () => {
  it('reads plain, gzipped and dotted names to the same bytes and hash', async () => {
    const files = smallDataset()
    const plain = await loadDataset(writeFiles(temporaryFolder(), files))
    const renamed = Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [
        `${name.replace('-idx', '.idx')}.gz`,
        new Uint8Array(gzipSync(bytes)),
      ]),
    )
    const packed = await loadDataset(writeFiles(temporaryFolder(), renamed))
    expect(packed.sha256).toBe(plain.sha256)
    expect(packed.train.images).toEqual(plain.train.images)
    expect(packed.test.labels).toEqual(plain.test.labels)
  })

  it('cuts to the first images', async () => {
    const { train } = await loadDataset(writeFiles(temporaryFolder(), smallDataset()))
    const cut = firstImages(train, 3)
    expect([cut.count, cut.images.length, cut.labels.length]).toEqual([3, 3 * 784, 3])
    expect(cut.images.buffer).toBe(train.images.buffer)
  })

  const files = smallDataset()
  const cases: [string, Record<string, Uint8Array>, RegExp][] = [
    [
      'truncated',
      { [testImages]: files[testImages]!.slice(0, 5000) },
      /t10k-images.*expected 15680 bytes.*found 4984/,
    ],
    ['mislabelled', { [trainImages]: files[trainLabels]! }, /train-images.*expected 3 dimensions, found 1/],
    ['not IDX', { [trainLabels]: new TextEncoder().encode('hello') }, /train-labels.* is not an IDX file/],
    [
      'not 28 x 28',
      { [trainImages]: idxBytes([40, 32, 32], () => 0) },
      /train-images.*28 x 28, found 32 x 32/,
    ],
    [
      'labels above 9',
      { [testLabels]: idxBytes([20], i => i) },
      /t10k-labels.*from 0 to 9, found 10 for image 10/,
    ],
    [
      'counts that differ',
      { [testLabels]: idxBytes([19], () => 1) },
      /t10k-labels.*expected 20 labels.*found 19/,
    ],
    [
      'empty',
      { [trainImages]: idxBytes([0, 28, 28], () => 0), [trainLabels]: idxBytes([0], () => 0) },
      /train-images.*at least one/,
    ],
  ]
  it.each(cases)('refuses a file that is %s', async (_, changes, message) => {
    const folder = writeFiles(temporaryFolder(), { ...files, ...changes })
    await expect(loadDataset(folder)).rejects.toThrow(message)
  })

  it('names every file that is missing', async () => {
    const loading = loadDataset(writeFiles(temporaryFolder(), { [trainImages]: files[trainImages]! }))
    for (const name of [trainLabels, testImages, testLabels]) {
      await expect(loading).rejects.toThrow(new RegExp(`expected a file ${name}`))
    }
  })

  it('names a folder that is not there', async () => {
    await expect(loadDataset('/no/such/folder')).rejects.toThrow(/^\/no\/such\/folder: expected a folder/)
  })

  it('does not wait for a pipe that has a file’s name', async () => {
    const folder = writeFiles(temporaryFolder(), files)
    rmSync(join(folder, trainLabels))
    execFileSync('mkfifo', [join(folder, trainLabels)])
    await expect(loadDataset(folder)).rejects.toThrow(/train-labels.*: expected a file, found something else/)
  })

  it('names a file whose MD5 is not the expected one', async () => {
    const folder = writeFiles(temporaryFolder(), files)
    const loading = loadDataset(folder, { md5: { [trainLabels]: '0'.repeat(32) } })
    await expect(loading).rejects.toThrow(/train-labels.*expected MD5 0{32}, found [0-9a-f]{32}/)
  })
})
