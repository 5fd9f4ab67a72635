// Seconds that a learner has worked.

export class LearnerClock {
  seconds = 0

  /** Does some work and counts its time, also when it fails. */
  count<Result>(work: () => Result): Result {
    const start = performance.now()
    try {
      return work()
    } finally {
      this.seconds += (performance.now() - start) / 1000
    }
  }
}
