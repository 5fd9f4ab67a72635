// Runs a learner in a worker: slices of work between messages, frames only when the page has room for one.
import type { Learner } from '../../experiments/learners/learner.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import { NoImagesError } from '../../experiments/learners/sampleOrder.ts'
import { NonFiniteError, OutOfMemoryError } from '../../src/index.ts'
import { type FrameOf, SLOW_SPEED } from '../frames/source.ts'
import { TrainingError } from './errors.ts'
import { GrowingData } from './growingData.ts'
import { Pacer } from './pacer.ts'
import type { FromWorker, ToWorker, TrainingProblem } from './protocol.ts'
import { Turns } from './turns.ts'

/** Milliseconds of work between two looks at the messages, between two frames, and between two reports. */
const SLICE = 10
export const FRAME_INTERVAL = 1000 / 30
const REPORT_INTERVAL = 100

/** What a trainer needs to know of its network. */
export interface Network<Kind extends keyof FrameOf> {
  create(config: LearnerConfig, data: GrowingData): Learner<FrameOf[Kind]>
  frame(shape: FrameOf[Kind]['shape'], buffer?: ArrayBuffer): FrameOf[Kind]
  bytes(shape: FrameOf[Kind]['shape']): number
}

export type Post<Kind extends keyof FrameOf> = (message: FromWorker<Kind>, transfer: ArrayBuffer[]) => void

export abstract class Trainer<Kind extends keyof FrameOf> {
  protected readonly pacer = new Pacer()
  protected learner: Learner<FrameOf[Kind]> | null = null
  protected data: GrowingData | null = null
  /** When the last frame was sent, ms. */
  protected lastFrame = Number.NEGATIVE_INFINITY
  /** Something that frames show has changed since the last one: the configuration, or the focus. */
  protected stale: 'no' | 'focus' | 'network' = 'no'
  readonly #network: Network<Kind>
  readonly #post: Post<Kind>
  readonly #turns: Turns
  /** Configurations not yet taken, in order: one in between may make the network begin anew. */
  #next: LearnerConfig[] = []
  #framed = true
  #credit = false
  #buffer: ArrayBuffer | null = null
  #run = 0
  #share = 1
  /** Stopped by a problem, until something changes. */
  #halted = false
  #lastReport = Number.NEGATIVE_INFINITY
  #reported = -1

  constructor(network: Network<Kind>, post: Post<Kind>) {
    this.#network = network
    this.#post = post
    this.#turns = new Turns(() => this.#turn())
  }

  /** Takes a message of the page. */
  receive(message: ToWorker): void {
    try {
      this.#take(message)
    } catch (error) {
      this.#halted = true
      this.#fail(error)
    }
    this.#turns.soon()
  }

  #take(message: ToWorker): void {
    switch (message.type) {
      case 'start':
        this.data = new GrowingData(message.outline)
        this.#share = message.share
        this.#next = [message.config]
        break
      case 'piece':
        this.data?.add(message)
        break
      case 'configure':
        this.#next.push(message.config)
        break
      case 'restart':
        this.learner?.restart()
        this.#restarted()
        break
      case 'run':
        this.pacer.setSpeed(message.speed, performance.now())
        this.#framed = message.framed
        break
      case 'limit':
        this.pacer.limit = message.samples
        this.pacer.following = message.follow
        break
      case 'step':
        this.pacer.owe(1)
        break
      case 'credit':
        this.#credit = true
        this.#buffer = message.buffer ?? this.#buffer
        break
      case 'focus':
        if (this.learner) this.learner.focus = message.focus
        this.#focus = message.focus
        if (this.stale === 'no') this.stale = 'focus'
        break
      case 'probe':
        this.#answer(message.request, () => this.#probe(message.request, message.pixels))
        break
      case 'digest':
        this.#answer(message.request, () => this.#digest(message.request))
        break
      default:
        this.take(message)
    }
  }

  dispose(): void {
    this.#turns.stop()
    this.learner?.dispose()
    this.learner = null
  }

  /** A message that only one kind of network has. */
  protected abstract take(message: ToWorker): void

  /** Does a little work; false when nothing is due. */
  protected abstract work(learner: Learner<FrameOf[Kind]>, now: number): boolean

  /** Learning was stopped by a problem. */
  protected get halted(): boolean {
    return this.#halted
  }

  /** Images that are learned from at once. */
  protected abstract readonly batch: number

  /** Whether images are shown one by one, each with a frame that learning waits for. */
  protected get oneByOne(): boolean {
    return this.#framed && this.pacer.speed <= SLOW_SPEED
  }

  protected get mayFrame(): boolean {
    return this.#framed && this.#credit
  }

  /** Whether the next images are due, and there. */
  protected ready(learner: Learner<FrameOf[Kind]>): boolean {
    return (
      !this.#halted &&
      this.pacer.due(this.batch, learner.samples) &&
      this.data!.has(learner.order, learner.samples, this.batch)
    )
  }

  /** Fills a frame and sends it, for which there has to be a credit. */
  protected send(fill: (frame: FrameOf[Kind]) => void): void {
    const { shape } = this.learner!
    const bytes = this.#network.bytes(shape)
    const buffer = this.#buffer?.byteLength === bytes ? this.#buffer : undefined
    const frame = this.#network.frame(shape, buffer)
    fill(frame)
    this.#credit = false
    this.#buffer = null
    this.stale = 'no'
    this.lastFrame = performance.now()
    this.#post({ type: 'frame', shape, buffer: frame.buffer, run: this.#run }, [frame.buffer])
  }

  /** The last frame's story is lost: another was told since. */
  protected abstract forget(): void

  /** A fresh network has shown nothing yet. */
  protected abstract begin(): void

  #focus: Learner<FrameOf[Kind]>['focus'] = null

  #turn(): number {
    const start = performance.now()
    let busy = false
    try {
      this.#configure()
      const { learner } = this
      if (learner === null) return Number.POSITIVE_INFINITY
      let now = start
      this.pacer.pass(now, this.batch)
      do {
        busy = this.work(learner, now)
        now = performance.now()
      } while (busy && now < start + SLICE)
      this.#report(!busy)
    } catch (error) {
      // What waits to be shown still is; a second failure is that of showing.
      const again = this.#halted
      this.#halted = true
      this.#fail(error)
      return again ? Number.POSITIVE_INFINITY : 0
    }
    const spent = performance.now() - start
    if (busy) return this.pacer.speed === Number.POSITIVE_INFINITY ? spent * (1 / this.#share - 1) : 0
    return this.#halted ? Number.POSITIVE_INFINITY : this.pacer.wait(this.batch)
  }

  #configure(): void {
    if (this.#next.length === 0 || this.data === null) return
    this.#halted = false
    if (this.learner === null) {
      // Nothing was learned under the ones before.
      const config = this.#next.at(-1)!
      this.#next = []
      this.learner = this.#network.create(config, this.data)
      this.learner.focus = this.#focus
      this.#restarted()
    }
    for (let config = this.#next.shift(); config !== undefined; config = this.#next.shift())
      if (this.learner.configure(config)) this.#restarted()
    this.stale = 'network'
  }

  #restarted(): void {
    this.#run += 1
    this.#halted = false
    this.stale = 'network'
    this.#reported = -1
    this.begin()
  }

  /** At intervals, and before it waits. */
  #report(waits: boolean): void {
    const now = performance.now()
    const { samples } = this.learner!
    if (samples === this.#reported || !(waits || now - this.#lastReport >= REPORT_INTERVAL)) return
    this.#lastReport = now
    this.#reported = samples
    this.#post({ type: 'progress', run: this.#run, measures: this.learner!.measures }, [])
  }

  #answer(request: number, work: () => void | Promise<void>): void {
    const refuse = (error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error)
      this.#post({ type: 'refused', request, detail }, [])
    }
    try {
      this.#configure()
      Promise.resolve(work()).catch(refuse)
    } catch (error) {
      refuse(error)
    }
  }

  #probe(request: number, pixels: Uint8Array): void {
    const learner = this.#present()
    const { shape } = learner
    const frame = this.#network.frame(shape)
    learner.read(pixels, frame)
    this.forget()
    this.#post({ type: 'probed', request, shape, buffer: frame.buffer }, [frame.buffer])
  }

  async #digest(request: number): Promise<void> {
    const learner = this.#present()
    const { samples } = learner
    const digest = await learner.digest()
    this.#post({ type: 'digested', request, digest, samples }, [])
  }

  #present(): Learner<FrameOf[Kind]> {
    if (this.learner === null) throw new TrainingError('the network is not there yet')
    return this.learner
  }

  #fail(error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error)
    this.#post({ type: 'problem', problem: problemOf(error), detail }, [])
  }
}

function problemOf(error: unknown): TrainingProblem {
  if (error instanceof NonFiniteError) return 'nonFinite'
  if (error instanceof NoImagesError) return 'noImages'
  if (error instanceof OutOfMemoryError || error instanceof RangeError) return 'outOfMemory'
  return 'workerFailed'
}
