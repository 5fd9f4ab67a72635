// How a run shows its progress: the interface that both displays honour, and the words they share.
import type { TaskName, TaskProgress } from '../compare/outcome.ts'
import { formatCount, formatDuration, formatPercent } from './format.ts'

export interface ProgressDisplay {
  update(task: TaskName, update: TaskProgress): void
  /** Says that a task has ended, and how. */
  finish(task: TaskName, summary: string): void
  /** A line of its own, above whatever moves. */
  say(line: string): void
  /** Leaves the terminal as it was found; nothing is shown afterwards. */
  close(): void
}

/** Where progress is written: stderr, so that stdout stays clean. */
export interface ProgressStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean
}

export const taskTitles: Readonly<Record<TaskName, string>> = {
  mlp: 'MLP',
  snn: 'spiking network',
  controls: 'controls',
}

/** Seconds until the phase ends, from the rate reported or else from the time it has taken. */
export function secondsLeft(update: TaskProgress, secondsInPhase: number): number | null {
  const rate = update.imagesPerSecond ?? (secondsInPhase > 0 ? update.done / secondsInPhase : 0)
  return rate > 0 ? Math.max(update.total - update.done, 0) / rate : null
}

/** Accuracy so far, rate and time left, as far as they are known. */
export function describeRate(update: TaskProgress, left: number | null): string {
  const parts: string[] = []
  if (update.accuracy !== undefined) parts.push(`accuracy ${formatPercent(update.accuracy)}`)
  if (update.imagesPerSecond !== undefined) parts.push(`${formatCount(update.imagesPerSecond)} images/s`)
  if (left !== null && update.done < update.total) parts.push(`${formatDuration(left)} left`)
  return parts.join(', ')
}

/** Notes when each task entered its phase. */
export class PhaseClock {
  readonly #started = new Map<TaskName, { phase: TaskProgress['phase']; at: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  secondsInPhase(task: TaskName, phase: TaskProgress['phase']): number {
    const known = this.#started.get(task)
    if (known?.phase === phase) return (this.#now() - known.at) / 1000
    this.#started.set(task, { phase, at: this.#now() })
    return 0
  }
}
