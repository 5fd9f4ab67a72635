// Ctrl-C and its kin: the first asks the run to stop and write what it has, the second leaves at once.
import { constants } from 'node:os'
import type { StopFlag } from '../run/stopFlag.ts'

type StopSignal = 'SIGINT' | 'SIGTERM'

const signals: readonly StopSignal[] = ['SIGINT', 'SIGTERM']

/** The shell's convention: 130 for SIGINT, 143 for SIGTERM. */
function exitCodeFor(signal: StopSignal): number {
  return 128 + constants.signals[signal]
}

export class InterruptHandler {
  readonly #stop: StopFlag
  readonly #say: (line: string) => void
  readonly #leave: (exitCode: number) => void
  #first: StopSignal | null = null

  /** @param leave ends the process at once; a test passes its own. */
  constructor(stop: StopFlag, say: (line: string) => void, leave: (exitCode: number) => void = process.exit) {
    this.#stop = stop
    this.#say = say
    this.#leave = leave
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
      this.#leave(exitCodeFor(known))
      return
    }
    this.#first = known
    this.#stop.raise()
    this.#say('stopping: writing what was learned so far (once more to leave at once)')
  }
}
