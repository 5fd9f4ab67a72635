// A data set that the reader drops in or picks: IDX files of images and labels, gzipped or not, as MNIST and Fashion-MNIST come.
import { CLASSES, PIXELS, SIDE } from '../../experiments/learners/common.ts'
import type { LabelledImages, LearnerData } from '../../experiments/learners/learner.ts'
import { FileFormatError, type IdxArray, parseIdx, SpikegradError } from '../../src/index.ts'

/** What was wrong with dropped files; the page has the words. */
export type DropProblem =
  | 'noFiles'
  | 'tooManyFiles'
  | 'tooLarge'
  | 'notIdx'
  | 'wrongSize'
  | 'wrongLabels'
  | 'noImages'
  | 'noLabels'
  | 'countsDiffer'
  | 'tooFew'

export class DroppedFileError extends SpikegradError {
  override readonly name = 'DroppedFileError'
  readonly problem: DropProblem
  /** The file's name, '' where it is none's fault. */
  readonly file: string

  /** @param detail for those who look closer: English. */
  constructor(problem: DropProblem, file: string, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.problem = problem
    this.file = file
  }
}

export interface DroppedData {
  /** The images file's name. */
  readonly name: string
  readonly data: LearnerData
  /** Whether the test images were taken from the end of the training images, since none were dropped. */
  readonly heldOut: boolean
}

/** MNIST with its 70,000 images is 55 MB; nothing larger is read, packed or not. */
const MOST_BYTES = 64 * 2 ** 20
const MOST_FILES = 8
/** Of a set without test images, so many are held out: a share, and most. */
const HELD_OUT_SHARE = 1 / 6
const MOST_HELD_OUT = 10_000
const FEWEST_IMAGES = 20

interface Found {
  readonly file: string
  readonly array: IdxArray
}

/**
 * Reads dropped files: images and labels to train on, and others to test on where there are.
 * @throws DroppedFileError saying what was wrong with which file.
 */
export async function readDropped(files: readonly File[]): Promise<DroppedData> {
  if (files.length === 0) throw new DroppedFileError('noFiles', '', 'no file was dropped')
  if (files.length > MOST_FILES) {
    throw new DroppedFileError(
      'tooManyFiles',
      '',
      `${files.length} files were dropped, ${MOST_FILES} are the most`,
    )
  }
  const found: Found[] = []
  for (const file of files) found.push(await readFile(file))
  const images = found.filter(({ array }) => array.shape.length === 3)
  const labels = found.filter(({ array }) => array.shape.length === 1)
  if (images.length === 0) throw new DroppedFileError('noImages', '', 'no file holds images')
  if (labels.length === 0) throw new DroppedFileError('noLabels', '', 'no file holds labels')
  const test = images.find(({ file }) => isTest(file))
  const train = images.find(other => other !== test) ?? images[0]!
  const name = train.file
  if (test === undefined || test === train) {
    return { name, heldOut: true, data: holdOut(pair(train, labels)) }
  }
  return { name, heldOut: false, data: { train: pair(train, labels), test: pair(test, labels) } }
}

/** As the files of MNIST and its relatives are called. */
function isTest(file: string): boolean {
  return /t10k|test/i.test(file)
}

async function readFile(file: File): Promise<Found> {
  if (file.size > MOST_BYTES) {
    throw new DroppedFileError('tooLarge', file.name, `${file.size} bytes, ${MOST_BYTES} are the most`)
  }
  let array: IdxArray
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    array = await parseIdx(bytes, { name: file.name, maximumBytes: MOST_BYTES })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const problem = error instanceof FileFormatError ? 'notIdx' : 'tooLarge'
    throw new DroppedFileError(problem, file.name, error.message, { cause: error })
  }
  check(file.name, array)
  return { file: file.name, array }
}

function check(file: string, { shape, data }: IdxArray): void {
  if (shape.length === 1) {
    const wrong = data.findIndex(label => label >= CLASSES)
    if (wrong < 0) return
    throw new DroppedFileError(
      'wrongLabels',
      file,
      `label ${data[wrong]} of image ${wrong} is above ${CLASSES - 1}`,
    )
  }
  if (shape.length === 3 && shape[1] === SIDE && shape[2] === SIDE) return
  throw new DroppedFileError(
    'wrongSize',
    file,
    `expected images of ${SIDE} x ${SIDE}, found ${shape.join(' x ')}`,
  )
}

/** The labels that belong to images: of the same part by name where there is a choice, and as many. */
function pair(images: Found, labels: readonly Found[]): LabelledImages {
  const count = images.array.shape[0]!
  const fitting = labels.filter(({ array }) => array.shape[0] === count)
  const chosen = fitting.find(({ file }) => isTest(file) === isTest(images.file)) ?? fitting[0]
  if (chosen === undefined) {
    throw new DroppedFileError('countsDiffer', images.file, `no file has labels for its ${count} images`)
  }
  if (count < FEWEST_IMAGES) {
    throw new DroppedFileError('tooFew', images.file, `${count} images, ${FEWEST_IMAGES} are the fewest`)
  }
  return { images: images.array.data, labels: chosen.array.data }
}

function holdOut({ images, labels }: LabelledImages): LearnerData {
  const held = Math.min(Math.round(labels.length * HELD_OUT_SHARE), MOST_HELD_OUT)
  const kept = labels.length - held
  return {
    train: { images: images.subarray(0, PIXELS * kept), labels: labels.subarray(0, kept) },
    test: { images: images.subarray(PIXELS * kept), labels: labels.subarray(kept) },
  }
}
