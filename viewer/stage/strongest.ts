// Chooses the strongest of many weights, since a picture of all synapses would be a grey cloud.

/** Room for the counts of a byte's magnitudes. */
const counts = new Uint32Array(256)

/**
 * The places of the `most` largest magnitudes among bytes, zeros left out. Where more weights share the last magnitude than there is
 * room for, they are taken evenly along the array, so that no unit is preferred for its place.
 */
export function strongest(weights: Int8Array | Uint8Array, most: number): Uint32Array {
  counts.fill(0)
  for (let index = 0; index < weights.length; index++) counts[Math.abs(weights[index]!)]!++
  let least = 255
  let above = 0
  while (least > 1 && above + counts[least]! < most) above += counts[least--]!
  const ties = counts[least]!
  const taken = Math.max(Math.min(most - above, ties), 0)
  const chosen = new Uint32Array(above + taken)
  let length = 0
  let due = 0
  for (let index = 0; index < weights.length; index++) {
    const magnitude = Math.abs(weights[index]!)
    if (magnitude < least) continue
    if (magnitude === least) {
      due += taken
      if (due < ties) continue
      due -= ties
    }
    chosen[length++] = index
  }
  return chosen.subarray(0, length)
}
