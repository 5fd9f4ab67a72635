// What a reader keeps of the MLP from one frame to the next: its weights and the little that rarely changes.
import { CLASSES, PIXELS } from '../learners/common.ts'
import type { MlpFrame, MlpShape } from '../learners/mlpFrame.ts'
import { parameters } from '../learners/parameters.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { layOutRows, type Rows, readNumbers, readRows, writeNumbers, writeRows } from './changes.ts'
import { damaged } from './errors.ts'
import { SIGNED_ZERO, signedBytes } from './levels.ts'
import { readFlags, readNibbles, writeNibbles, writeSparseBytes } from './runs.ts'

const MOST_COUNT = 0xffffffff
const LAST_SIGNED_LEVEL = 14
export const MLP_LAYERS = 3

export interface MlpState {
  readonly shape: MlpShape
  /** A row of weights for each unit of the layers after the inputs, one layer after another. */
  readonly rows: Rows
  /** The weight that the last level of each layer stands for; so it stays until the next keyframe. */
  readonly scales: Float32Array
  /** Of the units, layer after layer. */
  readonly lesions: Uint8Array
  readonly confusion: Uint32Array
}

/** The first row of each layer, and the end. */
export function layerStarts({ layers: [, first, second, third] }: MlpShape): readonly number[] {
  return [0, first, first + second, first + second + third]
}

export function mlpState(shape: MlpShape): MlpState {
  const { layers } = shape
  const rows = layOutRows(
    layers.slice(1).map((units, layer) => ({ units, inputs: layers[layer as 0 | 1 | 2] })),
  )
  rows.levels.fill(SIGNED_ZERO)
  return {
    shape,
    rows,
    scales: new Float32Array(MLP_LAYERS),
    lesions: new Uint8Array(rows.starts.length - 1),
    confusion: new Uint32Array(CLASSES * CLASSES),
  }
}

/** Writes a keyframe: the sizes of the hidden layers, scales, the levels of all weights, four bits each, lesions, confusion. */
export function writeMlpKey(writer: ByteWriter, state: MlpState): void {
  writer.varint(state.shape.layers[1])
  writer.varint(state.shape.layers[2])
  for (const scale of state.scales) writer.float32(scale)
  writeNibbles(writer, state.rows.levels)
  writeSparseBytes(writer, state.lesions)
  for (const count of state.confusion) writer.varint(count)
}

export function readMlpKey(reader: ByteReader): MlpState {
  const { minimum, maximum } = parameters.hidden1
  const [first, second] = [reader.varint(maximum), reader.varint(parameters.hidden2.maximum)]
  if (Math.min(first, second) < minimum || reader.remaining < (PIXELS * first) / 2) {
    throw damaged(`an MLP of ${first} and ${second} hidden units does not fit its message`)
  }
  const state = mlpState({ layers: [PIXELS, first, second, CLASSES] })
  for (let i = 0; i < MLP_LAYERS; i++) state.scales[i] = reader.float32()
  const { levels } = state.rows
  readNibbles(reader, levels)
  for (const level of levels)
    if (level > LAST_SIGNED_LEVEL) throw damaged('a weight beyond its largest level')
  readFlags(reader, state.lesions)
  for (let i = 0; i < state.confusion.length; i++) state.confusion[i] = reader.varint(MOST_COUNT)
  return state
}

/** The lesions of all layers in one array. */
export function joinedLesions(frame: MlpFrame, joined: Uint8Array): Uint8Array {
  let offset = 0
  for (const lesions of frame.lesions) {
    joined.set(lesions, offset)
    offset += lesions.length
  }
  return joined
}

/** Writes what differs from the state, of the weights only these rows, and takes it over. */
export function writeMlpChanges(
  writer: ByteWriter,
  state: MlpState,
  frame: MlpFrame,
  next: Uint8Array,
  rows: readonly number[],
): void {
  writeRows(writer, state.rows, { next, zero: SIGNED_ZERO }, rows)
  writeNumbers(writer, state.lesions, joinedLesions(frame, new Uint8Array(state.lesions.length)))
  writeNumbers(writer, state.confusion, frame.confusion)
}

export function readMlpChanges(reader: ByteReader, state: MlpState): void {
  readRows(reader, state.rows, SIGNED_ZERO, LAST_SIGNED_LEVEL)
  readNumbers(reader, state.lesions, 0, 1)
  readNumbers(reader, state.confusion, 0, MOST_COUNT)
}

/** Puts the state into a frame. */
export function showMlpState(state: MlpState, frame: MlpFrame): void {
  const { levels } = state.rows
  const bytes = signedBytes
  let offset = 0
  for (const weights of frame.weights) {
    for (let i = 0; i < weights.length; i++) weights[i] = bytes[levels[offset + i]!]!
    offset += weights.length
  }
  const starts = layerStarts(state.shape)
  frame.lesions.forEach((lesions, layer) => {
    lesions.set(state.lesions.subarray(starts[layer], starts[layer + 1]))
  })
  frame.confusion.set(state.confusion)
  ;[frame.scale1, frame.scale2, frame.scale3] = [state.scales[0]!, state.scales[1]!, state.scales[2]!]
}
