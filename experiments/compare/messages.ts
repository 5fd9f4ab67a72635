// What passes between the command and its workers.
import type { RecordingMessage } from '../recording/encoder.ts'
import type { CompareConfig } from './config.ts'
import type { ImageData28, TaskName, TaskOutcomes, TaskProgress } from './outcome.ts'

/** What a worker is started with; the pixels, labels and flag lie in shared memory. */
export interface WorkerJob {
  readonly tasks: readonly TaskName[]
  readonly config: CompareConfig
  readonly train: ImageData28
  readonly test: ImageData28
  readonly stop: SharedArrayBuffer
  /** When the recording began, ms since 1970; absent when there is none. */
  readonly recordingSince?: number
}

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly task: TaskName; readonly update: TaskProgress }
  | {
      readonly kind: 'metric'
      readonly task: TaskName
      readonly line: Readonly<Record<string, number | string>>
    }
  | { readonly kind: 'recorded'; readonly task: TaskName; readonly messages: readonly RecordingMessage[] }
  | { [Task in TaskName]: { kind: 'outcome'; task: Task; outcome: TaskOutcomes[Task] } }[TaskName]
  | { readonly kind: 'error'; readonly task: TaskName; readonly message: string; readonly stack?: string }
