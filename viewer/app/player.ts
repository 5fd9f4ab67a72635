// The animation loop: makes what the stage draws from the source and the page's state, and moves the time within a sample.
import { batch, effect, signal } from '@preact/signals'
import { type BrainFrame, brainFrame, PRESENTATION_DURATION } from '../../experiments/learners/brainFrame.ts'
import { type MlpFrame, mlpFrame } from '../../experiments/learners/mlpFrame.ts'
import { type FrameSource, SLOW_SPEED } from '../frames/source.ts'
import type { StageView } from '../stage/view.ts'
import * as state from '../state/store.ts'

/** What draws; the stage, as far as the loop needs to know it. */
export interface Drawing {
  draw(view: StageView): void
}

/** A digit that was drawn, as both networks read it. */
export interface Reading {
  readonly mlp: MlpFrame
  readonly brain: BrainFrame
}

/** The frames that are shown, null before the first of a network. */
export interface ShownFrames {
  readonly mlp: MlpFrame | null
  readonly brain: BrainFrame | null
}

/** The reading shown instead of the source, null for none. */
export const reading = signal<Reading | null>(null)

/** Whether the deep network learns from the image shown; it only looks at one that was drawn. */
export function mlpLearns(): boolean {
  return reading.value === null && (state.source.value?.config.mlpLearning ?? false)
}

/** Samples a second at which a reading is played: its 350 ms take 2.8 s. */
const READING_SPEED = 0.25
/** Time within a sample that one step moves, ms: a sample of the membranes. */
const STEP_TIME = 5
/** Milliseconds between two tellings of new numbers to the page. */
const TELLING = 250
/** With reduced motion, between two states while it plays. */
const CALM_TELLING = 1000

/** Called at each animation frame, before it is drawn. */
type Watcher = (now: number) => void

export class Player {
  readonly watchers = new Set<Watcher>()
  #drawing: Drawing | null = null
  #request = 0
  #last = 0
  #lastTold = 0
  #changed = true
  /** Whether the time of a reading moves by itself. */
  #readingMoves = false
  /** The brain's frame when last looked at. */
  #seen: BrainFrame | null = null
  /** With reduced motion a state stays while its source goes on: frames of its own, since the source's move between threads. */
  #held: ShownFrames | null = null
  readonly #ends: (() => void)[] = []

  /** Begins to draw. */
  start(): void {
    this.#ends.push(
      effect(() => this.#follow(state.source.value)),
      effect(() => {
        // What was drawn belongs to the place where it was drawn.
        void state.screen.value
        void state.source.value
        this.endReading()
      }),
      effect(() => {
        // Whoever shows it next says whether it runs.
        const source = state.source.value
        return () => source?.run(0)
      }),
      effect(() => {
        const source = state.source.value
        source?.run(state.playing.value && reading.value === null ? state.speed.value : 0)
      }),
      effect(() => {
        // At full speed a sample is shown as it ends.
        if (state.speed.value > SLOW_SPEED) state.sampleTime.value = PRESENTATION_DURATION
      }),
    )
    this.#request = requestAnimationFrame(this.#frame)
  }

  /** What is drawn on from now on, null for nothing. */
  set drawing(drawing: Drawing | null) {
    this.#drawing = drawing
  }

  /** Moves within the sample, or to the one beside it at its ends; a reading has none beside it. Pauses. */
  step(direction: 1 | -1): void {
    this.#pause()
    const time = state.sampleTime.value + direction * STEP_TIME
    if (reading.value !== null) state.sampleTime.value = Math.max(0, Math.min(time, PRESENTATION_DURATION))
    else if (time >= 0 && time <= PRESENTATION_DURATION) state.sampleTime.value = time
    else this.#goTo(direction, direction > 0 ? 0 : PRESENTATION_DURATION)
  }

  /** Moves to the next or the previous sample. Pauses. */
  stepSample(direction: 1 | -1): void {
    state.playing.value = false
    this.#goTo(direction, PRESENTATION_DURATION)
  }

  /** Moves to the next (1) or previous (-1) spike of the focused neuron in this sample; false when there is none. Pauses. */
  stepSpike(direction: 1 | -1): boolean {
    const focus = state.focus.value
    const { brain } = this.frames
    if (focus?.kind !== 'brain' || brain === null) return false
    const { steps, neurons } = brain.spikes.excitatory
    const count = Math.min(brain.excitatorySpikes, steps.length)
    let found: number | null = null
    for (let spike = 0; spike < count; spike++) {
      const time = steps[spike]! / 2
      if (neurons[spike] !== focus.unit) continue
      if (direction > 0 && time > state.sampleTime.value) {
        found = time
        break
      }
      if (direction < 0 && time < state.sampleTime.value) found = time
    }
    if (found === null) return false
    this.#pause()
    state.sampleTime.value = found
    return true
  }

  /** Shows how both networks read a drawn digit, its time running, until the page plays on. */
  show(frames: Reading): void {
    this.#readingMoves = true
    batch(() => {
      reading.value = frames
      state.sampleTime.value = state.reducedMotion.value ? PRESENTATION_DURATION : 0
    })
    this.#tell()
  }

  /** Goes back to the source. */
  endReading(): void {
    if (reading.peek() === null) return
    batch(() => {
      reading.value = null
      state.sampleTime.value = PRESENTATION_DURATION
    })
    this.#tell()
  }

  /** The frames that are shown: good until the page next waits. */
  get frames(): ShownFrames {
    return reading.value ?? this.#held ?? this.#newest
  }

  get #newest(): ShownFrames {
    const source = state.source.value
    return { mlp: source?.current('mlp') ?? null, brain: source?.current('brain') ?? null }
  }

  stop(): void {
    cancelAnimationFrame(this.#request)
    for (const end of this.#ends.splice(0)) end()
    this.#drawing = null
  }

  #follow(source: FrameSource | null): (() => void) | undefined {
    this.#changed = true
    this.#tell()
    return source?.subscribe(() => {
      this.#changed = true
    })
  }

  #pause(): void {
    state.playing.value = false
    this.#readingMoves = false
  }

  #goTo(direction: 1 | -1, time: number): void {
    this.endReading()
    if (state.source.value?.step(direction)) state.sampleTime.value = time
    this.#changed = true
  }

  readonly #frame = (now: number): void => {
    this.#request = requestAnimationFrame(this.#frame)
    const elapsed = Math.min(now - this.#last, 100)
    this.#last = now
    this.#take(now)
    this.#advance(elapsed)
    for (const watch of this.watchers) watch(now)
    this.#drawing?.draw(this.#view())
  }

  /** Takes the newest frames, and tells the page at times. */
  #take(now: number): void {
    const calm = state.reducedMotion.value && state.playing.value
    if (!this.#changed) return
    const due = now - this.#lastTold >= (calm ? CALM_TELLING : TELLING)
    if (calm && !due) return
    this.#held = calm ? copied(this.#newest) : null
    const { brain } = this.frames
    const next = brain !== this.#seen
    this.#seen = brain
    if (next && this.#phases && state.playing.value && reading.value === null && !state.reducedMotion.value)
      state.sampleTime.value = 0
    if (!due) return
    this.#changed = false
    this.#lastTold = now
    state.told.value += 1
  }

  /** Whether samples are shown phase by phase. */
  get #phases(): boolean {
    return state.speed.value <= SLOW_SPEED
  }

  /** Samples a second at which the time within a sample moves by itself. */
  get #speed(): number {
    if (reading.value !== null) return this.#readingMoves ? READING_SPEED : 0
    return state.playing.value && this.#phases ? state.speed.value : 0
  }

  #advance(elapsed: number): void {
    const speed = this.#speed
    if (speed === 0 || state.sampleTime.value >= PRESENTATION_DURATION) return
    const time = state.sampleTime.value + (elapsed / 1000) * speed * PRESENTATION_DURATION
    state.sampleTime.value = state.reducedMotion.value
      ? PRESENTATION_DURATION
      : Math.min(time, PRESENTATION_DURATION)
  }

  /** Has the page read the new frames at the next chance. */
  #tell(): void {
    this.#changed = true
    this.#lastTold = Number.NEGATIVE_INFINITY
  }

  #view(): StageView {
    return {
      ...this.frames,
      time: state.sampleTime.value,
      slow: this.#phases || reading.value !== null || !state.playing.value,
      learning: mlpLearns(),
      reducedMotion: state.reducedMotion.value,
      theme: state.theme.value,
      palette: state.palette.value,
      edges: state.edges.value,
      focus: state.focus.value,
      hover: state.hover.value,
    }
  }
}

/** The page's one player. */
export const player = new Player()

function copied({ mlp, brain }: ShownFrames): ShownFrames {
  return {
    mlp: mlp && mlpFrame(mlp.shape, mlp.buffer.slice(0)),
    brain: brain && brainFrame(brain.shape, brain.buffer.slice(0)),
  }
}
