// Turns the frames of one network into messages: few enough, small enough, with a keyframe every ten seconds.
import type { BrainFrame } from '../learners/brainFrame.ts'
import type { Frame } from '../learners/frame.ts'
import type { MlpFrame } from '../learners/mlpFrame.ts'
import { Budget } from './budget.ts'
import { ByteWriter } from './bytes.ts'
import type { Topic } from './format.ts'
import { BrainScribe, type Fit, MlpScribe, type Scribe } from './scribe.ts'

/** A message of a recording: where it goes, when it was, in seconds since the recording began, and what it says. */
export interface RecordingMessage {
  readonly topic: Topic
  readonly seconds: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface EncoderOptions {
  /** Frames that come closer together than this, in one second, are left out. */
  readonly framesPerSecond: number
  /** What the frames may come to after compression, in the long run; keyframes come on top. */
  readonly bytesPerSecond: number
  /** Seconds from one keyframe to the next. */
  readonly keyframeSeconds: number
  /** For recordings that must be small: the brain's weights in three bits, the MLP's activations and gradients in five. */
  readonly coarse?: boolean
}

/** Both networks at full speed stay below two megabytes a minute. */
export const usualOptions: Readonly<Record<Frame['kind'], EncoderOptions>> = {
  mlp: { framesPerSecond: 15, bytesPerSecond: 7000, keyframeSeconds: 10 },
  brain: { framesPerSecond: 15, bytesPerSecond: 10_500, keyframeSeconds: 10 },
}

/** A frame that comes this long after the one before, seconds, is of a run in slow motion, and recorded in detail. */
const SLOW_INTERVAL = 0.25
/** A keyframe that could wait does, until this many frames have come, so that slow motion is not all keyframes. */
const FRAMES_BETWEEN_KEYFRAMES = 30
/** A keyframe that the weights' growth asks for comes this many seconds after the last at the earliest. */
const LEAST_KEYFRAME_SECONDS = 1

/** Seconds from one message of measures to the next. */
const MEASURES_INTERVAL = 1
/** Seconds by which frames may come early: clocks of pages are coarse. */
const EARLY = 0.005

export interface EncodeMoment {
  /** Since the recording began; never less than before. */
  readonly seconds: number
  /** Whether the input's spikes and the membranes are kept: by default when frames come slowly. */
  readonly detail?: boolean
  /** Whether the frame is kept however close it is to the one before. */
  readonly keep?: boolean
}

export class FrameEncoder<F extends Frame> {
  readonly budget: Budget
  readonly #kind: F['kind']
  readonly #scribe: Scribe<F>
  readonly #options: EncoderOptions
  readonly #writer = new ByteWriter()
  #lastFrame = Number.NEGATIVE_INFINITY
  #lastKey = Number.NEGATIVE_INFINITY
  #framesSinceKey = 0
  #samples = 0
  #lastMeasures = Number.NEGATIVE_INFINITY

  constructor(kind: F['kind'], scribe: Scribe<F>, options: EncoderOptions) {
    this.#kind = kind
    this.#scribe = scribe
    this.#options = options
    this.budget = new Budget(options.bytesPerSecond)
  }

  /** The messages that tell this frame: none when it comes too soon, and a keyframe first when one is due. */
  encode(frame: F, { seconds, detail, keep = false }: EncodeMoment): RecordingMessage[] {
    const since = seconds - this.#lastFrame
    if (!keep && since < 1 / this.#options.framesPerSecond - EARLY) return []
    this.#lastFrame = seconds
    const slow = detail ?? since >= SLOW_INTERVAL
    const messages: RecordingMessage[] = []
    const tell = (topic: Topic, write: () => void) => {
      this.#writer.clear()
      write()
      messages.push({ topic, seconds, bytes: this.#writer.bytes.slice() })
    }
    const fit = this.#scribe.look(frame)
    if (this.#keyIsDue(frame, seconds, fit)) {
      this.#lastKey = seconds
      this.#framesSinceKey = 0
      tell(`/${this.#kind}/key`, () => this.#scribe.writeKey(this.#writer))
    }
    this.#framesSinceKey += 1
    const left = this.budget.available(seconds)
    tell(`/${this.#kind}/frame`, () => this.#scribe.writeFrame(this.#writer, left, slow))
    this.budget.spend(this.#writer.length)
    if (seconds - this.#lastMeasures >= MEASURES_INTERVAL) {
      this.#lastMeasures = seconds
      messages.push({ topic: `/${this.#kind}/measures`, seconds, bytes: measuresOf(frame) })
    }
    return messages
  }

  #keyIsDue({ samples }: F, seconds: number, fit: Fit): boolean {
    const restarted = samples < this.#samples
    this.#samples = samples
    if (fit === 'new' || restarted) return true
    const since = seconds - this.#lastKey
    if (fit === 'outgrown') return since >= LEAST_KEYFRAME_SECONDS
    return since >= this.#options.keyframeSeconds && this.#framesSinceKey >= FRAMES_BETWEEN_KEYFRAMES
  }
}

/** What other programs can make use of, as JSON; what was not measured is null. */
function measuresOf(frame: Frame): Uint8Array<ArrayBuffer> {
  const { samples, trainAccuracy, testAccuracy, operations } = frame
  const own = frame.kind === 'mlp' ? { loss: frame.loss } : { spikes: frame.excitatorySpikes }
  return new TextEncoder().encode(
    JSON.stringify({ samples, trainAccuracy, testAccuracy, operations, ...own }),
  )
}

export function mlpEncoder(options = usualOptions.mlp): FrameEncoder<MlpFrame> {
  return new FrameEncoder('mlp', new MlpScribe(options), options)
}

export function brainEncoder(options = usualOptions.brain): FrameEncoder<BrainFrame> {
  return new FrameEncoder('brain', new BrainScribe(options), options)
}
