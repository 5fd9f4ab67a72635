// Progress as plain lines, a few a minute: for logs, pipes and continuous integration.
import type { TaskName, TaskProgress } from '../compare/outcome.ts'
import { formatCount } from './format.ts'
import {
  describeRate,
  PhaseClock,
  type ProgressDisplay,
  type ProgressStream,
  secondsLeft,
  taskTitles,
} from './progress.ts'

const MILLISECONDS_BETWEEN_LINES = 5000

export class LineDisplay implements ProgressDisplay {
  readonly #stream: ProgressStream
  readonly #now: () => number
  readonly #clock: PhaseClock
  readonly #last = new Map<TaskName, { phase: TaskProgress['phase']; at: number }>()
  #closed = false

  constructor(stream: ProgressStream, now: () => number = () => performance.now()) {
    this.#stream = stream
    this.#now = now
    this.#clock = new PhaseClock(now)
  }

  /** Writes a line when the task enters a phase, ends it, or has been silent for five seconds. */
  update(task: TaskName, update: TaskProgress): void {
    const elapsed = this.#clock.secondsInPhase(task, update.phase)
    const last = this.#last.get(task)
    const due =
      last?.phase !== update.phase ||
      update.done >= update.total ||
      this.#now() - last.at >= MILLISECONDS_BETWEEN_LINES
    if (!due) return
    this.#last.set(task, { phase: update.phase, at: this.#now() })
    const rate = describeRate(update, secondsLeft(update, elapsed))
    this.say(
      `${taskTitles[task]}: ${update.phase} ${formatCount(update.done)} of ${formatCount(update.total)}${rate && `, ${rate}`}`,
    )
  }

  finish(task: TaskName, summary: string): void {
    this.say(`${taskTitles[task]}: ${summary}`)
  }

  say(line: string): void {
    if (!this.#closed) this.#stream.write(`${line}\n`)
  }

  close(): void {
    this.#closed = true
  }
}
