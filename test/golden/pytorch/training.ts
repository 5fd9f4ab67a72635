// The golden classifier's images, labels and weights, computed from integers exactly as training.py does.

const IMAGES = 640
const PIXELS = 784
const CLASSES = 10

export const BATCH = 32

/** Inputs and outputs of each layer. */
export const LAYERS = [
  [PIXELS, 64],
  [64, 64],
  [64, CLASSES],
] as const

/** A well mixed 32-bit number of each (Wellons' lowbias32), over 2^32: from 0 to below 1. */
function hashed(number: number): number {
  let x = number >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32
}

/** Images of mostly zeros: each class has strokes of its own, of which an image lacks some; and labels, some wrong. */
export function digits(): { readonly images: Float32Array; readonly labels: Int32Array } {
  const images = new Float32Array(IMAGES * PIXELS)
  const labels = new Int32Array(IMAGES)
  for (let image = 0; image < IMAGES; image++) {
    const digit = Math.floor(hashed(0x10000000 + image) * CLASSES)
    labels[image] = hashed(0x20000000 + image) < 0.1 ? (digit + 1) % CLASSES : digit
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const at = image * PIXELS + pixel
      const stroke = hashed(0x30000000 + digit * PIXELS + pixel) < 0.25
      if (!stroke || hashed(0x40000000 + at) >= 0.7) continue
      images[at] = Math.floor(256 * hashed(0x50000000 + at)) / 255
    }
  }
  return { images, labels }
}

/** Weights [inputs, outputs] within Glorot's bounds and biases close to 0, for each layer one after the other. */
export function initialParameters(): readonly Float32Array[] {
  return LAYERS.flatMap(([inputs, outputs], layer) => {
    const start = 0x60000000 + layer * 2 ** 24
    const bound = Math.sqrt(6 / (inputs + outputs))
    return [
      Float32Array.from({ length: inputs * outputs }, (_, i) => (2 * hashed(start + i) - 1) * bound),
      Float32Array.from({ length: outputs }, (_, i) => (2 * hashed(start + 0x800000 + i) - 1) * 0.1),
    ]
  })
}

/** The images and labels of a step, which run through them in order and begin again. */
export function batchOf({ images, labels }: ReturnType<typeof digits>, step: number) {
  const first = (step * BATCH) % IMAGES
  return {
    images: images.subarray(first * PIXELS, (first + BATCH) * PIXELS),
    labels: labels.subarray(first, first + BATCH),
  }
}
