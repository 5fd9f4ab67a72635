// Runs tasks one after another and sends what they report, throttled; knows nothing of threads.
import { SpikegradError } from '../../src/index.ts'
import { describeError } from '../errors.ts'
import { StopFlag } from '../run/stopFlag.ts'
import type { WorkerJob, WorkerMessage } from './messages.ts'
import type { TaskContext, TaskName, TaskOutcomes, TaskProgress } from './outcome.ts'
import { ThrottledTape } from './tape.ts'

/** The function that does each task. */
export type TaskTable = { readonly [Task in TaskName]: (context: TaskContext) => TaskOutcomes[Task] }

const MILLISECONDS_BETWEEN_UPDATES = 100

/** Lets through ten updates a second, and every one that begins or ends a phase. */
export function throttleProgress(
  send: (update: TaskProgress) => void,
  now: () => number,
): (update: TaskProgress) => void {
  let phase: TaskProgress['phase'] | null = null
  let sentAt = 0
  return update => {
    const moment = now()
    const final = update.done >= update.total
    if (update.phase === phase && !final && moment - sentAt < MILLISECONDS_BETWEEN_UPDATES) return
    phase = update.phase
    sentAt = moment
    send(update)
  }
}

function runTask<Task extends TaskName>(
  task: Task,
  run: (context: TaskContext) => TaskOutcomes[Task],
  job: WorkerJob,
  send: (message: WorkerMessage) => void,
): void {
  const stop = new StopFlag(job.stop)
  try {
    const outcome = run({
      config: job.config,
      train: job.train,
      test: job.test,
      shouldStop: () => stop.raised,
      progress: throttleProgress(
        update => send({ kind: 'progress', task, update }),
        () => performance.now(),
      ),
      metric: line => send({ kind: 'metric', task, line }),
      ...(job.recordingSince !== undefined && {
        tape: new ThrottledTape(job.recordingSince, messages => send({ kind: 'recorded', task, messages })),
      }),
    })
    send({ kind: 'outcome', task, outcome } as WorkerMessage)
  } catch (error) {
    // The stack of an error nobody raised on purpose is kept for the record, never shown.
    const stack = error instanceof Error && !(error instanceof SpikegradError) ? error.stack : undefined
    send({
      kind: 'error',
      task,
      message: describeError(error),
      ...(stack === undefined ? {} : { stack }),
    })
  }
}

/** Runs the job's tasks in order; one that throws is reported, and the next still runs. */
export function runJob(job: WorkerJob, tasks: TaskTable, send: (message: WorkerMessage) => void): void {
  for (const task of job.tasks) runTask(task, tasks[task], job, send)
}
