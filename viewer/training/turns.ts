// Turns of work in an event loop: as soon as messages have been seen to, or after a while.

export class Turns {
  readonly #work: () => number
  /**
   * A message to oneself comes at once; a timer of 0 ms would come after 4. Two channels by turns: Node empties one before it sees to
   * anything else, and one that is filled while it is emptied never ends.
   */
  readonly #channels = [new MessageChannel(), new MessageChannel()]
  #next = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #waiting = false
  #stopped = false

  /** @param work does a turn, and returns after how many milliseconds the next is due: Infinity for not by itself. */
  constructor(work: () => number) {
    this.#work = work
    for (const { port1 } of this.#channels) {
      port1.onmessage = () => {
        this.#waiting = false
        this.#turn()
      }
    }
  }

  /** Has the next turn come at once. */
  soon(): void {
    if (this.#waiting || this.#stopped) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#waiting = true
    this.#next = 1 - this.#next
    this.#channels[this.#next]!.port2.postMessage(null)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    for (const { port1 } of this.#channels) port1.close()
  }

  #turn(): void {
    if (this.#stopped) return
    const wait = this.#work()
    if (this.#stopped || this.#waiting) return
    if (wait < 1) this.soon()
    else if (wait < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#turn(), wait)
  }
}
