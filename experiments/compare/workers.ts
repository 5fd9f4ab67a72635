// Starts a worker thread for each group of tasks and gathers what they send.
import { Worker } from 'node:worker_threads'
import type { WorkerJob, WorkerMessage } from './messages.ts'
import type { TaskName, TaskOutcomes } from './outcome.ts'

/** How a task ended: with an outcome, or with an error in its place. */
export type TaskEnd<Task extends TaskName> =
  | { readonly outcome: TaskOutcomes[Task] }
  | { readonly error: string; readonly stack?: string }

export type TaskEnds = { [Task in TaskName]?: TaskEnd<Task> }

/** The part of a Worker that is used, so that a test can stand in for it. */
export interface WorkerLike {
  on(event: 'message', listener: (message: WorkerMessage) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
}

export type StartWorker = (job: WorkerJob) => WorkerLike

/** What a step leaves behind is small and short-lived: a larger nursery would only make the process larger. */
const NURSERY_MEBIBYTES = 4

function startWorker(job: WorkerJob): WorkerLike {
  // The path is that of the built file: workers run the built package.
  return new Worker(new URL('./worker.js', import.meta.url), {
    workerData: job,
    resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MEBIBYTES },
  })
}

/** Runs one job to its end; never rejects: a worker that dies leaves an error for each task it owed. */
function runWorker(
  job: WorkerJob,
  start: StartWorker,
  ends: TaskEnds,
  received: (message: WorkerMessage) => void,
): Promise<void> {
  return new Promise(done => {
    let died = 'the worker ended before its work was done'
    const worker = start(job)
    worker.on('message', message => {
      if (message.kind === 'outcome') Object.assign(ends, { [message.task]: { outcome: message.outcome } })
      if (message.kind === 'error') {
        const { task, message: error, stack } = message
        Object.assign(ends, { [task]: stack === undefined ? { error } : { error, stack } })
      }
      received(message)
    })
    worker.on('error', error => {
      died = `the worker died: ${error.message}`
    })
    worker.on('exit', () => {
      for (const task of job.tasks) {
        if (ends[task] !== undefined) continue
        Object.assign(ends, { [task]: { error: died } })
        received({ kind: 'error', task, message: died })
      }
      done()
    })
  })
}

/** Runs the jobs side by side and returns how each of their tasks ended. */
export async function runWorkers(
  jobs: readonly WorkerJob[],
  received: (message: WorkerMessage) => void,
  start: StartWorker = startWorker,
): Promise<TaskEnds> {
  const ends: TaskEnds = {}
  await Promise.all(jobs.map(job => runWorker(job, start, ends, received)))
  return ends
}
