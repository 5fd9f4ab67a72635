// One shared word that says "stop", which every worker can poll while it computes.

export class StopFlag {
  /** To be handed to a worker, which makes its own StopFlag of it. */
  readonly buffer: SharedArrayBuffer
  readonly #word: Int32Array

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(4)) {
    this.buffer = buffer
    this.#word = new Int32Array(buffer)
  }

  raise(): void {
    Atomics.store(this.#word, 0, 1)
  }

  get raised(): boolean {
    return Atomics.load(this.#word, 0) === 1
  }
}
