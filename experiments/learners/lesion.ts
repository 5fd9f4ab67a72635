// Which units a lesion silences: a seeded order, of which a larger lesion takes more.
import { RandomStream } from '../../src/index.ts'

/** Marks with 1 the first units of a shuffled order, as many as their share comes to: a larger lesion holds a smaller one. */
export function drawLesion(
  units: number,
  share: number,
  seed: number,
  name: string,
): Uint8Array<ArrayBuffer> {
  const order = Int32Array.from({ length: units }, (_, unit) => unit)
  new RandomStream(seed, `lesion/${name}`).shuffle(order)
  const marks = new Uint8Array(units)
  for (const unit of order.subarray(0, Math.round(share * units))) marks[unit] = 1
  return marks
}
