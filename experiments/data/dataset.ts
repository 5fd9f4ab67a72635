// Loads a folder of four IDX files (28 x 28 images and their labels, for training and for testing), checking all of it.
import { createHash } from 'node:crypto'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { FileFormatError, parseIdx } from '../../src/index.ts'
import type { ImageData28 } from '../compare/outcome.ts'
import { DataError, describeError } from '../errors.ts'

export interface Dataset {
  readonly name: string
  /** SHA-256 of the four IDX files, uncompressed, one after another: training images, labels, test images, labels. */
  readonly sha256: string
  readonly train: ImageData28
  readonly test: ImageData28
}

export interface DatasetOptions {
  readonly name?: string
  /** The MD5 that each file must have, by its canonical name. */
  readonly md5?: Readonly<Record<string, string>>
}

interface IdxFile {
  readonly path: string
  readonly shape: readonly number[]
  readonly data: Uint8Array
}

const SIDE = 28
const PIXELS = SIDE * SIDE
const CLASSES = 10
/** Far above any set of this kind, far below what memory holds. */
const MAXIMUM_IMAGES = 500_000
const MAXIMUM_FILE_BYTES = MAXIMUM_IMAGES * PIXELS + 16

/** The canonical names, in the order in which the hash takes them. */
export const IDX_NAMES = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const

/** The hash of the canonical MNIST files: a folder that has it is MNIST, whatever it is called. */
const MNIST_SHA256 = 'b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a'

/** The spellings of a file's name that are found in the wild. */
function spellings(name: string): string[] {
  const dotted = name.replace('-idx', '.idx')
  return [name, `${name}.gz`, dotted, `${dotted}.gz`]
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    throw new DataError(
      `${folder}: expected a folder of IDX files, found none that can be read (${describeError(error)})`,
    )
  }
}

/** Reads a file into shared memory, which workers see as it is. Its size is checked before memory is taken. */
async function readBounded(path: string): Promise<Uint8Array> {
  try {
    // Before it is opened: opening a pipe waits for a writer.
    if (!(await stat(path)).isFile()) throw new DataError(`${path}: expected a file, found something else`)
    const file = await open(path)
    try {
      const status = await file.stat()
      if (status.size > MAXIMUM_FILE_BYTES) {
        throw new DataError(
          `${path}: expected at most ${MAXIMUM_FILE_BYTES} bytes (${MAXIMUM_IMAGES} images), found ${status.size}`,
        )
      }
      const bytes = new Uint8Array(new SharedArrayBuffer(status.size))
      let filled = 0
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return bytes.subarray(0, filled)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof DataError) throw error
    throw new DataError(`${path}: expected a readable file, found one that is not (${describeError(error)})`)
  }
}

function checkMd5(path: string, bytes: Uint8Array, expected: string | undefined): void {
  if (expected === undefined) return
  const found = createHash('md5').update(bytes).digest('hex')
  if (found !== expected) throw new DataError(`${path}: expected MD5 ${expected}, found ${found}`)
}

async function readIdxFile(
  folder: string,
  listing: readonly string[],
  name: string,
  options: DatasetOptions,
): Promise<IdxFile> {
  const found = spellings(name).find(spelling => listing.includes(spelling))
  if (found === undefined) {
    throw new DataError(
      `${folder}: expected a file ${name} (or ${name}.gz), found ${listing.length === 0 ? 'an empty folder' : 'none'}`,
    )
  }
  const path = join(folder, found)
  const bytes = await readBounded(path)
  checkMd5(path, bytes, options.md5?.[name])
  const dimensions = name.includes('idx3') ? 3 : 1
  const { shape, data } = await parseIdx(bytes, {
    name: path,
    dimensions,
    maximumBytes: MAXIMUM_IMAGES * (dimensions === 3 ? PIXELS : 1),
  })
  return { path, shape, data }
}

/** The bytes in memory that workers share: copied there if they had to be inflated. */
function share(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return shared
}

function pair(images: IdxFile, labels: IdxFile): ImageData28 {
  const [count = 0, rows, columns] = images.shape
  if (rows !== SIDE || columns !== SIDE) {
    throw new DataError(`${images.path}: expected images of 28 x 28, found ${rows} x ${columns}`)
  }
  if (count === 0) throw new DataError(`${images.path}: expected at least one image, found none`)
  if (labels.shape[0] !== count) {
    throw new DataError(
      `${labels.path}: expected ${count} labels, one for each image of ${basename(images.path)}, found ${labels.shape[0]}`,
    )
  }
  const wrong = labels.data.findIndex(label => label >= CLASSES)
  if (wrong >= 0) {
    throw new DataError(
      `${labels.path}: expected labels from 0 to 9, found ${labels.data[wrong]} for image ${wrong}`,
    )
  }
  return { images: share(images.data), labels: share(labels.data), count }
}

function hashOf(files: readonly IdxFile[]): string {
  const hash = createHash('sha256')
  for (const { shape, data } of files) {
    const header = new DataView(new ArrayBuffer(4 + 4 * shape.length))
    header.setUint32(0, 0x0800 + shape.length)
    shape.forEach((length, axis) => {
      header.setUint32(4 + 4 * axis, length)
    })
    hash.update(new Uint8Array(header.buffer)).update(data)
  }
  return hash.digest('hex')
}

/**
 * Loads the four IDX files of `folder`, plain or gzipped; the pixels and labels lie in shared memory.
 * @throws DataError or FileFormatError naming the file, what was expected and what was found.
 */
export async function loadDataset(folder: string, options: DatasetOptions = {}): Promise<Dataset> {
  const listing = await listFolder(folder)
  const files: IdxFile[] = []
  const problems: string[] = []
  for (const name of IDX_NAMES) {
    try {
      files.push(await readIdxFile(folder, listing, name, options))
    } catch (error) {
      if (!(error instanceof DataError || error instanceof FileFormatError)) throw error
      problems.push(error.message)
    }
  }
  if (problems.length > 0) throw new DataError(problems.join('\n'))
  const [trainImages, trainLabels, testImages, testLabels] = files
  const sha256 = hashOf(files)
  return {
    name: options.name ?? (sha256 === MNIST_SHA256 ? 'MNIST' : basename(resolve(folder))),
    sha256,
    train: pair(trainImages!, trainLabels!),
    test: pair(testImages!, testLabels!),
  }
}

/** The first `count` images; shares memory. */
export function firstImages(data: ImageData28, count: number): ImageData28 {
  return {
    images: data.images.subarray(0, count * PIXELS),
    labels: data.labels.subarray(0, count),
    count,
  }
}
