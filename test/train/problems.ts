// Small problems to learn, and copies of what a model knows, for the tests of training.
import { decodeSafetensors, encodeSafetensors, ImageSet, type Module, RandomStream } from '../../src/index.ts'
import { withChecksum } from '../../src/train/checkpointFile.ts'

/** Images of 4 x 4 pixels whose class is the row that is bright, with noise. */
export function stripes(count: number, seed = 1): ImageSet {
  const stream = new RandomStream(seed, 'stripes')
  const labels = Uint8Array.from({ length: count }, () => stream.integer(4))
  const images = new Uint8Array(16 * count)
  for (let i = 0; i < images.length; i++) {
    const bright = Math.floor((i % 16) / 4) === labels[Math.floor(i / 16)]
    images[i] = (bright ? 150 : 0) + stream.integer(100)
  }
  return new ImageSet({ images, labels, rows: 4, columns: 4 })
}

/** The same as typed arrays. */
export function stripeArrays(count: number, seed = 1) {
  const { images, labels } = stripes(count, seed)
  return { x: Float32Array.from(images, pixel => pixel / 255), y: labels }
}

/** Every parameter and buffer, copied. */
export function stateOf(network: Module): Map<string, ArrayLike<number>> {
  return new Map([...network.stateDictionary()].map(([name, tensor]) => [name, tensor.toArray()]))
}

/** A checkpoint with other metadata, and the checksum that belongs to it. */
export function forged(
  file: Uint8Array,
  change: (metadata: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const { tensors, metadata } = decodeSafetensors(file)
  const { checksum: _, ...rest } = change(metadata)
  return withChecksum(checksum => encodeSafetensors([...tensors.values()], { checksum, ...rest }))
}
