// Chooses the strongest of many weights, since a picture of all synapses would be a grey cloud.

/** By how much the next threshold may be lower before all bytes are looked at again. */
const MARGIN = 2

/** Bytes of a word, and words of one byte each: 1, all bits but the highest, the highest. */
const WORD = 4
const ONES = 0x01010101
const LOW_BITS = 0x7f7f7f7f
const HIGH_BITS = 0x80808080

/** Room for the counts of a byte's magnitudes. */
const counts = new Uint32Array(256)
/** Magnitude of each byte as it lies in memory: one loop then serves both kinds of weights, and stays fast. */
const unsignedMagnitudes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const signedMagnitudes = Uint8Array.from({ length: 256 }, (_, byte) => (byte < 128 ? byte : 256 - byte))

/** Finds the strongest among weights that change little from one time to the next. */
export class StrongestFinder {
  /** The magnitude from which on bytes were candidates the last time; a guess for the next. */
  #guess = 1
  #candidates = new Uint32Array(0)

  /**
   * The places of the `most` largest magnitudes among bytes, zeros left out. Where more weights share the last magnitude than there
   * is room for, they are taken evenly along the array, so that no unit is preferred for its place. A view, good until the next call.
   */
  find(weights: Int8Array | Uint8Array, most: number): Uint32Array {
    if (most <= 0) return this.#candidates.subarray(0, 0)
    const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.length)
    const magnitudes = weights instanceof Int8Array ? signedMagnitudes : unsignedMagnitudes
    if (this.#candidates.length < bytes.length) this.#candidates = new Uint32Array(bytes.length)
    const signed = weights instanceof Int8Array && weights.byteOffset % WORD === 0
    const gather = (least: number) => {
      counts.fill(0)
      return signed ? this.#gatherFours(bytes, least) : this.#gather(bytes, magnitudes, least, 0, 0)
    }
    let found = gather(this.#guess)
    if (found < most && this.#guess > 1) found = gather(1)
    return this.#select(bytes, magnitudes, found, most)
  }

  /** Lists and counts the bytes of at least this magnitude, after the `found` among those before `from`. */
  #gather(bytes: Uint8Array, magnitudes: Uint8Array, least: number, from: number, found: number): number {
    const candidates = this.#candidates
    let length = found
    for (let index = from; index < bytes.length; index++) {
      const magnitude = magnitudes[bytes[index]!]!
      if (magnitude < least) continue
      counts[magnitude]!++
      candidates[length++] = index
    }
    return length
  }

  /** The same for bytes with a sign, four at once: a word is looked into only where one of its bytes may do. */
  #gatherFours(bytes: Uint8Array, least: number): number {
    const candidates = this.#candidates
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / WORD))
    // Added to a magnitude from 0 to 127, it reaches the highest bit from `least` - 1 on.
    const raise = ((129 - least) * ONES) | 0
    let length = 0
    for (let word = 0; word < words.length; word++) {
      const four = words[word]!
      // Negative bytes are turned over, which makes them their magnitude less one.
      const magnitude = (four ^ Math.imul((four >>> 7) & ONES, 255)) & LOW_BITS
      if (((magnitude + raise) & HIGH_BITS) === 0) continue
      for (let index = WORD * word; index < WORD * (word + 1); index++) {
        const exact = signedMagnitudes[bytes[index]!]!
        if (exact < least) continue
        counts[exact]!++
        candidates[length++] = index
      }
    }
    return this.#gather(bytes, signedMagnitudes, least, WORD * words.length, length)
  }

  /** Keeps the `most` strongest of the first `found` candidates. */
  #select(bytes: Uint8Array, magnitudes: Uint8Array, found: number, most: number): Uint32Array {
    const candidates = this.#candidates
    let least = 255
    let above = 0
    while (least > 1 && above + counts[least]! < most) above += counts[least--]!
    this.#guess = Math.max(least - MARGIN, 1)
    const ties = counts[least]!
    const taken = Math.max(Math.min(most - above, ties), 0)
    let length = 0
    let due = 0
    for (let place = 0; place < found; place++) {
      const index = candidates[place]!
      const magnitude = magnitudes[bytes[index]!]!
      if (magnitude < least) continue
      if (magnitude === least) {
        due += taken
        if (due < ties) continue
        due -= ties
      }
      candidates[length++] = index
    }
    return candidates.subarray(0, length)
  }
}
