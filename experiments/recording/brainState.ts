// What a reader keeps of the brain from one frame to the next: its weights and the little that rarely changes.
import type { BrainFrame, BrainShape } from '../learners/brainFrame.ts'
import { CLASSES, PIXELS } from '../learners/common.ts'
import { parameters } from '../learners/parameters.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { layOutRows, type Rows, readNumbers, readRows, writeNumbers, writeRows } from './changes.ts'
import { damaged } from './errors.ts'
import { fromHalf, toHalf } from './float16.ts'
import { unsignedBytes } from './levels.ts'
import { readFlags, readNibbles, writeNibbles, writeSparseBytes } from './runs.ts'

const MOST_COUNT = 0xffffffff
const LAST_LEVEL = 15

export interface BrainState {
  readonly shape: BrainShape
  /** A row of weights for each neuron. */
  readonly rows: Rows
  /** In half precision, mV. */
  readonly theta: Float32Array
  readonly labels: Int8Array
  readonly lesions: Uint8Array
  readonly confusion: Uint32Array
}

export function brainState(shape: BrainShape): BrainState {
  const { neurons } = shape
  return {
    shape,
    rows: layOutRows([{ units: neurons, inputs: PIXELS }]),
    theta: new Float32Array(neurons),
    labels: new Int8Array(neurons).fill(-1),
    lesions: new Uint8Array(neurons),
    confusion: new Uint32Array(CLASSES * CLASSES),
  }
}

/** A number in half precision. */
export function halved(value: number): number {
  return fromHalf(toHalf(value))
}

/** Writes a keyframe: the shape, the levels of all weights, four bits each, theta, labels, lesions, confusion. */
export function writeBrainKey(writer: ByteWriter, state: BrainState): void {
  writer.varint(state.shape.neurons)
  writeNibbles(writer, state.rows.levels)
  for (const theta of state.theta) writer.float16(theta)
  for (const label of state.labels) writer.signed(label)
  writeSparseBytes(writer, state.lesions)
  for (const count of state.confusion) writer.varint(count)
}

export function readBrainKey(reader: ByteReader): BrainState {
  const { minimum, maximum } = parameters.neurons
  const neurons = reader.varint(maximum)
  if (neurons < minimum || reader.remaining < (neurons * PIXELS) / 2) {
    throw damaged(`a brain of ${neurons} neurons does not fit its message`)
  }
  const state = brainState({ neurons })
  readNibbles(reader, state.rows.levels)
  for (let i = 0; i < neurons; i++) state.theta[i] = reader.float16()
  for (let i = 0; i < neurons; i++) state.labels[i] = Math.min(Math.max(reader.signed(), -1), CLASSES - 1)
  readFlags(reader, state.lesions)
  for (let i = 0; i < state.confusion.length; i++) state.confusion[i] = reader.varint(MOST_COUNT)
  return state
}

/** Writes what differs from the state, of the weights and thetas only these rows, and takes it over. */
export function writeBrainChanges(
  writer: ByteWriter,
  state: BrainState,
  frame: BrainFrame,
  next: Uint8Array,
  rows: readonly number[],
): void {
  writeRows(writer, state.rows, { next, zero: 0 }, rows)
  for (const row of rows) {
    writer.float16(frame.theta[row]!)
    state.theta[row] = halved(frame.theta[row]!)
  }
  writeNumbers(writer, state.labels, frame.labels)
  writeNumbers(writer, state.lesions, frame.lesions)
  writeNumbers(writer, state.confusion, frame.confusion)
}

export function readBrainChanges(reader: ByteReader, state: BrainState): void {
  for (const row of readRows(reader, state.rows, 0, LAST_LEVEL)) state.theta[row] = reader.float16()
  readNumbers(reader, state.labels, -1, CLASSES - 1)
  readNumbers(reader, state.lesions, 0, 1)
  readNumbers(reader, state.confusion, 0, MOST_COUNT)
}

/** Puts the state into a frame. */
export function showBrainState(state: BrainState, frame: BrainFrame): void {
  const { levels } = state.rows
  const { weights } = frame
  const bytes = unsignedBytes
  for (let i = 0; i < levels.length; i++) weights[i] = bytes[levels[i]!]!
  frame.theta.set(state.theta)
  frame.labels.set(state.labels)
  frame.lesions.set(state.lesions)
  frame.confusion.set(state.confusion)
}
