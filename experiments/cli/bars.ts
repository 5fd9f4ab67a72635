// Progress as one bar for each task, on a terminal.
import { MultiBar, type SingleBar } from 'cli-progress'
import type { TaskName, TaskProgress } from '../compare/outcome.ts'
import {
  describeRate,
  PhaseClock,
  type ProgressDisplay,
  type ProgressStream,
  secondsLeft,
  taskTitles,
} from './progress.ts'

const TITLE_WIDTH = Math.max(...Object.values(taskTitles).map(title => title.length))
const PHASE_WIDTH = 'labelling'.length

/** What a bar shows besides itself; the names are those of the format. */
interface Payload {
  readonly title: string
  readonly phase: string
  readonly rate: string
}

function payloadFor(task: TaskName, phase: string, rate: string): Payload {
  return { title: taskTitles[task].padEnd(TITLE_WIDTH), phase: phase.padEnd(PHASE_WIDTH), rate }
}

export class BarDisplay implements ProgressDisplay {
  readonly #bars: MultiBar
  readonly #byTask = new Map<TaskName, SingleBar>()
  readonly #finished = new Set<TaskName>()
  readonly #clock: PhaseClock
  readonly #stream: ProgressStream
  #closed = false

  constructor(stream: ProgressStream, now: () => number = () => performance.now()) {
    this.#stream = stream
    this.#clock = new PhaseClock(now)
    this.#bars = new MultiBar({
      stream,
      format: '{title}  {phase}  {bar} {percentage} %  {rate}',
      formatValue: (value, _, type) => (type === 'percentage' ? String(value).padStart(3) : String(value)),
      barCompleteChar: '\u2588',
      barIncompleteChar: '\u2591',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: false,
      stopOnComplete: false,
    })
  }

  update(task: TaskName, update: TaskProgress): void {
    if (this.#closed || this.#finished.has(task)) return
    const elapsed = this.#clock.secondsInPhase(task, update.phase)
    const payload = payloadFor(task, update.phase, describeRate(update, secondsLeft(update, elapsed)))
    const bar = this.#bar(task, update.total, payload)
    bar.setTotal(update.total)
    bar.update(update.done, payload)
  }

  finish(task: TaskName, summary: string): void {
    if (this.#closed) return
    const payload = payloadFor(task, 'ended', summary)
    this.#finished.add(task)
    this.#bar(task, 1, payload).update(payload)
  }

  say(line: string): void {
    if (this.#closed) return
    if (this.#bars.isActive) this.#bars.log(`${line}\n`)
    else this.#stream.write(`${line}\n`)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (!this.#bars.isActive) return
    // Draws once more, so that lines still waiting above the bars are not lost.
    this.#bars.update()
    this.#bars.stop()
  }

  #bar(task: TaskName, total: number, payload: Payload): SingleBar {
    let bar = this.#byTask.get(task)
    if (bar === undefined) {
      bar = this.#bars.create(total, 0, payload)
      this.#byTask.set(task, bar)
    }
    return bar
  }
}
