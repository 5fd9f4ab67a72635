// Unpacks the shipped images.
import { FileFormatError } from '../../src/index.ts'
import { PIXELS, placeOf } from './format.mjs'

/**
 * The images [count, 784] whose runs and values these are.
 * @throws FileFormatError when they are not so many images.
 */
export function unpack(runs: Uint8Array, values: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const images = new Uint8Array(PIXELS * count)
  let at = 0
  let used = 0
  for (let run = 0; run < runs.length; run++) {
    const end = at + runs[run]!
    if (end > images.length) {
      throw new FileFormatError(
        `packed images: expected runs of ${images.length} pixels (${count} images), found longer ones, up to run ${run}`,
      )
    }
    if (run % 2 === 1) for (; at < end; at++) images[placeOf(at)] = values[used++]!
    at = end
  }
  if (at !== images.length || used !== values.length) {
    throw new FileFormatError(
      `packed images: expected ${images.length} pixels (${count} images) and ${used} values, found runs of ${at} and ${values.length} values`,
    )
  }
  return images
}
