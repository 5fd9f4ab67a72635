// Records what a source shows: copies of its frames go to a worker, which writes the file.
import { restartsOf } from '../../experiments/learners/restarts.ts'
import { RecordingError } from '../../experiments/recording/errors.ts'
import type { RecordedData } from '../../experiments/recording/information.ts'
import type { FrameOf, FrameSource } from '../frames/source.ts'
import type { FromRecorder, ToRecorder } from './protocol.ts'

type Kind = keyof FrameOf
const kinds = ['mlp', 'brain'] as const

/** Frames of each network that are recorded in a second, at most. */
const FRAMES_PER_SECOND = 15
/** A frame may come this much early, ms: clocks of pages are coarse. */
const EARLY = 5
/** Frames on their way to the worker at a time, of each network; more are left out, as the worker is behind. */
const MOST_ON_THE_WAY = 2

/** The recording worker, as far as it is used. */
export interface RecorderWorker {
  postMessage(message: ToRecorder, transfer: Transferable[]): void
  onmessage: ((event: MessageEvent<FromRecorder>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate(): void
}

/** What a source may be able to say beside its frames; a live run is. */
export interface Verifiable {
  /** Digests of all that both networks have learned, and from how many images. */
  digests(): Promise<Readonly<Record<Kind, { readonly samples: number; readonly digest: string }>>>
  /** Whether each network has had its present configuration from its first image on. */
  readonly steady: Readonly<Record<Kind, boolean>>
}

export interface RecorderOptions {
  /** What the networks learn from. */
  readonly data?: Partial<RecordedData>
  /** The backend that they run on, and spikegrad's version, where known. */
  readonly backend?: string
  readonly spikegrad?: string
  /** Called when it ended by itself: `recordingFull` (what there is can be saved) or `recorderFailed` (nothing can). */
  readonly onProblem?: (problem: RecordingError) => void
  readonly startWorker?: () => RecorderWorker
  /** Milliseconds. */
  readonly now?: () => number
}

function startWorker(): RecorderWorker {
  return new Worker(new URL('./recordingWorker.ts', import.meta.url), { type: 'module' })
}

export class Recorder {
  readonly #source: FrameSource & Partial<Verifiable>
  readonly #options: RecorderOptions
  readonly #now: () => number
  readonly #worker: RecorderWorker
  readonly #startedAt: number
  readonly #unsubscribe: () => void
  readonly #spare: Record<Kind, ArrayBuffer[]> = { mlp: [], brain: [] }
  readonly #onTheWay = { mlp: 0, brain: 0 }
  readonly #last: Record<Kind, { frame: object | null; at: number }> = {
    mlp: { frame: null, at: Number.NEGATIVE_INFINITY },
    brain: { frame: null, at: Number.NEGATIVE_INFINITY },
  }
  readonly #done: Promise<Blob>
  #settle: { resolve: (file: Blob) => void; reject: (error: RecordingError) => void } | null = null
  #config: FrameSource['config']
  #bytes = 0
  #ended = false

  /** Begins at once. @throws RecordingError when there are no workers. */
  constructor(source: FrameSource & Partial<Verifiable>, options: RecorderOptions = {}) {
    this.#source = source
    this.#options = options
    this.#config = source.config
    this.#now = options.now ?? (() => performance.now())
    this.#startedAt = this.#now()
    this.#done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    // Told through `onProblem`, and again to whoever stops.
    this.#done.catch(() => undefined)
    this.#worker = this.#begin()
    this.#unsubscribe = source.subscribe(() => this.#look())
    this.#look()
  }

  /** Seconds since it began. */
  get seconds(): number {
    return (this.#now() - this.#startedAt) / 1000
  }

  /** Bytes written so far, without what is still being gathered. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * Ends the recording and gives its file. A live run's digests are added, where it can give them, so that the file can be
   * verified.
   * @throws RecordingError when the recorder has broken down.
   */
  async stop(): Promise<Blob> {
    if (!this.#ended) {
      this.#unsubscribe()
      await this.#addDigests()
      this.#ended = true
      this.#post({ type: 'end' })
    }
    return this.#done
  }

  /** Ends the recording and forgets it. */
  cancel(): void {
    this.#ended = true
    this.#unsubscribe()
    this.#worker.terminate()
  }

  #begin(): RecorderWorker {
    const { data, backend = '', spikegrad = '', startWorker: start = startWorker } = this.#options
    try {
      const worker = start()
      worker.onmessage = ({ data: message }) => this.#receive(message)
      worker.onerror = event => this.#fail(event.message)
      const information = {
        config: this.#config,
        data: { name: '', trainingImages: 0, testImages: 0, sha256: '', ...data },
        origin: 'page',
        recordedAt: new Date().toISOString(),
        backend,
        spikegrad,
      } as const
      worker.postMessage({ type: 'start', information }, [])
      return worker
    } catch (error) {
      throw new RecordingError('recorderFailed', error instanceof Error ? error.message : String(error))
    }
  }

  #look(): void {
    if (this.#ended) return
    if (this.#source.config !== this.#config) this.#reconfigure()
    for (const kind of kinds) this.#take(kind)
  }

  #reconfigure(): void {
    const { config } = this.#source
    const restarts = restartsOf(this.#config, config)
    this.#config = config
    const samplesOf = (kind: Kind) => (restarts[kind] ? 0 : (this.#source.current(kind)?.samples ?? 0))
    const event = {
      seconds: this.seconds,
      mlpSamples: samplesOf('mlp'),
      brainSamples: samplesOf('brain'),
      exact: false,
      config,
    }
    this.#post({ type: 'event', event })
  }

  /** Sends a copy of the newest frame, if it is new, due, and the worker is not behind. */
  #take(kind: Kind): void {
    const frame = this.#source.current(kind)
    const last = this.#last[kind]
    const now = this.#now()
    if (frame === null || frame === last.frame) return
    if (now - last.at < 1000 / FRAMES_PER_SECOND - EARLY || this.#onTheWay[kind] >= MOST_ON_THE_WAY) return
    this.#last[kind] = { frame, at: now }
    const { shape, buffer: original } = frame
    const buffer = this.#bufferFor(kind, original.byteLength)
    new Uint8Array(buffer).set(new Uint8Array(original))
    this.#onTheWay[kind] += 1
    const seconds = (now - this.#startedAt) / 1000
    this.#post({ type: 'frame', kind, shape, buffer, seconds } as ToRecorder, [buffer])
  }

  #bufferFor(kind: Kind, bytes: number): ArrayBuffer {
    const spare = this.#spare[kind].pop()
    return spare?.byteLength === bytes ? spare : new ArrayBuffer(bytes)
  }

  async #addDigests(): Promise<void> {
    const { digests, steady } = this.#source
    if (digests === undefined || steady === undefined) return
    try {
      const found = await digests.call(this.#source)
      for (const kind of kinds) {
        const { samples, digest: sha256 } = found[kind]
        // What came of a configuration that has changed on the way cannot be made again from the last one.
        if (steady[kind]) this.#post({ type: 'digest', digest: { kind, samples, sha256 } })
      }
    } catch {
      // Without a secure context or a worker there is no digest: the recording is whole without.
    }
  }

  #receive(message: FromRecorder): void {
    switch (message.type) {
      case 'taken':
        this.#onTheWay[message.kind] -= 1
        this.#bytes = message.bytes
        this.#spare[message.kind].push(message.buffer)
        break
      case 'full':
        this.#unsubscribe()
        this.#options.onProblem?.(new RecordingError('recordingFull', 'the recording has its largest size'))
        break
      case 'done':
        this.#settle?.resolve(new Blob(message.parts as BlobPart[], { type: 'application/octet-stream' }))
        this.#worker.terminate()
        break
      case 'failed':
        this.#fail(message.detail)
    }
  }

  #fail(detail: string): void {
    const error = new RecordingError('recorderFailed', detail)
    this.#ended = true
    this.#unsubscribe()
    this.#worker.terminate()
    this.#settle?.reject(error)
    this.#options.onProblem?.(error)
  }

  #post(message: ToRecorder, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}
