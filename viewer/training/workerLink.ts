// The page's end of a training worker: frames and their buffers, requests and their answers.
import type { LearnerMeasures } from '../../experiments/learners/learner.ts'
import type { FrameOf } from '../frames/source.ts'
import { TrainingError } from './errors.ts'
import type { FromWorker, ToWorker, TrainingProblem } from './protocol.ts'

/** A worker, as far as it is used. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer: Transferable[]): void
  onmessage: ((event: MessageEvent) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate(): void
}

export interface LinkOptions<Kind extends keyof FrameOf> {
  readonly start: () => WorkerLike
  readonly frame: (shape: FrameOf[Kind]['shape'], buffer: ArrayBuffer) => FrameOf[Kind]
  readonly onFrame: (frame: FrameOf[Kind]) => void
  readonly onProgress: (measures: LearnerMeasures) => void
  readonly onProblem: (problem: TrainingProblem | 'noWorkers', detail: string) => void
}

/** What a request waits for. */
interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

export class WorkerLink<Kind extends keyof FrameOf> {
  /** Images learned from, as last heard. */
  samples = 0
  /** Told to begin anew, and not yet heard to have. */
  restarting = false
  /** Whether the worker is there to be told anything. */
  alive = true
  /** What computes there, '' until it is known. */
  backend = ''
  readonly #options: LinkOptions<Kind>
  readonly #worker: WorkerLike | null
  readonly #waiting = new Map<number, Waiting>()
  #requests = 0
  #run = 0
  #credited = false
  /** Buffers that nobody looks at any more. */
  readonly #spare: ArrayBuffer[] = []
  #shown: FrameOf[Kind] | null = null
  #before: FrameOf[Kind] | null = null

  constructor(options: LinkOptions<Kind>) {
    this.#options = options
    this.#worker = this.#start()
  }

  #start(): WorkerLike | null {
    try {
      const worker = this.#options.start()
      worker.onmessage = ({ data }) => this.#receive(data as FromWorker<Kind>)
      worker.onerror = event => this.#die(event.message)
      return worker
    } catch (error) {
      this.alive = false
      this.#options.onProblem('noWorkers', error instanceof Error ? error.message : String(error))
      return null
    }
  }

  post(message: ToWorker, transfer: Transferable[] = []): void {
    if (this.alive) this.#worker?.postMessage(message, transfer)
  }

  /** Lets one more frame come, unless one is to come already. */
  credit(): void {
    if (this.#credited || !this.alive) return
    this.#credited = true
    const buffer = this.#spare.pop() ?? null
    this.post({ type: 'credit', buffer }, buffer === null ? [] : [buffer])
  }

  /** Says which frame is shown from now on: the one before stays readable for another. */
  show(frame: FrameOf[Kind]): void {
    if (this.#before !== null) this.#spare.push(this.#before.buffer)
    this.#before = this.#shown
    this.#shown = frame
  }

  restart(): void {
    this.restarting = true
    this.post({ type: 'restart' })
  }

  probe(pixels: Uint8Array): Promise<FrameOf[Kind]> {
    return this.#ask(request => ({ type: 'probe', request, pixels }))
  }

  digest(): Promise<{ readonly samples: number; readonly digest: string }> {
    return this.#ask(request => ({ type: 'digest', request }))
  }

  dispose(): void {
    this.#abandon('the run has ended')
    this.#worker?.terminate()
  }

  #ask<Answer>(message: (request: number) => ToWorker): Promise<Answer> {
    if (!this.alive) return Promise.reject(new TrainingError('the worker is not there'))
    const request = this.#requests++
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject })
      this.post(message(request))
    })
  }

  #receive(message: FromWorker<Kind>): void {
    switch (message.type) {
      case 'frame': {
        this.#credited = false
        const frame = this.#options.frame(message.shape, message.buffer)
        this.#hear(message.run, frame.samples)
        this.#options.onFrame(frame)
        break
      }
      case 'backend':
        this.backend = message.name
        break
      case 'progress':
        this.#hear(message.run, message.measures.samples)
        this.#options.onProgress(message.measures)
        break
      case 'probed':
        this.#settle(message.request)?.resolve(this.#options.frame(message.shape, message.buffer) as never)
        break
      case 'digested':
        this.#settle(message.request)?.resolve({ samples: message.samples, digest: message.digest } as never)
        break
      case 'refused':
        this.#settle(message.request)?.reject(new TrainingError(message.detail))
        break
      default:
        this.#options.onProblem(message.problem, message.detail)
    }
  }

  #hear(run: number, samples: number): void {
    if (run !== this.#run) this.restarting = false
    this.#run = run
    this.samples = samples
  }

  #settle(request: number): Waiting | undefined {
    const waiting = this.#waiting.get(request)
    this.#waiting.delete(request)
    return waiting
  }

  #die(detail: string): void {
    // An error leaves a worker running, in a state that nobody knows.
    this.#worker?.terminate()
    this.#abandon(detail)
    this.#options.onProblem('workerFailed', detail)
  }

  #abandon(detail: string): void {
    this.alive = false
    for (const { reject } of this.#waiting.values()) reject(new TrainingError(detail))
    this.#waiting.clear()
  }
}
