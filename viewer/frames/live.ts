// A live run: both networks learn in workers, and what they show arrives here in pairs, of one image each.
import { type BrainFrame, brainFrame } from '../../experiments/learners/brainFrame.ts'
import type { Focus, LearnerMeasures } from '../../experiments/learners/learner.ts'
import { type MlpFrame, mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import { concerns, type Restarts, restartsOf } from '../../experiments/learners/restarts.ts'
import type { DataLoader, Receiver } from '../data/dataSet.ts'
import { Alignment, type Pace } from '../training/alignment.ts'
import type { TrainingProblem } from '../training/protocol.ts'
import { type WorkerLike, WorkerLink } from '../training/workerLink.ts'
import { History } from './history.ts'
import type { FrameOf, FrameSource, Speed } from './source.ts'

/** What went wrong in a live run; the page has the words. */
export type LiveProblem = TrainingProblem | 'noWorkers' | 'dataFailed'

export interface LiveOptions {
  readonly data: DataLoader
  readonly config: LearnerConfig
  readonly pace?: Pace
  /** Called with what went wrong, and in English what was heard of it. */
  readonly onProblem?: (problem: LiveProblem, detail: string, kind: keyof FrameOf | null) => void
  /** Starts the worker of a network; by default a real one. */
  readonly startWorker?: (kind: keyof FrameOf) => WorkerLike
}

export interface Digests {
  readonly mlp: { readonly samples: number; readonly digest: string }
  readonly brain: { readonly samples: number; readonly digest: string }
}

/** Cores from which on the MLP, which is far ahead anyway, need not leave time to the brain and the page. */
const PLENTY_OF_CORES = 4
const MLP_SHARE = 0.3

function startWorker(kind: keyof FrameOf): Worker {
  return new Worker(new URL('../training/worker.ts', import.meta.url), { type: 'module', name: kind })
}

export class LiveSource implements FrameSource {
  readonly origin = 'live'
  readonly history = new History()
  readonly length = null
  readonly marks = []
  /** What it learns from. */
  readonly data: DataLoader
  /** Whether each network has had its configuration from its first image on, so that its digest follows from it. */
  readonly steady = { mlp: true, brain: true }
  readonly #options: LiveOptions
  readonly #mlp: WorkerLink<'mlp'>
  readonly #brain: WorkerLink<'brain'>
  readonly #alignment: Alignment
  readonly #listeners = new Set<() => void>()
  readonly #loading = new AbortController()
  /** Resolves when learning has begun, or will not. */
  readonly #begun: Promise<void>
  #begin: () => void = () => {}
  readonly #current: { mlp: MlpFrame | null; brain: BrainFrame | null } = { mlp: null, brain: null }
  #config: LearnerConfig
  /** A frame of the brain whose image the MLP has not shown yet. */
  #waiting: BrainFrame | null = null
  #speed: Speed = 0
  #hidden = false

  /** Starts both workers and the loading of the images; it stands still until told to run. */
  constructor(options: LiveOptions) {
    this.#options = options
    this.#config = options.config
    this.data = options.data
    this.#mlp = this.#link('mlp', mlpFrame, frame => this.#takeMlp(frame))
    this.#brain = this.#link('brain', brainFrame, frame => this.#takeBrain(frame))
    this.#alignment = new Alignment(this.#mlp, this.#brain, options.pace ?? 'own', options.config.batchSize)
    this.#begun = new Promise(resolve => {
      this.#begin = resolve
    })
    void this.#load()
    if (typeof document !== 'undefined') {
      document.addEventListener('visibilitychange', this.#watchPage)
      this.#watchPage()
    }
    for (const link of [this.#mlp, this.#brain]) link.credit()
  }

  get config(): LearnerConfig {
    return this.#config
  }

  /** What computes, '' until it is known. */
  get backend(): string {
    return this.#brain.backend
  }

  get position(): number {
    return Math.min(this.#mlp.samples, this.#brain.samples)
  }

  /** Images that each network has learned from. */
  get samples(): { readonly mlp: number; readonly brain: number } {
    return { mlp: this.#mlp.samples, brain: this.#brain.samples }
  }

  get speed(): Speed {
    return this.#speed
  }

  current<Kind extends keyof FrameOf>(kind: Kind): FrameOf[Kind] | null {
    return this.#current[kind] as FrameOf[Kind] | null
  }

  run(speed: Speed): void {
    this.#speed = speed
    this.#tellSpeed()
  }

  /** One image more for both, while it stands still or runs. A live run cannot go back. */
  step(direction: 1 | -1): boolean {
    if (direction < 0) return false
    this.#brain.post({ type: 'step' })
    return true
  }

  seek(): boolean {
    return false
  }

  setFocus(kind: keyof FrameOf, focus: Focus | null): void {
    const link = kind === 'mlp' ? this.#mlp : this.#brain
    link.post({ type: 'focus', focus })
  }

  /** Takes a new configuration and returns which networks begin anew by it. */
  configure(config: LearnerConfig): Restarts {
    const restarts = restartsOf(this.#config, config)
    for (const kind of ['mlp', 'brain'] as const) {
      if (restarts[kind]) this.steady[kind] = true
      else if (concerns(kind, this.#config, config)) this.steady[kind] = false
    }
    this.#config = config
    if (restarts.mlp) this.#mlp.restarting = true
    if (restarts.brain) this.#brain.restarting = true
    for (const link of this.#links) link.post({ type: 'configure', config })
    this.#alignment.begin(config.batchSize)
    return restarts
  }

  /** Both networks begin anew with the same configuration. */
  restart(): void {
    Object.assign(this.steady, { mlp: true, brain: true })
    this.#mlp.restart()
    this.#brain.restart()
    this.#alignment.begin(this.#config.batchSize)
  }

  /**
   * How the networks keep pace. Together, one that is ahead begins anew and comes to where the other is: its order of images and
   * its draws are the same, so nothing else changes.
   */
  setPace(pace: Pace): void {
    this.#alignment.pace = pace
  }

  /** Shows both networks an image [784] without learning. The frames are the caller's own. */
  async probe(pixels: Uint8Array): Promise<FrameOf> {
    const [mlp, brain] = await Promise.all([this.#mlp.probe(pixels), this.#brain.probe(pixels)])
    return { mlp, brain }
  }

  /** Digests of all that both have learned, and from how many images. */
  async digests(): Promise<Digests> {
    const [mlp, brain] = await Promise.all([this.#mlp.digest(), this.#brain.digest()])
    return { mlp, brain }
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  dispose(): void {
    this.#loading.abort()
    this.#listeners.clear()
    if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', this.#watchPage)
    this.#mlp.dispose()
    this.#brain.dispose()
  }

  /** The page is hidden: frames stop, learning goes on. */
  readonly #watchPage = (): void => {
    this.#hidden = document.visibilityState === 'hidden'
    this.#tellSpeed()
    if (!this.#hidden) for (const link of this.#links) link.credit()
  }

  get #links() {
    return [this.#mlp, this.#brain] as const
  }

  #link<Kind extends keyof FrameOf>(
    kind: Kind,
    frame: (shape: FrameOf[Kind]['shape'], buffer: ArrayBuffer) => FrameOf[Kind],
    onFrame: (frame: FrameOf[Kind]) => void,
  ): WorkerLink<Kind> {
    return new WorkerLink<Kind>({
      start: () => (this.#options.startWorker ?? startWorker)(kind),
      frame,
      onFrame,
      onProgress: measures => this.#hear(kind, measures),
      onProblem: (problem, detail) => this.#fail(problem, detail, kind),
    })
  }

  async #load(): Promise<void> {
    const { data } = this.#options
    const few = (globalThis.navigator?.hardwareConcurrency ?? 1) < PLENTY_OF_CORES
    const receiver: Receiver = {
      begun: this.#begun,
      outline: outline => {
        const config = this.#config
        this.#mlp.post({ type: 'start', config, outline, share: few ? MLP_SHARE : 1 })
        this.#brain.post({ type: 'start', config, outline, share: 1 })
      },
      piece: piece => {
        const copy = { ...piece, images: piece.images.slice() }
        this.#mlp.post({ type: 'piece', ...copy }, [copy.images.buffer])
        this.#brain.post({ type: 'piece', ...piece }, [piece.images.buffer])
      },
    }
    try {
      await data.load(receiver, this.#loading.signal)
    } catch (error) {
      if (this.#loading.signal.aborted) return
      this.#fail('dataFailed', error instanceof Error ? error.message : String(error), null)
    }
  }

  #tellSpeed(): void {
    for (const link of this.#links) link.post({ type: 'run', speed: this.#speed, framed: !this.#hidden })
  }

  #takeBrain(frame: BrainFrame): void {
    this.#alignment.update()
    if (!this.#mlp.alive) {
      this.#publish(null, frame)
      return
    }
    this.#waiting = frame
    const { label, image, samples } = frame
    this.#mlp.post({ type: 'show', pixels: frame.pixels.slice(), label, image, samples })
  }

  #takeMlp(frame: MlpFrame): void {
    this.#alignment.update()
    const pair = frame.image === this.#waiting?.image ? this.#waiting : null
    if (pair !== null) this.#waiting = null
    this.#publish(frame, pair)
  }

  #publish(mlp: MlpFrame | null, brain: BrainFrame | null): void {
    if (brain !== null && brain.samples > 0) this.#begin()
    if (mlp !== null) {
      this.#mlp.show(mlp)
      this.#current.mlp = mlp
      this.history.add(mlp)
    }
    if (brain !== null) {
      this.#brain.show(brain)
      this.#current.brain = brain
      this.history.add(brain)
    }
    this.#tell()
    if (this.#hidden) return
    this.#mlp.credit()
    if (brain !== null) this.#brain.credit()
  }

  #hear(kind: keyof FrameOf, measures: LearnerMeasures): void {
    this.#alignment.update()
    if (this.#hidden && measures.samples > 0) this.#begin()
    // Frames say the same while there are any, but for the loss: theirs is of one image, not of a batch.
    if (this.#hidden) this.history.of(kind).add({ ...measures, loss: Number.NaN })
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #fail(problem: LiveProblem, detail: string, kind: keyof FrameOf | null): void {
    if (problem !== 'slowBackend') this.#begin()
    // It may never show the image that the brain's frame waits for.
    const unanswered = kind === 'mlp' && problem !== 'slowBackend'
    if (unanswered) this.#alignment?.release()
    if (unanswered && this.#waiting !== null) {
      const frame = this.#waiting
      this.#waiting = null
      this.#publish(null, frame)
    }
    this.#options.onProblem?.(problem, detail, kind)
  }
}
