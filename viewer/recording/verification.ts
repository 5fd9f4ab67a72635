// Verifies a recording in a worker, on the images at hand, so that the page stays as quick as it was.
import type { LearnerData } from '../../experiments/learners/learner.ts'
import { RecordingError } from '../../experiments/recording/errors.ts'
import type { Verification } from '../../experiments/recording/verify.ts'

export interface ToVerifier {
  readonly file: Blob
  readonly data: LearnerData
}

export type FromVerifier =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'result'; readonly result: Verification }
  | { readonly type: 'failed'; readonly detail: string }

export interface VerifierWorker {
  postMessage(message: ToVerifier): void
  onmessage: ((event: MessageEvent<FromVerifier>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate(): void
}

export interface VerificationOptions {
  /** Told the share that is done, from 0 to 1. */
  readonly progress?: (share: number) => void
  readonly signal?: AbortSignal
  readonly startWorker?: () => VerifierWorker
}

function startWorker(): VerifierWorker {
  return new Worker(new URL('./verifyWorker.ts', import.meta.url), { type: 'module' })
}

/**
 * Runs the run of a recording's file again and compares what was learned.
 * @throws RecordingError when the file cannot be opened or the worker breaks down.
 */
export function verifyInWorker(
  file: Blob,
  data: LearnerData,
  options: VerificationOptions = {},
): Promise<Verification> {
  const { progress, signal, startWorker: start = startWorker } = options
  return new Promise((resolve, reject) => {
    let worker: VerifierWorker
    try {
      worker = start()
    } catch (error) {
      reject(new RecordingError('recorderFailed', String(error)))
      return
    }
    const end = (settle: () => void) => {
      worker.terminate()
      signal?.removeEventListener('abort', abort)
      settle()
    }
    const fail = (detail: string) => end(() => reject(new RecordingError('recorderFailed', detail)))
    const abort = () => end(() => resolve({ outcome: 'stopped' }))
    signal?.addEventListener('abort', abort)
    worker.onmessage = ({ data: message }) => {
      if (message.type === 'progress') progress?.(message.share)
      else if (message.type === 'result') end(() => resolve(message.result))
      else fail(message.detail)
    }
    worker.onerror = event => fail(event.message)
    if (signal?.aborted) abort()
    else worker.postMessage({ file, data })
  })
}
