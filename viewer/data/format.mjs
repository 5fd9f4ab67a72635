// The format of the shipped images, for the script that packs them and the page that unpacks them.
//
// Part 0 begins with the outline, little-endian uint32: MAGIC, the number of parts, and for each its training and test images; then
// all training labels and all test labels, a byte each. Every part has its training images and then its test images as `pack` makes
// them, each preceded by the number of its run bytes and of its values, uint32. The whole part is gzipped.

export const MAGIC = 0x31444753
export const PIXELS = 784
const SIDE = 28

/**
 * Pixels as lengths of runs, zeros and others by turns, column by column, and the others' values: gzip makes a tenth less of that
 * than of the images themselves. A run of 255 goes on after a run of 0 of the other kind.
 * @param {Uint8Array} images
 */
export function pack(images) {
  const runs = []
  const values = []
  let zero = true
  let length = 0
  for (let at = 0; at < images.length; at++) {
    const value = images[placeOf(at)]
    if ((value === 0) !== zero) {
      runs.push(length)
      length = 0
      zero = !zero
    } else if (length === 255) {
      runs.push(255, 0)
      length = 0
    }
    length += 1
    if (value !== 0) values.push(value)
  }
  runs.push(length)
  return { runs: Uint8Array.from(runs), values: Uint8Array.from(values) }
}

/**
 * Where the pixel is that comes at a place when images are read column by column.
 * @param {number} at
 */
export function placeOf(at) {
  const pixel = at % PIXELS
  return at - pixel + SIDE * (pixel % SIDE) + Math.floor(pixel / SIDE)
}
