// When a network may learn from more images: by the speed, by steps asked for, and by how far it may go.
import type { Speed } from '../frames/source.ts'

/** What was not done in time is made up for, but of no more than so many seconds. */
const LONGEST_DEBT = 0.25

export class Pacer {
  /** Not to learn from more images than this. */
  limit = Number.POSITIVE_INFINITY
  /** To learn from as many as the limit allows, whatever the speed: the other network has the speed. */
  following = false
  #speed: Speed = 0
  /** Images that are due at a finite speed. */
  #owed = 0
  #last = 0

  get speed(): Speed {
    return this.#speed
  }

  setSpeed(speed: Speed, now: number): void {
    if (speed === this.#speed) return
    this.#speed = speed
    this.#owed = 0
    this.#last = now
  }

  /** Makes images due, whatever the speed. */
  owe(images: number): void {
    this.#owed += images
  }

  /** Lets time pass: at a finite speed images become due. */
  pass(now: number, images: number): void {
    if (this.#speed > 0 && this.#speed < Number.POSITIVE_INFINITY) {
      const most = Math.max(images, this.#speed * LONGEST_DEBT)
      const due = ((now - this.#last) / 1000) * this.#speed
      this.#owed = Math.max(this.#owed, Math.min(this.#owed + due, most))
    }
    this.#last = now
  }

  /** Whether so many images are due, after so many learned from. */
  due(images: number, samples: number): boolean {
    if (samples + images > this.limit) return false
    return this.following || this.#speed === Number.POSITIVE_INFINITY || this.#owed >= images
  }

  spend(images: number): void {
    this.#owed = Math.max(0, this.#owed - images)
  }

  /** Milliseconds until so many images are due; Infinity when they are, or when only a message can make them so. */
  wait(images: number): number {
    const still = this.following || this.#speed === 0 || this.#speed === Number.POSITIVE_INFINITY
    return still || this.#owed >= images
      ? Number.POSITIVE_INFINITY
      : ((images - this.#owed) / this.#speed) * 1000
  }
}
