// What a message says of one image that the MLP saw, apart from the state it keeps.
import type { MlpFrame } from '../learners/mlpFrame.ts'
import type { ByteReader, ByteWriter } from './bytes.ts'
import { keepClasses } from './fields.ts'
import { readSparseBytes, writeSparseBytes } from './runs.ts'

/** The largest number is this one, or in small recordings that one. */
const FINE = 127
const COARSE = 15

/** Writes numbers as signed bytes over the largest of them; `power` 0.5 gives the small ones more of the bytes. */
function writeScaled(writer: ByteWriter, values: Float32Array, most: number, power: number): void {
  let scale = 0
  for (const value of values) if (Math.abs(value) > scale) scale = Math.abs(value)
  // Not all is lost where a value is not finite: the others are then 0.
  writer.float32(scale)
  const bytes = new Uint8Array(values.length)
  if (scale > 0 && Number.isFinite(scale)) {
    values.forEach((value, i) => {
      bytes[i] = Math.sign(value) * Math.round(most * (Math.abs(value) / scale) ** power)
    })
  }
  writeSparseBytes(writer, bytes)
}

function readScaled(reader: ByteReader, values: Float32Array, most: number, power: number): void {
  const scale = reader.float32()
  const bytes = new Uint8Array(values.length)
  readSparseBytes(reader, bytes)
  values.forEach((_, i) => {
    const value = (bytes[i]! << 24) >> 24
    values[i] = value === 0 ? 0 : Math.sign(value) * scale * (Math.abs(value) / most) ** (1 / power)
  })
}

/** Writes the image, what each unit put out (the last layer in half precision) and its gradient. */
export function writeMlpStory(writer: ByteWriter, frame: MlpFrame, coarse: boolean): void {
  const most = coarse ? COARSE : FINE
  writer.uint8(most)
  writeSparseBytes(writer, frame.pixels)
  for (const activations of frame.activations.slice(0, -1)) writeScaled(writer, activations, most, 1)
  for (const probability of frame.activations.at(-1)!) writer.float16(probability)
  for (const gradients of frame.gradients) writeScaled(writer, gradients, most, 0.5)
}

/** Reads a story into a frame of zeros whose fields have been read. */
export function readMlpStory(reader: ByteReader, frame: MlpFrame): void {
  keepClasses(frame)
  const most = Math.max(reader.uint8(), 1)
  readSparseBytes(reader, frame.pixels)
  for (const activations of frame.activations.slice(0, -1)) readScaled(reader, activations, most, 1)
  const probabilities = frame.activations.at(-1)!
  for (let i = 0; i < probabilities.length; i++) probabilities[i] = reader.float16()
  for (const gradients of frame.gradients) readScaled(reader, gradients, most, 0.5)
}
