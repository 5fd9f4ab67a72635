// How many bytes a recording may still spend: a bucket that fills at a steady rate, from which every message is paid.

/** The bucket holds at most what flows in over this many seconds. */
const SECONDS_HELD = 2

export class Budget {
  /** What a byte before compression comes to after it; told by who writes the file. */
  ratio = 0.75
  readonly #bytesPerSecond: number
  #bytes: number
  #seconds = 0

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond
    this.#bytes = bytesPerSecond * SECONDS_HELD
  }

  /** Bytes before compression that may be spent at this time; negative after a large message. */
  available(seconds: number): number {
    const inflow = Math.max(seconds - this.#seconds, 0) * this.#bytesPerSecond
    this.#seconds = Math.max(seconds, this.#seconds)
    this.#bytes = Math.min(this.#bytes + inflow, this.#bytesPerSecond * SECONDS_HELD)
    return this.#bytes / this.ratio
  }

  spend(bytesBeforeCompression: number): void {
    this.#bytes -= bytesBeforeCompression * this.ratio
  }
}
