// Seconds and images a second.

export class Clock {
  readonly #start = performance.now()

  get seconds(): number {
    return (performance.now() - this.#start) / 1000
  }

  /** `done` things a second since the start. */
  rate(done: number): number {
    return done / Math.max(this.seconds, 1e-9)
  }
}
