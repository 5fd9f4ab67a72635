// What the MLP shows of itself for one image.
import { CLASSES, commonFields, PIXELS } from './common.ts'
import { bytesOf, type Fields, nameFields, type Take, viewsOver } from './layout.ts'

/** Sizes of the layers, inputs first: [784, 64, 64, 10]. */
export interface MlpShape {
  readonly layers: readonly [number, number, number, number]
}

/** The numbers that every frame of the MLP begins with, float64, in this order. */
export const mlpFields = [
  ...commonFields,
  /** Cross-entropy of this image, nats. */
  'loss',
  /** Updates of the weights so far: batches. */
  'updates',
  /** Largest weight of each matrix by magnitude: a byte of `weights` is weight / scale * 127. */
  'scale1',
  'scale2',
  'scale3',
  /** Of the focused unit: its bias as the image met it, the sum that entered its activation, and what the last update added to the bias. */
  'focusBias',
  'focusSum',
  'focusBiasChange',
] as const

/** All arrays are views over `buffer`. */
export interface MlpFrame extends Fields<typeof mlpFields> {
  readonly kind: 'mlp'
  readonly shape: MlpShape
  readonly buffer: ArrayBuffer
  /** The numbers with names, as they lie in the buffer. */
  readonly header: Float64Array<ArrayBuffer>
  /** The image as the network saw it, [784]. */
  readonly pixels: Uint8Array<ArrayBuffer>
  /** Of each layer after the inputs: what its units put out; of the last one, probabilities. */
  readonly activations: readonly Float32Array<ArrayBuffer>[]
  /** Of each layer after the inputs: derivative of this image's loss by the sum that enters each unit. */
  readonly gradients: readonly Float32Array<ArrayBuffer>[]
  /** Of each layer after the inputs: 1 for a unit that a lesion silences. */
  readonly lesions: readonly Uint8Array<ArrayBuffer>[]
  /** Weights into each layer, bytes over `scale`, [units, inputs]: the weights of a unit lie together. */
  readonly weights: readonly Int8Array<ArrayBuffer>[]
  /** Of the last `testImages` test images, how many of class r were named c: [10 r + c]. */
  readonly confusion: Uint32Array<ArrayBuffer>
  /** Of the focused unit: its incoming weights, exact, as the image met them, and what the last update added to them; as long as the longest layer. */
  readonly focus: { readonly weights: Float32Array<ArrayBuffer>; readonly change: Float32Array<ArrayBuffer> }
}

function layOut({ layers }: MlpShape, take: Take) {
  const above = layers.slice(1)
  const longest = Math.max(...layers)
  return {
    header: take('float64', mlpFields.length),
    activations: above.map(units => take('float32', units)),
    gradients: above.map(units => take('float32', units)),
    focus: { weights: take('float32', longest), change: take('float32', longest) },
    confusion: take('uint32', CLASSES * CLASSES),
    pixels: take('uint8', PIXELS),
    lesions: above.map(units => take('uint8', units)),
    weights: above.map((units, layer) => take('int8', units * layers[layer]!)),
  }
}

/** Bytes that a frame of this shape takes. */
export function mlpFrameBytes(shape: MlpShape): number {
  return bytesOf(take => layOut(shape, take))
}

/** A frame over `buffer`, by default a new one of zeros. */
export function mlpFrame(shape: MlpShape, buffer = new ArrayBuffer(mlpFrameBytes(shape))): MlpFrame {
  const parts = layOut(shape, viewsOver(buffer))
  return nameFields({ kind: 'mlp' as const, shape, buffer, ...parts }, parts.header, mlpFields)
}
