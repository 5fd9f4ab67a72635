// Ctrl-C and its kin: the first asks the run to stop and write what it has, the second leaves at once.
import { constants } from 'node:os'
import type { StopFlag } from '../run/stopFlag.ts'

type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** A key press, a service manager, a terminal that was closed. */
const signals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** A terminal signals the whole group, and npm passes the signal on: what comes this soon is the same key press. */
const SAME_KEY_PRESS_MS = 700

/** The shell's convention: 130 for SIGINT, 143 for SIGTERM, 129 for SIGHUP. */
function exitCodeFor(signal: StopSignal): number {
  return 128 + constants.signals[signal]
}

export class InterruptHandler {
  readonly #stop: StopFlag
  readonly #say: (line: string) => void
  readonly #leave: (exitCode: number) => void
  readonly #now: () => number
  #first: StopSignal | null = null
  #firstAt = 0

  /** @param leave ends the process at once; a test passes its own, and its own clock in milliseconds. */
  constructor(
    stop: StopFlag,
    say: (line: string) => void,
    leave: (exitCode: number) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#stop = stop
    this.#say = say
    this.#leave = leave
    this.#now = now
    for (const signal of signals) process.on(signal, this.#received)
  }

  /** The exit code of an interrupted run, or null when nothing interrupted it. */
  get exitCode(): number | null {
    return this.#first === null ? null : exitCodeFor(this.#first)
  }

  dispose(): void {
    for (const signal of signals) process.off(signal, this.#received)
  }

  readonly #received = (signal: NodeJS.Signals): void => {
    const known = signal as StopSignal
    if (this.#first !== null) {
      if (this.#now() - this.#firstAt > SAME_KEY_PRESS_MS) this.#leave(exitCodeFor(known))
      return
    }
    this.#first = known
    this.#firstAt = this.#now()
    this.#stop.raise()
    this.#say('stopping: writing what was learned so far (once more to leave at once)')
  }
}
