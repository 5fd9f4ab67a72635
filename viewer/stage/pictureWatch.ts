// Tells whether pictures differ from those seen last, at the cost of a few reads.

/** Apart from one another in the bytes that are read: a prime, so that they fall on all columns. */
const STRIDE = 97

/** Versions are counted by each run for itself, so that a sum over some of the bytes tells two runs apart. */
export class PictureWatch {
  #version = Number.NaN
  #length = -1
  #sum = Number.NaN

  changed(bytes: Uint8Array | Int8Array, version: number): boolean {
    let sum = 0
    for (let i = 0; i < bytes.length; i += STRIDE) sum = (Math.imul(sum, 31) + bytes[i]!) | 0
    if (version === this.#version && bytes.length === this.#length && sum === this.#sum) return false
    this.#version = version
    this.#length = bytes.length
    this.#sum = sum
    return true
  }
}
