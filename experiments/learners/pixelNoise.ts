// Noise added to the pixels of an image: fixed by the seed and the image, so that both networks see the same.
import { RandomStream } from '../../src/index.ts'

/**
 * Adds Gaussian noise to every pixel, rounded and clipped to a byte.
 * @param deviation standard deviation, as a share of full brightness; 0 copies.
 * @param name which image it is, in words that no other image has.
 */
export function addPixelNoise(
  pixels: Uint8Array,
  into: Uint8Array,
  deviation: number,
  seed: number,
  name: string,
): void {
  into.set(pixels)
  if (deviation === 0) return
  const stream = new RandomStream(seed, `pixel noise/${name}`)
  for (let pixel = 0; pixel < pixels.length; pixel += 2) {
    // Box-Muller, both values of a pair.
    const radius = 255 * deviation * Math.sqrt(-2 * Math.log(stream.uniform()))
    const angle = 2 * Math.PI * stream.uniform()
    into[pixel] = asByte(pixels[pixel]! + radius * Math.cos(angle))
    into[pixel + 1] = asByte(pixels[pixel + 1]! + radius * Math.sin(angle))
  }
}

function asByte(value: number): number {
  return Math.min(Math.max(Math.round(value), 0), 255)
}
