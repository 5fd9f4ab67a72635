// Shows any frame of a recording: from the keyframe before it, or on from the one shown last.
import { type BrainFrame, brainFields, brainFrame, brainFrameBytes } from '../learners/brainFrame.ts'
import type { Frame } from '../learners/frame.ts'
import { type MlpFrame, mlpFields, mlpFrame, mlpFrameBytes } from '../learners/mlpFrame.ts'
import { type BrainState, readBrainChanges, readBrainKey, showBrainState } from './brainState.ts'
import { readBrainStory } from './brainStory.ts'
import { ByteReader } from './bytes.ts'
import { fieldPlaces, putFields, readFields } from './fields.ts'
import { type MlpState, readMlpChanges, readMlpKey, showMlpState } from './mlpState.ts'
import { readMlpStory } from './mlpStory.ts'

/** How messages of one kind of frame are read. */
interface Reading<F extends Frame, State extends { readonly shape: F['shape'] }> {
  readonly fields: readonly string[]
  readKey(reader: ByteReader): State
  readChanges(reader: ByteReader, state: State): void
  bytes(shape: F['shape']): number
  frame(shape: F['shape'], buffer: ArrayBuffer): F
  readStory(reader: ByteReader, frame: F): void
  show(state: State, frame: F): void
}

const mlpReading: Reading<MlpFrame, MlpState> = {
  fields: mlpFields,
  readKey: readMlpKey,
  readChanges: readMlpChanges,
  bytes: mlpFrameBytes,
  frame: mlpFrame,
  readStory: readMlpStory,
  show: showMlpState,
}

const brainReading: Reading<BrainFrame, BrainState> = {
  fields: brainFields,
  readKey: readBrainKey,
  readChanges: readBrainChanges,
  bytes: brainFrameBytes,
  frame: brainFrame,
  readStory: readBrainStory,
  show: showBrainState,
}

/** What a reader of frames needs to know of a recording's messages of one kind. */
export interface FrameMessages {
  /** Number of frames. */
  readonly length: number
  /** Names of the fields, as the file has them. */
  readonly names: readonly string[]
  /** The frame that follows directly on the keyframe which is the last before this one. */
  afterKey(index: number): number
  /** The keyframe before a frame. */
  key(index: number): Uint8Array
  frame(index: number): Uint8Array
}

export interface FrameReader<F extends Frame> {
  /**
   * Shows a frame: the object is new, its buffer that of the frame before the last one.
   * @throws RecordingError when a message is not what it should be.
   */
  read(index: number): F
}

class SequentialReader<F extends Frame, State extends { readonly shape: F['shape'] }>
  implements FrameReader<F>
{
  readonly #messages: FrameMessages
  readonly #reading: Reading<F, State>
  readonly #places: readonly number[]
  #state: State | null = null
  /** The frame whose changes the state has taken last. */
  #index = -1
  /** Two buffers take turns, so that the frame before stays as it is while the next is made. */
  #buffers: readonly [ArrayBuffer | null, ArrayBuffer] | null = null

  constructor(messages: FrameMessages, reading: Reading<F, State>) {
    this.#messages = messages
    this.#reading = reading
    this.#places = fieldPlaces(messages.names, reading.fields)
  }

  read(index: number): F {
    const first = this.#messages.afterKey(index)
    let next = this.#index + 1
    // A frame that is shown again has to be read again from its keyframe: its message would change the state twice.
    if (this.#state === null || index <= this.#index || first > this.#index) {
      this.#index = -1
      this.#state = this.#reading.readKey(new ByteReader(this.#messages.key(index)))
      next = first
    }
    try {
      for (; next < index; next++) this.#changes(next)
      const { values, reader } = this.#changes(index)
      const frame = this.#newFrame(this.#state.shape)
      putFields(values, this.#places, frame.header)
      this.#reading.readStory(reader, frame)
      this.#reading.show(this.#state, frame)
      this.#index = index
      return frame
    } catch (error) {
      this.#state = null
      throw error
    }
  }

  /** Takes the changes of a frame over; what follows them is its story. */
  #changes(index: number): { values: readonly number[]; reader: ByteReader } {
    const reader = new ByteReader(this.#messages.frame(index))
    const values = readFields(reader, this.#messages.names.length)
    this.#reading.readChanges(reader, this.#state!)
    return { values, reader }
  }

  #newFrame(shape: F['shape']): F {
    const bytes = this.#reading.bytes(shape)
    const [older, newer] = this.#buffers ?? [null, null]
    const buffer = older?.byteLength === bytes ? older : new ArrayBuffer(bytes)
    new Uint8Array(buffer).fill(0)
    const frame = this.#reading.frame(shape, buffer)
    this.#buffers = [newer, buffer]
    return frame
  }
}

export function mlpReader(messages: FrameMessages): FrameReader<MlpFrame> {
  return new SequentialReader(messages, mlpReading)
}

export function brainReader(messages: FrameMessages): FrameReader<BrainFrame> {
  return new SequentialReader(messages, brainReading)
}
