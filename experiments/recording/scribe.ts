// What writing one kind of frame takes: a scribe keeps the state that a reader of its messages would have.
import { type BrainFrame, brainFields } from '../learners/brainFrame.ts'
import type { Frame } from '../learners/frame.ts'
import { type MlpFrame, mlpFields } from '../learners/mlpFrame.ts'
import { type BrainState, brainState, halved, writeBrainChanges, writeBrainKey } from './brainState.ts'
import { writeBrainStory } from './brainStory.ts'
import type { ByteWriter } from './bytes.ts'
import { chooseRows } from './changes.ts'
import { writeFields } from './fields.ts'
import { nextLevels, SIGNED_ZERO, signedPlaces, unsignedPlaces } from './levels.ts'
import {
  joinedLesions,
  layerStarts,
  MLP_LAYERS,
  type MlpState,
  mlpState,
  writeMlpChanges,
  writeMlpKey,
} from './mlpState.ts'
import { writeMlpStory } from './mlpStory.ts'

/** How a frame goes with the state: it is the first of its shape, its weights have outgrown their levels, or it goes well. */
export type Fit = 'new' | 'outgrown' | 'fits'

export interface Scribe<F extends Frame> {
  /** Looks at a frame. */
  look(frame: F): Fit
  /** Writes a keyframe of the frame looked at. */
  writeKey(writer: ByteWriter): void
  /**
   * Writes the frame looked at, with as many changed rows of weights as about `bytes` hold; with `detail` also what only slow
   * motion shows.
   */
  writeFrame(writer: ByteWriter, bytes: number, detail: boolean): void
}

/** A threshold that moved this far, mV, counts as much as a weight that moved one level. */
const THETA_STEP = 0.25

export class BrainScribe implements Scribe<BrainFrame> {
  #state: BrainState = brainState({ neurons: 0 })
  #frame: BrainFrame | null = null
  #next = new Uint8Array(0)
  #moved = new Float32Array(0)
  #version = 0
  readonly #step: 1 | 2

  /** `coarse` keeps weights in three bits. */
  constructor({ coarse = false }: { readonly coarse?: boolean } = {}) {
    this.#step = coarse ? 2 : 1
  }

  look(frame: BrainFrame): Fit {
    const isNew = frame.shape.neurons !== this.#state.shape.neurons
    if (isNew) {
      this.#state = brainState(frame.shape)
      this.#next = new Uint8Array(this.#state.rows.levels.length)
      this.#moved = new Float32Array(frame.shape.neurons)
    }
    this.#frame = frame
    const { rows, theta } = this.#state
    for (let row = 0; row < theta.length; row++) {
      const [start, end] = [rows.starts[row]!, rows.starts[row + 1]!]
      const moved = nextLevels(rows.levels, this.#next, frame.weights, unsignedPlaces, start, end, {
        step: this.#step,
      })
      this.#moved[row] = moved + Math.abs(frame.theta[row]! - theta[row]!) / THETA_STEP
    }
    return isNew ? 'new' : 'fits'
  }

  writeKey(writer: ByteWriter): void {
    const frame = this.#frame!
    const state = this.#state
    this.#version += 1
    state.rows.levels.set(this.#next)
    state.theta.set(frame.theta.map(halved))
    state.labels.set(frame.labels)
    state.lesions.set(frame.lesions)
    state.confusion.set(frame.confusion)
    this.#moved.fill(0)
    writeBrainKey(writer, state)
  }

  writeFrame(writer: ByteWriter, bytes: number, detail: boolean): void {
    const frame = this.#frame!
    const movement = { moved: this.#moved, next: this.#next, zero: 0 }
    const rows = chooseRows(this.#state.rows, movement, bytes, frame.winner)
    if (rows.length > 0) this.#version += 1
    const told = { weightsVersion: this.#version, ...noFocus, focusThreshold: 0 }
    writeFields(writer, retold(brainFields, frame, told))
    writeBrainChanges(writer, this.#state, frame, this.#next, rows)
    writeBrainStory(writer, frame, detail)
  }
}

/** Recordings have no focused unit. */
const noFocus = { focusUnit: -1, focusLayer: -1 } as const

/** The numbers of a frame, some of them as a recording tells them. */
function retold<Name extends string>(
  names: readonly Name[],
  frame: Frame,
  fields: Partial<Record<Name, number>>,
): Float64Array {
  return frame.header.map((value, i) => fields[names[i]!] ?? value)
}

/** Room that the scales of a keyframe leave for weights to grow; beyond them weights are clipped, up to this much. */
const HEADROOM = { fine: 1.25, coarse: 2 } as const
const OUTGROWN = 1.5

export class MlpScribe implements Scribe<MlpFrame> {
  #state: MlpState | null = null
  #frame: MlpFrame | null = null
  #next = new Uint8Array(0)
  #moved = new Float32Array(0)
  #version = 0
  readonly #places = new Float32Array(256)
  readonly #coarse: boolean
  readonly #headroom: number

  /** `coarse` keeps activations and gradients in five bits, and makes fewer keyframes of weights that grow. */
  constructor({ coarse = false }: { readonly coarse?: boolean } = {}) {
    this.#coarse = coarse
    this.#headroom = coarse ? HEADROOM.coarse : HEADROOM.fine
  }

  look(frame: MlpFrame): Fit {
    this.#frame = frame
    const isNew = this.#state === null || !sameShape(this.#state, frame)
    if (isNew) {
      this.#state = mlpState(frame.shape)
      this.#next = new Uint8Array(this.#state.rows.levels.length)
      this.#moved = new Float32Array(this.#state.rows.starts.length - 1)
    }
    const { scales } = this.#state!
    this.#findNext(this.#state!, frame)
    if (isNew) return 'new'
    return scalesOf(frame).some((scale, layer) => scale > OUTGROWN * scales[layer]!) ? 'outgrown' : 'fits'
  }

  writeKey(writer: ByteWriter): void {
    const frame = this.#frame!
    const state = this.#state!
    this.#version += 1
    state.scales.set(scalesOf(frame).map(scale => this.#headroom * scale))
    this.#findNext(state, frame)
    state.rows.levels.set(this.#next)
    joinedLesions(frame, state.lesions)
    state.confusion.set(frame.confusion)
    this.#moved.fill(0)
    writeMlpKey(writer, state)
  }

  writeFrame(writer: ByteWriter, bytes: number): void {
    const frame = this.#frame!
    const movement = { moved: this.#moved, next: this.#next, zero: SIGNED_ZERO }
    const rows = chooseRows(this.#state!.rows, movement, bytes)
    if (rows.length > 0) this.#version += 1
    const [scale1, scale2, scale3] = this.#state!.scales
    const scales = { scale1: scale1!, scale2: scale2!, scale3: scale3! }
    const focus = { ...noFocus, focusBias: 0, focusSum: 0, focusBiasChange: 0 }
    const told = { weightsVersion: this.#version, ...scales, ...focus }
    writeFields(writer, retold(mlpFields, frame, told))
    writeMlpChanges(writer, this.#state!, frame, this.#next, rows)
    writeMlpStory(writer, frame, this.#coarse)
  }

  #findNext({ rows, scales, shape }: MlpState, frame: MlpFrame): void {
    const starts = layerStarts(shape)
    for (let layer = 0; layer < MLP_LAYERS; layer++) {
      const ratio = scales[layer]! > 0 ? scalesOf(frame)[layer]! / scales[layer]! : 0
      const places = signedPlaces(ratio, this.#places)
      const weights = frame.weights[layer]!
      const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.length)
      const offset = rows.starts[starts[layer]!]!
      for (let row = starts[layer]!; row < starts[layer + 1]!; row++) {
        const [start, end] = [rows.starts[row]!, rows.starts[row + 1]!]
        this.#moved[row] = nextLevels(rows.levels, this.#next, bytes, places, start, end, { offset })
      }
    }
  }
}

function scalesOf({ scale1, scale2, scale3 }: MlpFrame): readonly number[] {
  return [scale1, scale2, scale3]
}

function sameShape({ shape }: MlpState, frame: MlpFrame): boolean {
  return shape.layers.every((units, layer) => units === frame.shape.layers[layer])
}
