// A recording as a source of frames: plays at any speed, steps both ways, goes anywhere, loops.
import type { FrameKind } from '../../experiments/learners/frame.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import { RecordingError } from '../../experiments/recording/errors.ts'
import type { FrameReader } from '../../experiments/recording/frameReader.ts'
import type { Moment } from '../../experiments/recording/moments.ts'
import type { Recording } from '../../experiments/recording/recording.ts'
import { text } from '../text/text.ts'
import { History } from './history.ts'
import { marksOf } from './replayMarks.ts'
import { type FrameOf, type FrameSource, type Mark, SLOW_SPEED, type Speed } from './source.ts'

/** Milliseconds between two looks at the clock while it plays. */
const TICK = 16
/** A pause in the recording is played no longer than this at full speed, seconds; so is a leap at any other but slow ones. */
const LONGEST_PAUSE = 2
const LONGEST_LEAP = 1
/** After the page has been away, playing goes on where it was, seconds. */
const LONGEST_TICK = 0.25

/** The world's time; a test passes its own. */
export interface ReplayClock {
  /** Milliseconds. */
  now(): number
  /** Calls back again and again; returns what ends it. */
  every(milliseconds: number, callback: () => void): () => void
}

const realClock: ReplayClock = {
  now: () => performance.now(),
  every: (milliseconds, callback) => {
    const timer = setInterval(callback, milliseconds)
    return () => clearInterval(timer)
  },
}

export class ReplaySource implements FrameSource {
  readonly origin = 'recording'
  readonly recording: Recording
  readonly history = new History()
  /** What was wrong with a frame that could not be shown; playing has then stopped. */
  problem: RecordingError | null = null
  readonly #readers: { readonly [Kind in FrameKind]: FrameReader<FrameOf[Kind]> }
  readonly #shown: { readonly [Kind in FrameKind]: { index: number; frame: FrameOf[Kind] | null } } = {
    mlp: { index: -1, frame: null },
    brain: { index: -1, frame: null },
  }
  readonly #listeners = new Set<() => void>()
  readonly #clock: ReplayClock
  readonly #bookmarks = new Set<number>()
  /** The marks, in the language they were made for; null until they are asked for. */
  #marks: { readonly words: unknown; readonly marks: readonly Mark[] } | null = null
  #moment = 0
  #speed: Speed = 0
  /** Seconds that the present moment has been shown. */
  #shownFor = 0
  #loop: { readonly first: number; readonly last: number } | null = null
  #stopTicking: (() => void) | null = null

  constructor(recording: Recording, clock: ReplayClock = realClock) {
    this.recording = recording
    this.#readers = recording.readers()
    this.#clock = clock
    fillHistory(this.history, recording)
  }

  /** With all changes up to the frame shown. */
  get config(): LearnerConfig {
    const { events, information } = this.recording
    return events.findLast(({ seconds }) => seconds <= this.#at.seconds)?.config ?? information.config
  }

  get position(): number {
    return this.#at.position
  }

  /** Seconds since the recording began. */
  get seconds(): number {
    return this.#at.seconds
  }

  /** The position of the first frame: not 0 where recording began later. */
  get start(): number {
    return this.#moments[0]!.position
  }

  get length(): number {
    return this.#moments.at(-1)!.position
  }

  /** Whether the last frame is shown and nothing follows it. */
  get ended(): boolean {
    return this.#loop === null && this.#moment === this.#moments.length - 1
  }

  /** Positions that the loop goes from and to, null without one. */
  get loop(): { readonly from: number; readonly to: number } | null {
    if (this.#loop === null) return null
    const { first, last } = this.#loop
    return { from: this.#moments[first]!.position, to: this.#moments[last]!.position }
  }

  get marks(): readonly Mark[] {
    const words = text.value
    if (this.#marks?.words !== words) this.#marks = { words, marks: marksOf(this.recording, this.#bookmarks) }
    return this.#marks.marks
  }

  current<Kind extends FrameKind>(kind: Kind): FrameOf[Kind] | null {
    const shown = this.#shown[kind] as { index: number; frame: FrameOf[Kind] | null }
    const index = this.#at[kind]
    if (index === shown.index) return shown.frame
    shown.index = index
    try {
      shown.frame = index < 0 ? null : this.#readers[kind].read(index)
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error
      // The frame before it stays.
      this.problem ??= error
      this.run(0)
    }
    return shown.frame
  }

  run(speed: Speed): void {
    this.#speed = speed
    this.#stopTicking?.()
    this.#stopTicking = null
    if (!(speed > 0)) return
    let last = this.#clock.now()
    this.#stopTicking = this.#clock.every(TICK, () => {
      const now = this.#clock.now()
      this.#advance(Math.min((now - last) / 1000, LONGEST_TICK))
      last = now
    })
  }

  step(direction: 1 | -1): boolean {
    return this.#goTo(this.#moment + direction)
  }

  seek(samples: number): boolean {
    const to = this.#momentAt(samples)
    if (to !== this.#moment) this.#goTo(to)
    return true
  }

  /** Goes to the first frame at or after a time since the recording began. */
  seekSeconds(seconds: number): void {
    const found = this.#moments.findIndex(moment => moment.seconds >= seconds)
    this.#goTo(found < 0 ? this.#moments.length - 1 : found)
  }

  /** Plays from one position to another again and again; without positions no longer. */
  setLoop(from?: number, to?: number): void {
    if (from === undefined || to === undefined) {
      this.#loop = null
      return
    }
    const least = this.#momentAt(Math.min(from, to))
    const end = Math.max(from, to)
    const last = this.#moments.findLastIndex(({ position }) => position <= end)
    this.#loop = { first: least, last: Math.max(last, least) }
  }

  /** Marks this position, or takes its mark away. */
  toggleBookmark(): void {
    if (!this.#bookmarks.delete(this.position)) this.#bookmarks.add(this.position)
    this.#marks = null
    this.#tell()
  }

  setFocus(): void {
    // Recordings have no focused unit: their frames say so.
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.run(0)
    this.#listeners.clear()
  }

  get #moments(): readonly Moment[] {
    return this.recording.moments
  }

  get #at(): Moment {
    return this.#moments[this.#moment]!
  }

  /** The first moment of the highest position that is not beyond this one. */
  #momentAt(samples: number): number {
    let [low, high] = [0, this.#moments.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (this.#moments[middle]!.position <= samples) low = middle
      else high = middle - 1
    }
    const { position } = this.#moments[low]!
    let first = low
    while (first > 0 && this.#moments[first - 1]!.position === position) first--
    return first
  }

  #goTo(moment: number): boolean {
    if (moment < 0 || moment >= this.#moments.length) return false
    this.#moment = moment
    this.#shownFor = 0
    this.#tell()
    return true
  }

  #advance(elapsed: number): void {
    const before = this.#moment
    this.#shownFor += elapsed
    for (;;) {
      const last = this.#loop?.last ?? this.#moments.length - 1
      const atEnd = this.#moment >= last
      if (atEnd && this.#loop === null) {
        this.#shownFor = 0
        break
      }
      const wait = atEnd ? LONGEST_LEAP : this.#secondsToNext()
      if (this.#shownFor < wait) break
      this.#shownFor -= wait
      this.#moment = atEnd ? this.#loop!.first : this.#moment + 1
      // A loop of one moment would never be done.
      if (this.#moment === before) break
    }
    if (this.#moment !== before) this.#tell()
  }

  /** How long the present moment is shown at this speed. */
  #secondsToNext(): number {
    const next = this.#moments[this.#moment + 1]!
    const pause = next.seconds - this.#at.seconds
    if (this.#speed === Number.POSITIVE_INFINITY) return Math.min(pause, LONGEST_PAUSE)
    if (this.#speed <= SLOW_SPEED) return 1 / this.#speed
    const images = next.position - this.position
    return images > 0 ? Math.min(images / this.#speed, LONGEST_LEAP) : Math.min(pause, LONGEST_LEAP)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

function fillHistory(history: History, recording: Recording): void {
  for (const kind of ['mlp', 'brain'] as const) {
    const frames = recording.frames(kind)
    for (let i = 0; i < frames.length; i++) {
      const { samples, operations, trainAccuracy, testAccuracy, loss, spikes } = frames.summary(i)
      history.of(kind).add({ samples, operations, trainAccuracy, testAccuracy, loss, spikes })
    }
  }
}
